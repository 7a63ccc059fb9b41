import type { TermAdjustment, Tier } from '../../domain/pricing/price-terms.ts';
import { toBig } from '../../lib/decimal.ts';
import { suggest } from '../../lib/suggest.ts';
import {
  type Cell,
  choice,
  code,
  count,
  decimal,
  matching,
  percent,
  positive,
  refuse,
  type Say,
  text,
} from './cells.ts';

/*
 * Cells that hold more than one value. In CSV they are written in one cell with semicolons between; in JSON they are
 * the objects that the domain has.
 */

type Fields = Readonly<Record<string, Cell<unknown>>>;
type Read<F extends Fields> = { [K in keyof F]: F[K] extends Cell<infer T> ? T : never };

/** The fields of an object of a JSON file; undefined where one is wrong, missing or unknown. */
export function readFields<N extends Fields, O extends Fields>(
  value: unknown,
  needed: N,
  optional: O,
  say: Say,
): (Read<N> & Partial<Read<O>>) | undefined {
  if (!isObject(value)) {
    say(`expected an object with ${Object.keys(needed).join(', ')} (it is ${JSON.stringify(value)})`);
    return undefined;
  }
  let right = true;
  const sayAt = (name: string) => (message: string) => {
    right = false;
    say(`${name}: ${message}`);
  };
  const cells: Fields = { ...needed, ...optional };
  for (const name of Object.keys(value))
    if (!Object.hasOwn(cells, name)) sayAt(name)(`is not known here${suggest(name, Object.keys(cells))}`);
  const read: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const given = value[name];
    if (given !== undefined && given !== null) read[name] = cell.read(given, sayAt(name));
    else if (name in needed) sayAt(name)(`is missing: expected ${cell.wanted}`);
  }
  return right ? (read as Read<N> & Partial<Read<O>>) : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a cell, or the elements of an array, each read; undefined where one is wrong. */
function readParts<T>(
  parts: readonly unknown[],
  say: Say,
  readPart: (part: unknown, say: Say) => T | undefined,
): readonly T[] | undefined {
  const read = parts.map((part, i) => readPart(part, (message) => say(`${i + 1}: ${message}`)));
  return read.includes(undefined) ? undefined : (read as T[]);
}

function splitParts(cell: string): readonly string[] {
  const parts = cell.split(';').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

export const tiers: Cell<readonly Tier[]> = {
  wanted: 'tiers such as 1=3.25;100=3.10',
  read: (value, say) => {
    const parts = typeof value === 'string' ? splitParts(value) : value;
    if (!Array.isArray(parts) || parts.length === 0) return refuse(tiers, value, say);
    const read = readParts(parts, say, readTier);
    if (read === undefined) return undefined;
    for (const [i, tier] of read.entries()) {
      const before = read[i - 1];
      if (before === undefined || toBig(tier.from).gt(before.from)) continue;
      const what = toBig(tier.from).eq(before.from) ? 'is there twice' : `comes after tier ${before.from}`;
      say(`tier ${tier.from} ${what}: tiers go up`);
      return undefined;
    }
    return read;
  },
};

function readTier(part: unknown, say: Say): Tier | undefined {
  if (typeof part !== 'string') return readFields(part, { from: decimal, price: decimal }, {}, say);
  const match = /^([^=]*)=([^=]*)$/.exec(part);
  if (match === null) {
    say(`expected FROM=PRICE such as 100=3.10 (it is ${JSON.stringify(part)})`);
    return undefined;
  }
  return readFields({ from: match[1], price: match[2] }, { from: decimal, price: decimal }, {}, say);
}

/** `1=100;2=50`: line → quantity. */
export const quantities: Cell<readonly { readonly line: string; readonly quantity: string }[]> = {
  wanted: 'lines with quantities such as 1=100;2=50',
  read: (value, say) => {
    const parts = typeof value === 'string' ? splitParts(value) : value;
    if (!Array.isArray(parts) || parts.length === 0) return refuse(quantities, value, say);
    const read = readParts(parts, say, (part, sayPart) => {
      const [line, quantity, ...more] =
        typeof part === 'string' ? part.split('=').map((one) => one.trim()) : [];
      if (typeof part === 'string' && (quantity === undefined || more.length > 0)) {
        sayPart(`expected LINE=QUANTITY such as 1=100 (it is ${JSON.stringify(part)})`);
        return undefined;
      }
      const object = typeof part === 'string' ? { line, quantity } : part;
      return readFields(object, { line: code, quantity: positive }, {}, sayPart);
    });
    const twice = read?.find(({ line }, i) => read.findIndex((one) => one.line === line) !== i);
    if (twice === undefined) return read;
    say(`line ${twice.line} is there twice`);
    return undefined;
  },
};

const serviceCode = matching('a code of element 1300 such as C310', /^[A-Z]\d{3}$/);
const rateKind = choice('percent', 'per-unit', 'amount');

/** Allowances or charges of a CSV file: `C310 2% Early order;F800 0.05/unit;D240 25.00`. */
export function adjustmentsOf(indicator: TermAdjustment['indicator']): Cell<readonly TermAdjustment[]> {
  const self: Cell<readonly TermAdjustment[]> = {
    wanted: 'code and rate such as C310 2%, D240 0.05/unit or D240 25.00, with a semicolon between',
    read: (value, say) =>
      typeof value === 'string'
        ? readParts(splitParts(value), say, (part, sayPart) => readRate(indicator, part as string, sayPart))
        : refuse(self, value, say),
  };
  return self;
}

function readRate(
  indicator: TermAdjustment['indicator'],
  part: string,
  say: Say,
): TermAdjustment | undefined {
  const match = /^(\S+)\s+([\d.,]+)\s*(%|\/unit)?(?:\s+(.+))?$/.exec(part);
  if (match === null) {
    say(`expected CODE RATE such as C310 2%, D240 0.05/unit or D240 25.00 (it is ${JSON.stringify(part)})`);
    return undefined;
  }
  const [, given = '', number = '', sign, description] = match;
  const known = serviceCode.read(given, say);
  const value = (sign === '%' ? percent : decimal).read(number, say);
  if (known === undefined || value === undefined) return undefined;
  const rate = makeRate(sign === '%' ? 'percent' : sign === '/unit' ? 'per-unit' : 'amount', value);
  return makeAdjustment(indicator, known, description, rate);
}

/** Always in one order, so that the same said twice is the same text. */
function makeAdjustment(
  indicator: TermAdjustment['indicator'],
  code: string,
  description: string | undefined,
  rate: TermAdjustment['rate'],
): TermAdjustment {
  return { indicator, code, ...(description === undefined ? {} : { description }), rate };
}

function makeRate(kind: TermAdjustment['rate']['kind'], value: string): TermAdjustment['rate'] {
  return kind === 'percent' ? { kind, percent: value } : { kind, amount: value };
}

/** The same in a JSON file, as the domain has it. */
export const adjustments: Cell<readonly TermAdjustment[]> = {
  wanted: 'an array of allowances and charges',
  read: (value, say) =>
    Array.isArray(value) ? readParts(value, say, readAdjustment) : refuse(adjustments, value, say),
};

function readAdjustment(value: unknown, say: Say): TermAdjustment | undefined {
  const needed = { indicator: choice('allowance', 'charge'), code: serviceCode, rate: rateObject };
  const read = readFields(value, needed, { description: text }, say);
  return read === undefined
    ? undefined
    : makeAdjustment(read.indicator, read.code, read.description, read.rate);
}

const rateObject: Cell<TermAdjustment['rate']> = {
  wanted: 'an object such as {"kind":"percent","percent":"2"}',
  read: (value, say) => {
    const kind = rateKind.read(isObject(value) ? value['kind'] : value, say);
    if (kind === undefined) return undefined;
    const needed = kind === 'percent' ? { kind: rateKind, percent } : { kind: rateKind, amount: decimal };
    return readFields(value, needed, {}, say) as TermAdjustment['rate'] | undefined;
  },
};

/** Zone of the ship-to → cost of a shipment and days: `EAST=12.50/2`. */
export const freightZones: Cell<Readonly<Record<string, { readonly cost: string; readonly days: number }>>> =
  {
    wanted: 'zones such as EAST=12.50/2;WEST=31/5',
    read: (value, say) => {
      const entries = readEntries(value, say);
      if (entries === undefined) return refuse(freightZones, value, say);
      const read = readParts(entries, say, (entry) => {
        const [zone, given] = entry as readonly [string, unknown];
        const sayZone = (message: string) => say(`${zone}: ${message}`);
        const [cost, days] = typeof given === 'string' ? given.split('/') : [];
        const object = typeof given === 'string' ? { cost, days } : given;
        const one = readFields(object, { cost: decimal, days: count }, {}, sayZone);
        return one === undefined ? undefined : ([zone, { cost: one.cost, days: Number(one.days) }] as const);
      });
      return read === undefined ? undefined : Object.fromEntries(read);
    },
  };

/** `revision=C;calibrated=2026-10-01`. */
export const attributes: Cell<Readonly<Record<string, string>>> = {
  wanted: 'attributes such as revision=C;calibrated=2026-10-01',
  read: (value, say) => {
    const entries = readEntries(value, say);
    if (entries === undefined) return refuse(attributes, value, say);
    const read = readParts(entries, say, (entry) => {
      const [name, given] = entry as readonly [string, unknown];
      const one = text.read(given, (message) => say(`${name}: ${message}`));
      return one === undefined ? undefined : ([name, one] as const);
    });
    return read === undefined ? undefined : Object.fromEntries(read);
  },
};

/** In the order of their names, so that the same said in another order is the same; undefined where it is no such thing. */
function readEntries(value: unknown, say: Say): readonly (readonly [string, unknown])[] | undefined {
  const entries =
    typeof value === 'string'
      ? splitParts(value).map((part) => [
          part.split('=', 1)[0]!.trim(),
          part.split('=').slice(1).join('=').trim(),
        ])
      : isObject(value)
        ? Object.entries(value)
        : undefined;
  if (entries === undefined || entries.some(([name, given]) => name === '' || given === '')) return undefined;
  const names = entries.map(([name]) => code.read(name, say));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) say(`${twice} is there twice`);
  const sorted = (entries as [string, unknown][]).sort(([a], [b]) => (a < b ? -1 : 1));
  return twice === undefined ? sorted : [];
}
