import type { FeedLine, FeedMessage } from './feed-message.ts';

type Row = {
  readonly message: FeedMessage;
  readonly line: FeedLine;
  readonly promise: NonNullable<FeedLine['promises']>[number] | undefined;
};

const COLUMNS: Readonly<Record<string, (row: Row) => string | number | undefined>> = {
  id: ({ message }) => message.id,
  kind: ({ message }) => message.kind,
  sequence: ({ message }) => message.sequence,
  at: ({ message }) => message.at,
  partner: ({ message }) => message.partner,
  customer: ({ message }) => message.customer,
  order_id: ({ message }) => message.orderId,
  version: ({ message }) => message.version,
  state: ({ message }) => message.state,
  outcome: ({ message }) => message.outcome,
  po_number: ({ message }) => message.order.poNumber,
  release: ({ message }) => message.order.releaseNumber,
  order_date: ({ message }) => message.order.orderDate,
  requested_delivery: ({ message }) => message.order.requestedDelivery,
  ship_to: ({ message }) => message.order.parties?.find(({ role }) => role === 'ship-to')?.id,
  line: ({ line }) => line.number,
  status: ({ line }) => line.status,
  item: ({ line }) => line.item,
  quantity: ({ line }) => line.quantity,
  unit: ({ line }) => line.unit,
  price: ({ line }) => line.price,
  price_basis: ({ line }) => line.priceBasis,
  currency: ({ message }) => message.currency,
  promised: ({ promise }) => promise?.quantity,
  ships: ({ promise }) => promise?.ships,
  warehouse: ({ promise }) => promise?.warehouse,
  serials: ({ promise }) => promise?.serials?.join(' '),
};

/** A row for each part of a line that ships together, at least one a line; RFC 4180 with a heading. */
export function writeCsv(message: FeedMessage): string {
  const rows = message.lines.flatMap((line) =>
    (line.promises?.length ? line.promises : [undefined]).map((promise) =>
      Object.values(COLUMNS).map((read) => quote(String(read({ message, line, promise }) ?? ''))),
    ),
  );
  return [Object.keys(COLUMNS), ...rows].map((cells) => `${cells.join()}\r\n`).join('');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
