import { findNearest } from '../../lib/suggest.ts';
import type { Transaction } from '../../store/database.ts';
import {
  type Contradicted,
  listKnown,
  type Placed,
  type Refused,
  type Saved,
  saveConsistent,
} from '../../store/master-data.ts';
import type { Check } from '../../store/master-data-tables.ts';
import { judgeRow } from './judge-row.ts';
import type { Kind } from './kind.ts';
import type { ImportMistake } from './mistakes.ts';
import type { Read } from './read-rows.ts';
import { SeenRows } from './seen-rows.ts';

/** Rows that one statement writes. */
const BATCH = 2_000;

/** Of so many known values the nearest is looked for, and for so many values that are not known. */
const MOST_KNOWN = 50_000;
const MOST_GUESSES = 20;

export type ImportCounts = {
  readonly rows: number;
  readonly inserted: number;
  /** Changed or taken away. */
  readonly updated: number;
  readonly unchanged: number;
};

/** One import on its way: rows come in by `take`, and `finish` tells what became of them. */
export class ImportRun {
  readonly #tx: Transaction;
  readonly #kind: Kind;
  readonly #seen: SeenRows;
  readonly #mistakes: ImportMistake[] = [];
  /** Line of each row, by its place in the file. */
  readonly #lines: number[] = [];
  readonly #refused: Refused[] = [];
  readonly #contradicted: Contradicted[] = [];
  /** Rows that said the same as an earlier one, and its place. */
  readonly #doubles: { readonly place: number; readonly of: number }[] = [];
  #batch: Placed[] = [];
  #inserted = 0;
  #updated = 0;
  #bad = 0;
  #json = false;

  constructor(tx: Transaction, kind: Kind) {
    this.#tx = tx;
    this.#kind = kind;
    this.#seen = new SeenRows(kind.table);
  }

  get rows(): number {
    return this.#lines.length;
  }

  async take(rows: readonly Read[]): Promise<void> {
    for (const row of rows) {
      const place = this.#lines.length;
      this.#lines.push(row.line);
      this.#json ||= row.element !== undefined;
      this.#judge(place, row);
      if (this.#batch.length >= BATCH) await this.#saveBatch();
    }
  }

  #judge(place: number, row: Read): void {
    if (!('values' in row)) {
      this.#bad += 1;
      this.#mistakes.push(row);
      return;
    }
    const record = judgeRow(this.#kind, row.values, (column, message) => this.#tell(place, column, message));
    const earlier = record === undefined ? undefined : this.#seen.note(place, record);
    if (record !== undefined && earlier === undefined) this.#batch.push({ place, record });
    else if (earlier?.same === true) this.#doubles.push({ place, of: earlier.place });
    else {
      this.#bad += 1;
      if (earlier === undefined) return;
      const keys = Object.keys(this.#kind.table.key).join(', ');
      this.#tell(
        place,
        undefined,
        `line ${this.#lines[earlier.place]} has the same ${keys} and says something else`,
      );
    }
  }

  async #saveBatch(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#contradicted.push(...(await this.#save(batch)));
  }

  /** Rows that speak of the same columns go together: all rows of a CSV file, and not all objects of a JSON file. */
  async #save(batch: readonly Placed[]): Promise<readonly Contradicted[]> {
    const groups = Map.groupBy(batch, ({ record }) => Object.keys(record).join());
    const contradicted: Contradicted[] = [];
    for (const group of groups.values()) {
      const saved: Saved = await saveConsistent(this.#tx, this.#kind.table, group);
      this.#inserted += saved.inserted;
      this.#updated += saved.updated;
      this.#refused.push(...saved.refused);
      contradicted.push(...saved.contradicted);
    }
    return contradicted;
  }

  async finish(): Promise<ImportCounts & { readonly mistakes: readonly ImportMistake[] }> {
    await this.#saveBatch();
    // What they contradicted may have changed by a later row of the file.
    const contradicted = await this.#save(this.#contradicted);
    const outs = new Set([...this.#refused, ...contradicted].map(({ place }) => place));
    await this.#tellRefused();
    for (const { place, other } of contradicted)
      this.#tell(place, undefined, this.#kind.table.contradiction!.message(other));
    const lost = this.#doubles.filter(({ of }) => outs.has(of));
    for (const { place, of } of lost) this.#tell(place, undefined, `is the same as line ${this.#lines[of]}`);
    const bad = this.#bad + outs.size + lost.length;
    return {
      rows: this.rows,
      inserted: this.#inserted,
      updated: this.#updated,
      unchanged: this.rows - bad - this.#inserted - this.#updated,
      mistakes: this.#mistakes.sort((a, b) => a.line - b.line || (a.element ?? 0) - (b.element ?? 0)),
    };
  }

  async #tellRefused(): Promise<void> {
    const known = new Map<Check, Promise<readonly string[]>>();
    let guesses = 0;
    for (const { place, record, checks } of this.#refused) {
      const failed = checks.map((i) => this.#kind.table.checks![i]!);
      for (const check of failed) {
        let hint = '';
        if (check.known !== undefined && guesses < MOST_GUESSES) {
          guesses += 1;
          if (!known.has(check)) known.set(check, listKnown(this.#tx, check.known, MOST_KNOWN));
          const given = String(record[check.column]);
          const near = findNearest(given, await known.get(check)!);
          if (near.length > 0 && !near.includes(given))
            hint = `; did you mean ${near.map((one) => `\`${one}\``).join(' or ')}?`;
        }
        this.#tell(place, check.column, `${check.message(record)}${hint}`);
      }
    }
  }

  #tell(place: number, column: string | undefined, message: string): void {
    this.#mistakes.push({
      line: this.#lines[place]!,
      ...(this.#json ? { element: place + 1 } : {}),
      ...(column === undefined ? {} : { column }),
      message: column === undefined ? message : `${column}: ${message}`,
    });
  }
}
