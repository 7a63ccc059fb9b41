import type { ExecutionContext } from 'ava';
import { importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import { type AnswerSet, findElement } from './gateway-answers.ts';
import { type LaneOptions, type Lanes, openLanes } from './gateway-lane.ts';

export type DeskOptions = Pick<LaneOptions, 'alter'> & {
  /** Flow YAML of `orders` in the partner file, by partner. */
  readonly orders?: string;
  /** Sets that partners may send as well. */
  readonly sets?: readonly string[];
  /** More lines of every partner file. */
  readonly yaml?: string;
  readonly partners?: readonly string[];
  /** Customer number of every partner; its id where absent. */
  readonly customer?: string;
  /** CSV by kind, in an order in which they can be imported. */
  readonly master: Readonly<Record<string, string>>;
};

/** Partners that send orders and changes, and master data that came in by import. */
export async function openDesk(t: ExecutionContext, options: DeskOptions): Promise<Lanes> {
  const {
    partners = ['alpha'],
    orders = '{}',
    yaml: more = '',
    sets = [],
    customer,
    master,
    alter,
  } = options;
  const own = customer === undefined ? '' : `customer: ${customer}\n`;
  const others = sets.map((set) => `, "${set}": {}`).join('');
  const yaml = `receive: { "830": {}, "850": {}, "860": {}, "861": {}, "862": {}, "997": {}${others} }\norders: ${orders}\n${own}${more}`;
  const lanes = await openLanes(t, {
    partners: Object.fromEntries(partners.map((id) => [id, { yaml }])),
    ...(alter === undefined ? {} : { alter }),
  });
  for (const [kind, csv] of Object.entries(master)) {
    const { mistakes } = await importMasterData(
      lanes.context,
      kind as Parameters<typeof importMasterData>[1],
      `${csv.trim()}\n`,
    );
    t.deepEqual(mistakes, [], `${kind} is imported whole`);
  }
  return lanes;
}

/** Item and stock that most tests need: bolts and washers, in one warehouse. */
export function stockOf(rows: Readonly<Record<string, number>>, warehouse = 'DAY'): string {
  const lines = Object.entries(rows).map(([item, onHand]) => `${item},${warehouse},${onHand}`);
  return ['item,warehouse,on_hand', ...lines].join('\n');
}

/** 855s and 865s that lie ready, in order: `855 AD PO-1: IA IR` is set, BAK02, number and release, and ACK01 of each line. */
export async function listAnswers(lanes: Lanes, partner = 'alpha'): Promise<readonly string[]> {
  const answers = await lanes.outbound(partner);
  return answers
    .flatMap(({ sets }) => sets)
    .filter(({ set }) => set === '855' || set === '865')
    .map(nameAnswer);
}

function nameAnswer(set: AnswerSet): string {
  const head = set.set === '855' ? 'BAK' : 'BCA';
  const [type, po] = [findElement(set, head, 2), findElement(set, head, 3)];
  const release = findElement(set, head, set.set === '855' ? 5 : 4) ?? '';
  const lines = set.segments.filter(([tag]) => tag === 'ACK').map(([, status]) => status);
  return `${set.set} ${type} ${po}${release === '' ? '' : ` ${release}`}: ${lines.join(' ')}`;
}

export type OrderRow = {
  readonly version: number;
  readonly state: string;
  readonly outcome: string;
  readonly amount: string | null;
};

export async function readOrder({ context }: Lanes, po: string, release = ''): Promise<OrderRow | undefined> {
  return await context
    .db('purchase_order')
    .where({ po_number: po, release_number: release, test: false })
    .first('version', 'state', 'outcome', context.db.raw('trim_scale(amount)::text as amount'));
}

/** Item, quantity, price and answer of each line of an order. */
export async function readLines({ context }: Lanes, po: string, release = ''): Promise<readonly string[]> {
  const rows = await context
    .db('purchase_order_line as l')
    .join('purchase_order as o', 'o.id', 'l.order_id')
    .where({ po_number: po, release_number: release, test: false })
    .orderBy('position')
    .select('item', 'l.outcome', context.db.raw('trim_scale(quantity)::text as quantity'), 'price');
  return rows.map(({ item, outcome, quantity, price }) => `${quantity} ${item} ${price} ${outcome}`);
}

/** Sets of a kind that lie ready, in order. */
export async function findSetsOf(
  lanes: Lanes,
  set: string,
  partner = 'alpha',
): Promise<readonly AnswerSet[]> {
  return (await lanes.outbound(partner)).flatMap(({ sets }) => sets).filter((one) => one.set === set);
}
