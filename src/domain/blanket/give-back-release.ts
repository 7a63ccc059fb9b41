import type { Big } from '../../lib/big.ts';
import { fromBig, toBig } from '../../lib/decimal.ts';
import type { Blanket, BlanketBooking, BlanketEntry } from './blanket.ts';

/**
 * Gives back what a release has not used: all of it where it is cancelled before anything ships, the rest where it is
 * closed short. `entries` are those of the release. Never more than still counts as released: a person may have adjusted
 * it meanwhile.
 */
export function giveBackRelease(
  blanket: Blanket,
  entries: readonly BlanketEntry[],
  reference: string,
): readonly BlanketBooking[] {
  const bookings: BlanketBooking[] = [];
  for (const { number, released } of blanket.lines) {
    const own = entries.filter((entry) => entry.blanket === blanket.id && entry.line === number);
    const unused = smaller(sum(own, 'release').minus(sum(own, 'ship')), toBig(released));
    if (unused.lte(0)) continue;
    const quantity = fromBig(unused.times(-1));
    bookings.push({ blanket: blanket.id, line: number, kind: 'release', quantity, reference });
  }
  return bookings;
}

function smaller(one: Big, other: Big): Big {
  return one.lt(other) ? one : other;
}

function sum(entries: readonly BlanketEntry[], kind: BlanketEntry['kind']): Big {
  return entries
    .filter((entry) => entry.kind === kind)
    .reduce((total, { quantity }) => total.plus(quantity), toBig('0'));
}
