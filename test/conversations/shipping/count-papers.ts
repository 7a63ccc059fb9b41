import { fromBig, toBig } from '../../../src/lib/decimal.ts';
import { type AnswerSet, findElement, readAnswer } from '../../support/gateway-answers.ts';
import type { Stage } from './stage.ts';

/** Quantities by order and line, such as `PO-1 2`. */
type Count = ReadonlyMap<string, string>;
type Entry = readonly [line: string, quantity: string];

/** What the papers say in all of each line, as node-x12 reads them, and what our books say was shipped. */
export async function countPapers(stage: Stage): Promise<readonly string[]> {
  const received = stage.received.flatMap((bytes) => readAnswer(bytes).sets);
  const sent = (await stage.outbound(stage.partner)).flatMap(({ sets }) => sets);
  const of = (all: readonly AnswerSet[], set: string) => all.filter((one) => one.set === set);
  const isCredit = (set: AnswerSet) => findElement(set, 'BIG', 7) === 'CR';
  const bills = of(sent, '810');
  const counts: Readonly<Record<string, Count>> = {
    ordered: add(of(received, '850').flatMap(readOrdered)),
    shipped: add(await readShipped(stage)),
    told: add(listStanding(of(sent, '856')).flatMap(readTold)),
    billed: add(bills.filter((set) => !isCredit(set)).flatMap(readBilled)),
    credited: add(bills.filter(isCredit).flatMap(readBilled)),
  };
  const lines = new Set(Object.values(counts).flatMap((count) => [...count.keys()]));
  return [...lines].toSorted().map((line) => {
    const said = Object.entries(counts).flatMap(([what, count]) => {
      const quantity = count.get(line);
      return quantity === undefined ? [] : [`${quantity} ${what}`];
    });
    return `${line}: ${said.join(', ')}`;
  });
}

function add(entries: readonly Entry[]): Count {
  const groups = Map.groupBy(entries, ([line]) => line);
  return new Map(
    [...groups].map(([line, own]) => [
      line,
      fromBig(own.reduce((sum, [, quantity]) => sum.plus(quantity), toBig('0'))),
    ]),
  );
}

function readOrdered(set: AnswerSet): Entry[] {
  const po = findElement(set, 'BEG', 3);
  return set.segments.flatMap(([tag, line, quantity = '']) =>
    tag === 'PO1' ? [[`${po} ${line}`, quantity] as const] : [],
  );
}

/** Of several notices of a shipment the last counts, and none once it is cancelled (BSN01 01). */
function listStanding(notices: readonly AnswerSet[]): readonly AnswerSet[] {
  const last = new Map(notices.map((set) => [findElement(set, 'BSN', 2), set]));
  return [...last.values()].filter((set) => findElement(set, 'BSN', 1) !== '01');
}

/** SN102 at each item, of the order that HL02 leads up to. */
function readTold(set: AnswerSet): Entry[] {
  const levels = new Map<string, { parent: string; po?: string }>();
  const entries: Entry[] = [];
  let [at, line] = ['', ''];
  for (const [tag, first = '', second = ''] of set.segments) {
    if (tag === 'HL') {
      at = first;
      levels.set(at, { parent: second });
    } else if (tag === 'PRF') levels.get(at)!.po = first;
    else if (tag === 'LIN') line = first;
    else if (tag === 'SN1') entries.push([`${findOrder(levels, at)} ${line}`, second]);
  }
  return entries;
}

function findOrder(levels: ReadonlyMap<string, { parent: string; po?: string }>, at: string): string {
  const level = levels.get(at);
  if (level === undefined) throw new Error(`no order stands above level ${at}`);
  return level.po ?? findOrder(levels, level.parent);
}

/** IT102, of the order in BIG04 and the line in IT101, or of those that its REF PO and REF LI name. */
function readBilled(set: AnswerSet): Entry[] {
  const entries: { po: string; line: string; quantity: string }[] = [];
  for (const [tag, first = '', second = ''] of set.segments) {
    const last = entries.at(-1);
    if (tag === 'IT1') entries.push({ po: findElement(set, 'BIG', 4) ?? '', line: first, quantity: second });
    else if (tag === 'TDS') break;
    else if (tag === 'REF' && last !== undefined) {
      if (first === 'PO') last.po = second;
      if (first === 'LI') last.line = second;
    }
  }
  return entries.map(({ po, line, quantity }) => [`${po} ${line}`, quantity]);
}

async function readShipped({ context: { db }, partner }: Stage): Promise<Entry[]> {
  const rows = await db('shipment_line as l')
    .join('shipment as s', 's.id', 'l.shipment_id')
    .join('purchase_order as o', 'o.id', 'l.order_id')
    .join('purchase_order_line as p', { 'p.order_id': 'l.order_id', 'p.position': 'l.order_position' })
    .where({ 's.partner': partner, 's.state': 'shipped' })
    .select('o.po_number', 'p.number', 'l.quantity');
  return rows.map(({ po_number, number, quantity }) => [`${po_number} ${number}`, String(quantity)]);
}
