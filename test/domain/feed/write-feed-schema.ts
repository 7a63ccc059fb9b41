import { writeFileSync } from 'node:fs';
import { describeFeedMessage, FEED_SCHEMA } from './feed-schema.ts';

/** Writes the schema of what the ERP is told (`npm run golden`). */
writeFileSync(FEED_SCHEMA, JSON.stringify(describeFeedMessage()));
process.stdout.write('docs/erp-feed.schema.json written\n');
