import { createHash } from 'node:crypto';
import type { EarlierChange } from './change-decision.ts';
import type { OrderChange } from './order-change.ts';
import type { Ruling } from './ruling.ts';

/** What the change says, whatever envelope it came in. */
export function hashChange({ source: _source, ...content }: OrderChange): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** BCH05; absent it is the first change. Undefined where it is no number. */
export function readSequence({ changeSequence }: Pick<OrderChange, 'changeSequence'>): number | undefined {
  if (changeSequence === undefined) return 1;
  return /^\d{1,8}$/.test(changeSequence) ? Number(changeSequence) : undefined;
}

export type Turn =
  | { readonly kind: 'repeat'; readonly of: EarlierChange }
  | { readonly kind: 'turn' }
  | { readonly kind: 'unreadable' | 'reused' | 'outdated' | 'gap'; readonly text: string };

/**
 * Whether it is a change's turn. Changes of one order are made in the order of their numbers, however they arrive: one
 * whose turn has not come waits, one that a later one has overtaken is refused.
 */
export function findTurn(
  change: OrderChange,
  earlier: readonly EarlierChange[],
  gaps: 'wait' | 'apply',
  rulings: readonly Ruling[],
): Turn {
  const hash = hashChange(change);
  const same = earlier.find(({ contentHash }) => contentHash === hash);
  if (same !== undefined) return { kind: 'repeat', of: same };
  const overridden = new Set(
    rulings.flatMap(({ choice }) => (choice.kind === 'override' ? choice.codes : [])),
  );
  if (overridden.has('change-sequence')) return { kind: 'turn' };
  const sequence = readSequence(change);
  if (sequence === undefined) {
    return {
      kind: 'unreadable',
      text: `BCH05 ${change.changeSequence} is no number, so it is not clear which change it is`,
    };
  }
  if (earlier.some((one) => one.sequence === sequence)) {
    return { kind: 'reused', text: `change ${sequence} came before with other content` };
  }
  const latest = Math.max(0, ...earlier.filter(isSettled).map((one) => one.sequence));
  if (latest > sequence)
    return { kind: 'outdated', text: `change ${latest} was settled before change ${sequence} came` };
  const missing = overridden.has('change-gap') ? [] : listMissing(sequence, earlier, gaps);
  if (missing.length === 0) return { kind: 'turn' };
  const which = missing.length === 1 ? `change ${missing[0]} is` : `changes ${missing.join(', ')} are`;
  return { kind: 'gap', text: `${which} not settled, and to be made before change ${sequence}` };
}

export function isSettled({ state }: EarlierChange): boolean {
  return state === 'applied' || state === 'refused';
}

/** Numbers below this one that are not settled: not here, waiting, or in question. */
function listMissing(sequence: number, earlier: readonly EarlierChange[], gaps: 'wait' | 'apply'): number[] {
  const below = earlier.filter((one) => one.sequence < sequence);
  const open = below.filter((one) => !isSettled(one)).map((one) => one.sequence);
  const first = Math.max(0, ...below.filter(isSettled).map((one) => one.sequence)) + 1;
  const here = new Set(below.map((one) => one.sequence));
  // A number may be any with eight digits: the first that are missing say enough.
  const absent: number[] = [];
  for (let n = first; gaps === 'wait' && n < sequence && absent.length < 3; n += 1)
    if (!here.has(n)) absent.push(n);
  return [...new Set([...open, ...absent])].toSorted((a, b) => a - b);
}
