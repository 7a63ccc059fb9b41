import type { Instant } from '../lib/dates.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** The partner's files as they were, by path: what a document was processed with can be shown years later. */
export type PartnerVersion = {
  readonly hash: string;
  readonly partner: string;
  readonly files: Readonly<Record<string, string>>;
  readonly firstSeen: Instant;
};

const SAVE: Statement = {
  name: 'partner-version-save',
  text: `insert into partner_version (hash, partner, files, first_seen) values ($1, $2, $3, $4)
    on conflict (hash) do nothing`,
};

const saved = new WeakMap<Database, Set<string>>();

/**
 * Sees to it that what documents will refer to is there, asking the database once: not part of the transaction
 * that the documents come with, for a version that nothing refers to does no harm.
 */
export async function ensurePartnerVersion(db: Database, version: PartnerVersion): Promise<void> {
  const known = saved.get(db) ?? new Set();
  saved.set(db, known);
  if (known.has(version.hash)) return;
  await savePartnerVersion(db, version);
  known.add(version.hash);
}

export async function savePartnerVersion(tx: Database, version: PartnerVersion): Promise<void> {
  await run(tx, SAVE, [version.hash, version.partner, toJson(version.files), version.firstSeen]);
}

const READ: Statement = {
  name: 'partner-version-read',
  text: `select hash, partner, files, first_seen as "firstSeen" from partner_version where hash = $1`,
};

export async function readPartnerVersion(db: Database, hash: string): Promise<PartnerVersion | undefined> {
  const [row] = await run<PartnerVersion>(db, READ, [hash]);
  return row;
}
