import { createHash, randomUUID } from 'node:crypto';
import type {
  DeliveryRecord,
  DocumentRecord,
  EventRecord,
  ExceptionRecord,
  FileContent,
  Id,
  InterchangeRecord,
  OrderLineRecord,
  OrderRecord,
  Outcome,
} from '../../src/domain/exchange/records.ts';

/** Records as the pipeline makes them, for tests that care for one field or two. */
export const AT = '2026-11-21T10:00:00Z';

export const NOTHING: Outcome = {
  interchanges: [],
  documents: [],
  orders: [],
  lines: [],
  events: [],
  files: [],
  deliveries: [],
  exceptions: [],
  settlements: [],
  repeats: [],
  changes: [],
  revisions: [],
  allocations: [],
  blankets: [],
  bookings: [],
  exposures: [],
  ordered: [],
};

export function makeFile(over: Partial<FileContent> = {}): FileContent {
  const bytes = over.bytes ?? Buffer.from('ISA*00*~');
  return {
    id: randomUUID(),
    direction: 'in',
    partner: 'acme',
    channel: 'sftp-hosted',
    name: 'po.edi',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    at: AT,
    state: 'received',
    attempts: 0,
    ...over,
    bytes,
  };
}

let control = 0;

export function makeInterchange(file: Id, over: Partial<InterchangeRecord> = {}): InterchangeRecord {
  control += 1;
  return {
    id: randomUUID(),
    file,
    direction: 'in',
    partner: 'acme',
    sender: 'ZZ:ACME',
    receiver: 'ZZ:US',
    control: String(control).padStart(9, '0'),
    version: '00401',
    usage: 'P',
    sha256: 'aa',
    offset: 0,
    length: 8,
    status: 'A',
    note: '000',
    ...over,
  };
}

export function makeDocument(interchange: Id, over: Partial<DocumentRecord> = {}): DocumentRecord {
  return {
    id: randomUUID(),
    interchange,
    direction: 'in',
    partner: 'acme',
    set: '850',
    kind: 'purchase-order',
    functionalId: 'PO',
    groupControl: '1',
    control: '0001',
    version: '004010',
    offset: 0,
    length: 8,
    status: 'A',
    canonical: { kind: 'purchase-order', poNumber: '1' },
    partnerVersion: 'v1',
    acknowledgement: 'none',
    ...over,
  };
}

export function makeOrder(document: Id, over: Partial<OrderRecord> = {}): OrderRecord {
  return {
    id: randomUUID(),
    partner: 'acme',
    document,
    poNumber: `PO-${randomUUID()}`,
    releaseNumber: '',
    shipTo: 'DC1',
    test: false,
    contentHash: 'cc',
    orderDate: '2026-11-20',
    currency: 'USD',
    outcome: 'accepted',
    decision: { outcome: 'accepted', repeated: false, reasons: [], lines: [], exceptions: [] },
    at: AT,
    ...over,
  };
}

export function makeLine(order: Id, position: number, over: Partial<OrderLineRecord> = {}): OrderLineRecord {
  return {
    order,
    position,
    number: String(position),
    item: 'W-1',
    quantity: '8',
    unit: 'EA',
    orderedPrice: '3.250',
    price: '3.25',
    outcome: 'IA',
    ...over,
  };
}

export function makeEvent(over: Partial<EventRecord> = {}): EventRecord {
  return { id: randomUUID(), at: AT, partner: 'acme', kind: 'order-decided', text: 'accepted', ...over };
}

export function makeDelivery(file: Id, over: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id: randomUUID(),
    file,
    partner: 'acme',
    channel: 'sftp',
    state: 'pending',
    attempts: 0,
    ...over,
  };
}

export function makeException(over: Partial<ExceptionRecord> = {}): ExceptionRecord {
  return {
    id: randomUUID(),
    at: AT,
    kind: 'duplicate-order',
    partner: 'acme',
    team: 'orders',
    severity: 'normal',
    message: 'came twice',
    dueAt: '2026-11-22T10:00:00Z',
    choices: ['accept', 'reject'],
    ...over,
  };
}

export type Exchange = {
  readonly inbound: FileContent;
  readonly outcome: Outcome;
};

/** A file of orders and what follows from it: 997 and 855s in one file back, as the pipeline saves them. */
export function makeExchange(orders: number, bytesOut = Buffer.from('ISA*out~')): Exchange {
  const inbound = makeFile();
  const answer = makeFile({ direction: 'out', name: `${randomUUID()}.edi`, state: 'ready', bytes: bytesOut });
  const asked = makeInterchange(inbound.id);
  const replied = makeInterchange(answer.id, {
    direction: 'out',
    sender: 'ZZ:US',
    receiver: 'ZZ:ACME',
    answers: asked.id,
  });
  const made = Array.from({ length: orders }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    const purchase = makeDocument(asked.id, { control: number });
    const order = makeOrder(purchase.id);
    const reply = makeDocument(replied.id, {
      direction: 'out',
      set: '855',
      kind: 'order-acknowledgement',
      functionalId: 'PR',
      control: number,
      acknowledgement: 'waiting',
      acknowledgeBy: '2026-11-22T10:00:00Z',
      answers: purchase.id,
      order: order.id,
    });
    return { purchase: { ...purchase, order: order.id }, order, reply };
  });
  const functional = makeDocument(replied.id, {
    direction: 'out',
    set: '997',
    functionalId: 'FA',
    control: '1',
  });
  return {
    inbound,
    outcome: {
      ...NOTHING,
      files: [answer],
      interchanges: [asked, replied],
      documents: [functional, ...made.flatMap(({ purchase, reply }) => [purchase, reply])],
      orders: made.map(({ order }) => order),
      lines: made.flatMap(({ order }) => [makeLine(order.id, 1), makeLine(order.id, 2)]),
      events: made.flatMap(({ order, purchase, reply }) => [
        makeEvent({ document: purchase.id, order: order.id, kind: 'order-decided' }),
        makeEvent({ document: reply.id, order: order.id, kind: 'document-queued' }),
      ]),
      deliveries: [makeDelivery(answer.id, { channel: 'sftp-hosted', state: 'available' })],
    },
  };
}
