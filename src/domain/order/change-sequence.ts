import { createHash } from 'node:crypto';
import type { ChangeFacts, EarlierChange } from './change-decision.ts';
import type { OrderChange } from './order-change.ts';

/** What the change says, whatever envelope it came in. */
export function hashChange({ source: _source, ...content }: OrderChange): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** BCH05; absent it is the first change. Undefined where it is no number. */
export function readSequence({ changeSequence }: Pick<OrderChange, 'changeSequence'>): number | undefined {
  if (changeSequence === undefined) return 1;
  return /^\d{1,8}$/.test(changeSequence) ? Number(changeSequence) : undefined;
}

/** Which change it is: by its number, or by when it came where its partner numbers none. */
export function countSequence(
  change: OrderChange,
  { policy, earlierChanges, sequence }: Pick<ChangeFacts, 'policy' | 'earlierChanges' | 'sequence'>,
): number | undefined {
  if (change.changeSequence !== undefined || policy.sequence !== 'by-arrival') return readSequence(change);
  return sequence ?? Math.max(0, ...earlierChanges.map((one) => one.sequence)) + 1;
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
  facts: Pick<ChangeFacts, 'policy' | 'earlierChanges' | 'sequence' | 'rulings'>,
): Turn {
  const { earlierChanges: earlier, policy, rulings } = facts;
  const overridden = new Set(
    rulings.flatMap(({ choice }) => (choice.kind === 'override' ? choice.codes : [])),
  );
  const sequence = countSequence(change, facts);
  const same = earlier.findLast(({ contentHash }) => contentHash === hashChange(change));
  const again = same !== undefined && mayBeAnew(change, same, sequence, facts);
  if (same !== undefined && !again) return { kind: 'repeat', of: same };
  if (overridden.has('change-sequence')) return { kind: 'turn' };
  if (same !== undefined) {
    const text = `change ${same.sequence} said the same and others followed it: it may have come again, or be meant anew`;
    return { kind: 'reused', text };
  }
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
  const missing = overridden.has('change-gap') ? [] : listMissing(sequence, earlier, policy.gaps);
  if (missing.length === 0) return { kind: 'turn' };
  const which = missing.length === 1 ? `change ${missing[0]} is` : `changes ${missing.join(', ')} are`;
  return { kind: 'gap', text: `${which} not settled, and to be made before change ${sequence}` };
}

/** Whether a change that says what an earlier one did may be meant anew: others came between, and none has a number. */
function mayBeAnew(
  { changeSequence }: OrderChange,
  same: EarlierChange,
  sequence = 0,
  { policy, earlierChanges }: Pick<ChangeFacts, 'policy' | 'earlierChanges'>,
): boolean {
  if (changeSequence !== undefined || policy.sequence !== 'by-arrival') return false;
  return earlierChanges.some((one) => one.sequence > same.sequence && one.sequence < sequence);
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
