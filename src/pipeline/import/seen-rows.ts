import { hash } from 'node:crypto';
import type { MasterRecord, MasterTable } from '../../store/master-data-tables.ts';

/**
 * Which rows of the file came under which key: of a row its key and a fingerprint are kept, not the row. Two rows
 * under one key that say the same are one; where they differ, nobody knows which is meant.
 */
export class SeenRows {
  readonly #keys: readonly string[];
  readonly #placeOf = new Map<string, number>();
  readonly #fingerprints: number[] = [];

  constructor(table: MasterTable) {
    this.#keys = Object.keys(table.key);
  }

  /** The place of an earlier row under the same key. */
  note(place: number, record: MasterRecord): { readonly place: number; readonly same: boolean } | undefined {
    const key = this.#keys.map((name) => record[name]).join('\n');
    const fingerprint = Number.parseInt(hash('sha256', JSON.stringify(record), 'hex').slice(0, 13), 16);
    const earlier = this.#placeOf.get(key);
    if (earlier !== undefined) return { place: earlier, same: this.#fingerprints[earlier] === fingerprint };
    this.#placeOf.set(key, place);
    this.#fingerprints[place] = fingerprint;
    return undefined;
  }
}
