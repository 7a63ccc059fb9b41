import { Logger, runMigrations } from 'graphile-worker';

/** Makes and updates the queue's own schema, `graphile_worker`. Safe to run from several processes at once. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const silent = new Logger(() => () => undefined);
  await runMigrations({ connectionString: databaseUrl, maxPoolSize: 2, logger: silent });
}
