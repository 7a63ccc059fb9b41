import type { Context } from '../../context.ts';
import type { Party } from '../../domain/document.ts';
import { writeOwnAddress } from '../../domain/partner/describe-company.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { listUnits } from '../../domain/shipment/packed.ts';
import type { PackedItem, Shipment } from '../../domain/shipment/shipment.ts';
import type { ShippedGoods } from '../../domain/shipment/shipped.ts';
import { assert } from '../../lib/assert.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Addressee } from '../../render/page/models/addressee.ts';
import type { PackingSlipPage, PickingListPage } from '../../render/page/models/shipping-models.ts';
import type { ToPick } from '../../store/printed-orders.ts';
import { describeParty } from './print-invoice.ts';
import { NotPrinted, printPage } from './print-page.ts';
import type { PrintedOrder } from './printed-order.ts';

type Printing = Pick<Context, 'configuration'>;

/** What goes with the goods: what is in the shipment, and what is in each of its units. */
export function printPackingSlip(
  context: Printing,
  goods: ShippedGoods,
  orders: readonly PrintedOrder[],
): Uint8Array {
  const { content, lines, number, shipDate, partner } = goods;
  const { carrier, weight, expectedDelivery } = content;
  const page: PackingSlipPage = {
    date: shipDate,
    number,
    poNumbers: [...new Set(lines.map(({ poNumber }) => poNumber))],
    shipFrom: describeUs(companyOf(context)),
    ...describeReceivers(orders),
    ...(carrier === undefined ? {} : { carrier: describeCarrier(carrier) }),
    ...(weight === undefined ? {} : { weight }),
    ...(expectedDelivery === undefined ? {} : { expectedDelivery }),
    lines: lines.map((line) => {
      const ordered = findLine(orders, line)?.quantity;
      return {
        ...describeGoods(line, orders),
        quantity: line.quantity,
        unit: line.unit,
        ...(ordered === undefined ? {} : { ordered }),
        ...withSome({ lots: [...line.lots], serials: [...line.serials] }),
      };
    }),
    units: describeUnits(content, orders),
  };
  return printPage(context, partner, 'documents/packing-slip', page);
}

function describeUnits(content: Shipment, orders: readonly PrintedOrder[]): PackingSlipPage['units'] {
  const units = listUnits(content);
  const counts = Map.groupBy(units, ({ unit }) => unit.kind);
  const seen = new Map<string, number>();
  return units.map(({ unit }) => {
    const { kind, sscc, tracking, weight, contents = [] } = unit;
    const number = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, number);
    const name = `${kind[0]!.toUpperCase()}${kind.slice(1)}`;
    return {
      label: `${name} ${number} of ${counts.get(kind)!.length}`,
      ...(sscc === undefined ? {} : { sscc }),
      ...(tracking === undefined ? {} : { tracking }),
      ...(weight === undefined ? {} : { weight }),
      contents: contents.map((packed) => describePacked(packed, orders)),
    };
  });
}

function describePacked(
  packed: PackedItem,
  orders: readonly PrintedOrder[],
): PackingSlipPage['units'][number]['contents'][number] {
  const { poNumber, line, quantity, unit, lot, serials = [], item } = packed;
  const ordered = findLine(orders, packed);
  return {
    ...describeGoods({ poNumber, line, item: item ?? '' }, orders),
    quantity,
    unit: unit ?? ordered?.unit ?? '',
    ...withSome({ lots: lot === undefined ? [] : [lot], serials: [...serials] }),
  };
}

type Named = {
  readonly poNumber: string;
  readonly releaseNumber?: string | undefined;
  readonly line: string;
};

function findLine(orders: readonly PrintedOrder[], { poNumber, releaseNumber = '', line }: Named) {
  const found = orders.find(
    ({ order }) => order.poNumber === poNumber && (order.releaseNumber ?? '') === releaseNumber,
  );
  const at = found?.order.lines.findIndex(({ number }) => number === line) ?? -1;
  if (found === undefined || at < 0) return undefined;
  return { ...found.order.lines[at]!, item: found.decision.lines[at]?.item };
}

const CUSTOMERS = ['BP', 'IN', 'PN', 'SK'];

function describeGoods(named: Named & { readonly item: string }, orders: readonly PrintedOrder[]) {
  const line = findLine(orders, named);
  const customerItem = line?.ids.find(({ qualifier }) => CUSTOMERS.includes(qualifier))?.value;
  return {
    poNumber: named.poNumber,
    line: named.line,
    item: named.item === '' ? (line?.item ?? '') : named.item,
    ...(customerItem === undefined ? {} : { customerItem }),
    ...(line?.description === undefined ? {} : { description: line.description }),
  };
}

function withSome(lists: { readonly lots: string[]; readonly serials: string[] }) {
  return {
    ...(lists.lots.length === 0 ? {} : { lots: lists.lots }),
    ...(lists.serials.length === 0 ? {} : { serials: lists.serials }),
  };
}

/** What a warehouse worker walks with: a PDF for what one warehouse has of an order. */
export function printPickingList(
  context: Printing,
  toPick: readonly ToPick[],
  orders: readonly PrintedOrder[],
  warehouse: string,
): Uint8Array {
  const own = toPick.filter((one) => one.warehouse === warehouse);
  const [first] = own;
  if (first === undefined) throw new NotPrinted(`nothing is set aside in ${warehouse}`);
  const order = orders.find(({ id }) => id === first.order)!;
  const { poNumber, releaseNumber } = order.order;
  const ships = own.flatMap((one) => one.ships ?? []).toSorted();
  const { shipTo } = describeReceivers(orders);
  const [today] = ships;
  const page: PickingListPage = {
    date: today ?? order.order.orderDate ?? '1970-01-01',
    number: releaseNumber === undefined ? poNumber : `${poNumber}-${releaseNumber}`,
    warehouse,
    poNumbers: [poNumber],
    shipTo,
    ...(today === undefined ? {} : { shipBy: today }),
    lines: own.map(({ position, item, quantity, unit, serials, order: id }) => {
      const line = orders.find((one) => one.id === id)!.order.lines[position - 1]!;
      return {
        ...describeGoods({ poNumber, releaseNumber, line: line.number, item }, orders),
        quantity: fromBig(toBig(quantity)),
        unit,
        ...withSome({ lots: [], serials: [...serials] }),
      };
    }),
  };
  return printPage(context, order.partner, 'documents/picking-list', page);
}

function companyOf({ configuration }: Printing): CompanyFile {
  const { company } = configuration();
  assert(company !== undefined, 'who ships has a company file');
  return company;
}

function describeUs({ name, address }: CompanyFile): Addressee {
  return { name, address: [...writeOwnAddress(address)] };
}

function describeReceivers(orders: readonly PrintedOrder[]): { shipTo: Addressee; soldTo?: Addressee } {
  const parties = orders.flatMap(({ order }) => order.parties ?? []);
  const find = (roles: readonly string[]): Party | undefined =>
    parties.find(({ role }) => roles.includes(role));
  const shipTo = find(['ship-to']);
  const soldTo = find(['bill-to', 'buyer']);
  return {
    shipTo: shipTo === undefined ? { name: orders[0]?.partner ?? '', address: [] } : describeParty(shipTo),
    ...(soldTo === undefined ? {} : { soldTo: describeParty(soldTo) }),
  };
}

/** FOB01 in words. */
const PAYMENT: Readonly<Record<string, string>> = { PP: 'Prepaid', CC: 'Collect', TP: 'Third party' };

function describeCarrier({
  scac,
  name,
  service,
  tracking,
  proNumber,
  billOfLading,
  trailer,
  seal,
  payment,
}: NonNullable<Shipment['carrier']>) {
  const who = name ?? scac;
  return {
    ...(who === undefined ? {} : { name: who }),
    ...(service === undefined ? {} : { service }),
    ...(tracking === undefined || tracking.length === 0 ? {} : { tracking }),
    ...(proNumber === undefined ? {} : { proNumber }),
    ...(billOfLading === undefined ? {} : { billOfLading }),
    ...(trailer === undefined ? {} : { trailer }),
    ...(seal === undefined ? {} : { seal }),
    ...(payment === undefined ? {} : { payment: PAYMENT[payment] ?? payment }),
  };
}
