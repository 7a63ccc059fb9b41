/** Purchase orders as a partner's own system would write them: plain text, made without any code of ours. */
export type OrderSpec = {
  readonly po: string;
  /** PO101 … of each line: quantity (PO102), our item number (PO107), price (PO104). */
  readonly lines?: readonly { readonly quantity: string; readonly item: string; readonly price: string }[];
  readonly shipTo?: string;
  /** BEG01. */
  readonly purpose?: string;
};

export type InterchangeSpec = {
  /** ISA05:ISA06, such as `ZZ:ALPHA`. */
  readonly from: string;
  readonly to?: string;
  readonly control: number;
  readonly orders: readonly OrderSpec[];
  readonly usage?: 'P' | 'T';
  /** ISA14. */
  readonly wantsTa1?: boolean;
};

export const US = 'ZZ:CAUSEWAY';

const ONE_LINE = [{ quantity: '10', item: 'HB-1001', price: '3.25' }] as const;

/** One interchange with one group of 850s, 004010, `*>~`. */
export function writeOrders(spec: InterchangeSpec): Buffer {
  const sets = spec.orders.map((order, i) => writeSet('850', i + 1, writeOrder(order)));
  return writeInterchange(spec, 'PO', sets);
}

/** What a partner says of a group of ours: AK5 of each set, or only AK9 where `sets` is empty. */
export type AcknowledgementSpec = {
  readonly from: string;
  readonly control: number;
  readonly group: string;
  readonly functionalId?: string;
  readonly sets: readonly { readonly control: string; readonly status: string }[];
  /** AK901. */
  readonly status: string;
};

export function write997(spec: AcknowledgementSpec): Buffer {
  const { sets, status } = spec;
  const accepted = sets.filter((set) => set.status === 'A' || set.status === 'E').length;
  const said = sets.flatMap((set) => [`AK2*855*${set.control}`, `AK5*${set.status}`]);
  const counts = sets.length === 0 ? '1*1*1' : `${sets.length}*${sets.length}*${accepted}`;
  const body = [`AK1*${spec.functionalId ?? 'PR'}*${spec.group}`, ...said, `AK9*${status}*${counts}`];
  return writeInterchange({ ...spec, orders: [] }, 'FA', [writeSet('997', 1, body)]);
}

function writeOrder(order: OrderSpec): string[] {
  const lines = order.lines ?? ONE_LINE;
  const shipTo = order.shipTo ?? 'DC12';
  return [
    `BEG*${order.purpose ?? '00'}*SA*${order.po}**20260105`,
    'DTM*002*20260118',
    `N1*ST*DISTRIBUTION ${shipTo}*92*${shipTo}`,
    'N3*123 INDUSTRIAL BLVD',
    'N4*DAYTON*OH*45402*US',
    ...lines.map((line, i) => `PO1*${i + 1}*${line.quantity}*EA*${line.price}*PE*VP*${line.item}`),
    `CTT*${lines.length}`,
  ];
}

export function writeSet(set: string, place: number, body: readonly string[]): string[] {
  const control = String(place).padStart(4, '0');
  return [`ST*${set}*${control}`, ...body, `SE*${body.length + 2}*${control}`];
}

export function writeInterchange(
  spec: InterchangeSpec,
  functionalId: string,
  sets: readonly string[][],
): Buffer {
  const [sender, receiver] = [spec.from, spec.to ?? US];
  const control = String(spec.control).padStart(9, '0');
  const group = String(spec.control);
  const isa = `${pad(sender)}*${pad(receiver)}*260105*0915*U*00401*${control}`;
  const gs = `${sender.slice(3)}*${receiver.slice(3)}*20260105*0915*${group}`;
  const segments = [
    `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*${isa}*${spec.wantsTa1 ? 1 : 0}*${spec.usage ?? 'P'}*>`,
    `GS*${functionalId}*${gs}*X*004010`,
    ...sets.flat(),
    `GE*${sets.length}*${group}`,
    `IEA*1*${control}`,
  ];
  return Buffer.from(`${segments.join('~')}~`);
}

function pad(identity: string): string {
  return `${identity.slice(0, 2)}*${identity.slice(3).padEnd(15)}`;
}

export type ChangeSpec = {
  readonly from: string;
  readonly control: number;
  readonly po: string;
  /** BCH01: 04 change, 01 cancel. */
  readonly purpose?: string;
  /** BCH05. */
  readonly sequence: number;
  /** POC03 of its only line. */
  readonly quantity: string;
};

/** An 860 on an order with the usual line. */
export function writeChange({ purpose = '04', po, sequence, quantity, ...spec }: ChangeSpec): Buffer {
  const body = [
    `BCH*${purpose}*SA*${po}**${sequence}*20260106`,
    `POC*1*QI*${quantity}*${quantity}*EA*3.25*PE*VP*HB-1001`,
    'CTT*1',
  ];
  return writeInterchange({ ...spec, orders: [] }, 'PC', [writeSet('860', 1, body)]);
}
