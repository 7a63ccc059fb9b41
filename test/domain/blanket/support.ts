import type {
  Blanket,
  BlanketBooking,
  BlanketEntry,
  BlanketLine,
} from '../../../src/domain/blanket/blanket.ts';
import type { ReleaseLine } from '../../../src/domain/blanket/release.ts';
import type { Item } from '../../../src/domain/catalogue/catalogue.ts';

export const TODAY = '2026-06-15';

export const WIDGET: Item = {
  number: 'W-1',
  unit: 'EA',
  conversions: new Map([['CA', '12']]),
  status: 'active',
  serialised: false,
  barred: [],
  substitutes: [],
  incompatible: [],
  requires: [],
};

/** Line 1: 1,000 W-1 at 3.25 each, of which nothing is released. */
export function blanketLine(changes: Partial<BlanketLine> = {}): BlanketLine {
  return {
    number: '1',
    item: 'W-1',
    unit: 'EA',
    price: '3.25',
    priceBasis: 'PE',
    committed: '1000',
    released: '0',
    shipped: '0',
    received: '0',
    returned: '0',
    ...changes,
  };
}

export function blanket(changes: Partial<Blanket> = {}, line: Partial<BlanketLine> = {}): Blanket {
  return {
    id: 'b1',
    partner: 'acme',
    poNumber: 'BK100',
    firm: true,
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    state: 'open',
    allowance: '0',
    told: [],
    lines: [blanketLine(line)],
    ...changes,
  };
}

export function releaseLine(changes: Partial<ReleaseLine> = {}): ReleaseLine {
  return {
    number: '1',
    item: WIDGET,
    quantity: '100',
    unit: 'EA',
    price: '3.25',
    priceBasis: 'PE',
    ...changes,
  };
}

export function release(lines: readonly ReleaseLine[], booked?: ReadonlyMap<string, string>) {
  return { poNumber: 'BK100', releaseNumber: 'R7', lines, booked };
}

export function booking(changes: Partial<BlanketBooking> = {}): BlanketBooking {
  return { blanket: 'b1', line: '1', kind: 'release', quantity: '100', reference: 'R7', ...changes };
}

export function entry(changes: Partial<BlanketEntry> = {}): BlanketEntry {
  return { ...booking(), at: `${TODAY}T08:00:00Z`, ...changes };
}
