import { proveEvidence } from '../pricing/derive-proof.ts';
import type { PriceProof } from '../pricing/price-proof.ts';
import type { LineDecision, OrderDecision } from './order-decision.ts';

/**
 * A decision as it is kept: a line says only what is other than in the line before it, and a proof only what does not
 * follow from the rest of it. With all of it an order of five lines would be three times as long.
 */
export type StoredDecision = Omit<OrderDecision, 'lines'> & {
  /** Tells it from decisions that were kept whole. */
  readonly kept: 'differences';
  readonly lines: readonly Fields[];
};

/** Plain data: strings, numbers, truth values, and lists and objects of them. */
type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

export function packDecision(decision: OrderDecision): StoredDecision {
  let before: Fields = NOTHING;
  const lines = decision.lines.map((line) => {
    const short = shorten(line, before, NONE);
    before = line;
    return short ?? NOTHING;
  });
  return { ...decision, kept: 'differences', lines };
}

/** One that was kept whole is given as it is. */
export function unpackDecision(stored: OrderDecision | StoredDecision): OrderDecision {
  if (!('kept' in stored)) return stored;
  const { kept: _kept, ...decision } = stored;
  let before: Fields = NOTHING;
  const lines = stored.lines.map((short): LineDecision => {
    before = restore(short, before);
    const line = before as LineDecision;
    return line.proof === undefined ? line : { ...line, proof: wholeProof(line.proof) };
  });
  return { ...decision, lines };
}

/** What follows from what a proof rests on. What it came to does as well, and is kept: the price, and the rule of the answer. */
const DERIVED: ReadonlySet<string> = new Set(['difference', 'allowed', 'extension', 'refused', 'formula']);
const NONE: ReadonlySet<string> = new Set();

/** What it came to stands as it was kept, whatever would follow today: `checkProof` tells the difference. */
function wholeProof(bare: PriceProof): PriceProof {
  if (saysLess(bare)) return bare;
  const { chosen, ours, basis, rule, ...evidence } = bare;
  return { ...proveEvidence(evidence), chosen, ours, basis, rule };
}

/** A proof of an early version, that nothing follows from. */
function saysLess({ candidates }: Partial<PriceProof>): boolean {
  return candidates === undefined;
}

/**
 * What is other than before, but for what is left out; null where there is nothing any more. Undefined where it is all
 * the same. Every offer of every line comes by here: nothing is made for what is the same, and what is gone is looked
 * for only where fewer keys are found again than there were.
 */
function shorten(now: Fields, before: Fields, left: ReadonlySet<string>): Fields | undefined {
  let short: Record<string, unknown> | undefined;
  let gone = 0;
  for (const key in before) if (before[key] !== undefined) gone += 1;
  for (const key in now) {
    // Not as a pair: a number in a list of two becomes a float, which takes long to be written as JSON.
    const value = now[key];
    const was = before[key];
    if (value === undefined) continue;
    if (was !== undefined) gone -= 1;
    if (value === was || left.has(key)) continue;
    const differs = key === 'proof' ? shortenProof(value as PriceProof, was) : difference(value, was, left);
    if (differs === undefined) continue;
    short ??= {};
    short[key] = differs;
  }
  if (gone === 0) return short;
  for (const key in before) {
    if (now[key] !== undefined || before[key] === undefined || left.has(key)) continue;
    short ??= {};
    short[key] = null;
  }
  return short;
}

function shortenProof(proof: PriceProof, before: unknown): unknown {
  if (!saysLess(proof)) return difference(proof, before, DERIVED);
  // What was left out of the one before is not there to be the same as.
  const kept = Object.entries(before ?? {}).filter(([key]) => !DERIVED.has(key));
  return difference(proof, Object.fromEntries(kept), NONE);
}

/** Undefined where there is none. */
function difference(now: unknown, before: unknown, left: ReadonlySet<string>): unknown {
  if (Array.isArray(now)) return listDifference(now, Array.isArray(before) ? before : undefined, left);
  if (!isFields(now)) return now;
  return isFields(before) ? shorten(now, before, left) : (shorten(now, NOTHING, left) ?? NOTHING);
}

/** Of objects what is other than in the one at the same place before; all else as it is. */
function listDifference(
  now: readonly unknown[],
  before: readonly unknown[] | undefined,
  left: ReadonlySet<string>,
): unknown {
  let same = now.length === before?.length;
  const list = now.map((value, i) => {
    const was = before?.[i];
    if (isFields(value)) {
      const short = shorten(value, isFields(was) ? was : NOTHING, left);
      if (!isFields(was) || short !== undefined) same = false;
      return short ?? NOTHING;
    }
    if (value !== was) same = false;
    return value;
  });
  return same ? undefined : list;
}

function restore(short: Fields, before: Fields): Fields {
  const now: Record<string, unknown> = { ...before };
  for (const key in short) {
    const [value, was] = [short[key], before[key]];
    if (value === null) delete now[key];
    else if (Array.isArray(value) && Array.isArray(was))
      now[key] = value.map((one, i) => (isFields(one) && isFields(was[i]) ? restore(one, was[i]) : one));
    else now[key] = isFields(value) && isFields(was) ? restore(value, was) : value;
  }
  return now;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
