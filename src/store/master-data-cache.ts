import type { PlainDate } from '../lib/dates.ts';
import { countHeld, type HeldCatalogue } from './held-catalogue.ts';

/** Items, words for them and prices that one process keeps: about 60 MB. */
const MOST = 200_000;

type Kept = { readonly held: HeldCatalogue; readonly count: number };

/**
 * Catalogues of buyers, made ready, as they were last loaded. Whether one still stands only the database can say, which
 * tells its version with whatever it is asked (`loadFileFacts`).
 */
export class MasterDataCache {
  readonly #most: number;
  /** Who was looked for last comes last. */
  readonly #buyers = new Map<string, Kept>();

  constructor(most = MOST) {
    this.#most = most;
  }

  find(buyer: string, day: PlainDate): HeldCatalogue | undefined {
    const kept = this.#buyers.get(buyer);
    if (kept?.held.day !== day) return undefined;
    this.#buyers.delete(buyer);
    this.#buyers.set(buyer, kept);
    return kept.held;
  }

  /** Again whenever something was added to it. Who was not looked for the longest makes room. */
  keep(buyer: string, held: HeldCatalogue): void {
    this.#buyers.delete(buyer);
    const count = countHeld(held);
    if (count > this.#most) return;
    this.#buyers.set(buyer, { held, count });
    let sum = 0;
    for (const kept of this.#buyers.values()) sum += kept.count;
    for (const [other, kept] of this.#buyers) {
      if (sum <= this.#most) return;
      this.#buyers.delete(other);
      sum -= kept.count;
    }
  }
}
