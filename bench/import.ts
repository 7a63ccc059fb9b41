import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateJobs } from '../src/jobs/migrate.ts';
import { importMasterData } from '../src/pipeline/import/import-master-data.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { startEmbedded } from '../src/store/embedded.ts';
import { migrateDatabase } from '../src/store/migrate.ts';
import type { Figure } from './figure.ts';
import { makeSeed, SEED_SIZE } from './seed.ts';

/** The seed data set into a new, durable embedded PostgreSQL; then once more, when nothing changes. */
export async function measure(quick: boolean): Promise<Figure[]> {
  const size = quick ? { ...SEED_SIZE, items: 1_000, customers: 50, contracts: 50 } : SEED_SIZE;
  const seed = makeSeed(size);
  const folder = await mkdtemp(join(tmpdir(), 'causeway-bench-'));
  const server = await startEmbedded({ folder });
  const db = openDatabase(server.url);
  try {
    await migrateDatabase(db);
    await migrateJobs(server.url);
    const first = await importAll(db, seed, 'inserted');
    const again = await importAll(db, seed, 'unchanged');
    return [
      ...first.kinds,
      {
        name: 'all of it',
        value: Math.round(first.rows / first.seconds),
        unit: `rows/s, ${first.rows} rows`,
      },
      { name: 'all of it: time', value: round(first.seconds), unit: 's' },
      { name: 'all of it again, when nothing changes', value: round(again.seconds), unit: 's' },
    ];
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A bench that imports wrongly must not give a figure. */
async function importAll(
  db: Database,
  seed: ReturnType<typeof makeSeed>,
  expected: 'inserted' | 'unchanged',
) {
  const kinds: Figure[] = [];
  let all = 0;
  const start = performance.now();
  for (const [kind, text] of seed) {
    const before = performance.now();
    const imported = await importMasterData({ db }, kind, Buffer.from(text));
    const seconds = (performance.now() - before) / 1_000;
    const { rows, mistakes } = imported;
    if (mistakes.length > 0) throw new Error(`${kind}: ${JSON.stringify(mistakes[0])}`);
    if (imported[expected] !== rows) throw new Error(`${kind}: ${JSON.stringify(imported)}`);
    all += rows;
    kinds.push({ name: kind, value: Math.round(rows / seconds), unit: `rows/s, ${rows} rows` });
  }
  return { kinds, rows: all, seconds: (performance.now() - start) / 1_000 };
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
