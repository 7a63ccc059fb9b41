import type { Big } from '../../lib/big.ts';
import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { Blanket, BlanketBooking, BlanketEntryKind, BlanketLine } from './blanket.ts';

const SUMS = ['committed', 'released', 'shipped', 'received', 'returned'] as const;
type Sum = (typeof SUMS)[number];

/** Which sum of its line an entry counts to. */
const COUNTS_TO: Readonly<Record<BlanketEntryKind, Sum | undefined>> = {
  commit: 'committed',
  release: 'released',
  adjust: 'released',
  ship: 'shipped',
  receive: 'received',
  return: 'returned',
  close: undefined,
};

/** The blanket with entries counted that were not before. */
export function applyEntries(blanket: Blanket, entries: readonly BlanketBooking[]): Blanket {
  const own = entries.filter((entry) => entry.blanket === blanket.id);
  const lines = blanket.lines.map((line): BlanketLine => {
    const sums = sumEntries(own.filter((entry) => entry.line === line.number));
    const plus = (sum: Sum) => fromBig(toBig(line[sum]).plus(sums[sum]));
    const counted = Object.fromEntries(SUMS.map((sum) => [sum, plus(sum)]));
    return { ...line, ...counted };
  });
  const closes = own.some(({ kind }) => kind === 'close');
  return { ...blanket, lines, state: closes ? 'closed' : blanket.state };
}

/** Where the sums beside the ledger are not those of its entries; `entries` are all of the blanket. */
export function findLedgerFaults(blanket: Blanket, entries: readonly BlanketBooking[]): readonly string[] {
  const faults: string[] = [];
  const name = `blanket order ${blanket.poNumber}`;
  const known = new Set(blanket.lines.map((line) => line.number));
  for (const { blanket: id, line } of entries)
    if (id !== blanket.id || !known.has(line))
      faults.push(`${name}: an entry is of line ${line}, which it has not`);
  for (const line of blanket.lines) {
    const sums = sumEntries(entries.filter((entry) => entry.line === line.number));
    for (const sum of SUMS)
      if (!toBig(line[sum]).eq(sums[sum]))
        faults.push(`${name} line ${line.number}: ${line[sum]} ${sum}, and its entries make ${sums[sum]}`);
  }
  const closes = entries.some(({ kind }) => kind === 'close');
  if (closes !== (blanket.state === 'closed') && blanket.lines.length > 0)
    faults.push(`${name} is ${blanket.state}, and has ${closes ? 'a' : 'no'} closing entry`);
  return faults;
}

function sumEntries(entries: readonly BlanketBooking[]): Readonly<Record<Sum, Decimal>> {
  const sums: Record<Sum, Big> = Object.fromEntries(SUMS.map((sum) => [sum, toBig('0')])) as Record<Sum, Big>;
  for (const { kind, quantity } of entries) {
    const sum = COUNTS_TO[kind];
    if (sum !== undefined) sums[sum] = sums[sum].plus(quantity);
  }
  return Object.fromEntries(SUMS.map((sum) => [sum, fromBig(sums[sum])])) as Record<Sum, Decimal>;
}
