import { fromBig, isDecimal, toBig } from '../lib/decimal.ts';
import type { ComputedRule } from './map-file.ts';

/** The value of `=count(lines)`, `=hash(lines.quantity)` or `=sum(lines.quantity)` for a document. */
export type Compute = (document: Readonly<Record<string, unknown>>) => string;

export function compileCompute(rule: ComputedRule, path: readonly string[]): Compute {
  const listKeys = rule === 'count' ? path : path.slice(0, -1);
  const field = path.at(-1)!;
  const listOf = (document: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] => {
    let value: unknown = document;
    for (const key of listKeys) value = (value as Record<string, unknown> | undefined)?.[key];
    return (value ?? []) as readonly Record<string, unknown>[];
  };
  switch (rule) {
    case 'count':
      return (document) => String(listOf(document).length);
    case 'hash':
      return (document) => hashTotal(listOf(document), field);
    case 'sum':
      return (document) => sumTotal(listOf(document), field);
  }
}

const TEN_DIGITS = 10_000_000_000;

/** CTT02: digits alone, decimal points and signs ignored, cut to the last ten. */
function hashTotal(items: readonly Record<string, unknown>[], field: string): string {
  let total = 0;
  for (const item of items) {
    const value = String(item[field] ?? '');
    let digits = 0;
    for (let i = 0; i < value.length; i++) {
      const digit = value.charCodeAt(i) - 48;
      if (digit >= 0 && digit <= 9) digits = (digits * 10 + digit) % TEN_DIGITS;
    }
    total = (total + digits) % TEN_DIGITS;
  }
  return String(total);
}

function sumTotal(items: readonly Record<string, unknown>[], field: string): string {
  let total = toBig('0');
  for (const item of items) {
    const value = item[field];
    if (typeof value === 'string' && isDecimal(value)) total = total.plus(toBig(value));
  }
  return fromBig(total);
}

/** `80` and `80.0` are the same total. */
export function sameTotal(sent: string, computed: string): boolean {
  return sent === computed || (isDecimal(sent) && toBig(sent).eq(toBig(computed)));
}
