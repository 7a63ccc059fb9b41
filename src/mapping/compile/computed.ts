import { fromBig, isDecimal, toBig } from '../../lib/decimal.ts';
import type { ComputedRule } from '../language/map-file.ts';
import type { Item } from './item.ts';

/** `=count(lines)`, `=hash(lines.quantity)`, `=sum(loads.lines.quantity)`. */
export type Total = {
  readonly rule: ComputedRule;
  /** As the map has it: `lines.quantity`. */
  readonly path: string;
  /** The lists on the way, each seen from an item of the one before. */
  readonly lists: readonly { readonly keys: readonly string[]; readonly tree: boolean }[];
  /** From an item of the last list to its number; none for `count`. */
  readonly field: readonly string[];
};

/** The value of a total for a document. */
export type Compute = (document: Item) => string;

export function formatTotal({ rule, path }: Total): string {
  return `${rule}(${path})`;
}

export function compileCompute({ rule, lists, field }: Total): Compute {
  const itemsOf = (document: Item): readonly Item[] =>
    lists.reduce<readonly Item[]>(
      (items, { keys, tree }) => {
        const [only] = items;
        const found =
          items.length === 1 && only !== undefined
            ? listIn(only, keys)
            : items.flatMap((one) => listIn(one, keys));
        return tree ? withChildren(found) : found;
      },
      [document],
    );
  switch (rule) {
    case 'count':
      return (document) => String(itemsOf(document).length);
    case 'hash':
      return (document) => hashTotal(itemsOf(document), field);
    case 'sum':
      return (document) => sumTotal(itemsOf(document), field);
  }
}

function listIn(item: Item, keys: readonly string[]): readonly Item[] {
  return (valueAt(item, keys) ?? []) as readonly Item[];
}

function valueAt(item: Item, keys: readonly string[]): unknown {
  let value: unknown = item;
  for (const key of keys) value = (value as Item | undefined)?.[key];
  return value;
}

/** The items of a tree, whatever their depth. */
function withChildren(items: readonly Item[]): readonly Item[] {
  const all = [...items];
  for (let i = 0; i < all.length; i++) {
    for (const child of (all[i]!['children'] ?? []) as readonly Item[]) all.push(child);
  }
  return all;
}

const TEN_DIGITS = 10_000_000_000;

/** CTT02: digits alone, decimal points and signs ignored, cut to the last ten. */
function hashTotal(items: readonly Item[], field: readonly string[]): string {
  let total = 0;
  for (const item of items) {
    const value = String(valueAt(item, field) ?? '');
    let digits = 0;
    for (let i = 0; i < value.length; i++) {
      const digit = value.charCodeAt(i) - 48;
      if (digit >= 0 && digit <= 9) digits = (digits * 10 + digit) % TEN_DIGITS;
    }
    total = (total + digits) % TEN_DIGITS;
  }
  return String(total);
}

function sumTotal(items: readonly Item[], field: readonly string[]): string {
  let total = toBig('0');
  for (const item of items) {
    const value = valueAt(item, field);
    if (typeof value === 'string' && isDecimal(value)) total = total.plus(toBig(value));
  }
  return fromBig(total);
}

/** `80` and `80.0` are the same total. */
export function sameTotal(sent: string, computed: string): boolean {
  return sent === computed || (isDecimal(sent) && toBig(sent).eq(toBig(computed)));
}
