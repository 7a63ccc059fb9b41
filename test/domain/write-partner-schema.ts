import { writeFileSync } from 'node:fs';
import { describePartnerFile, PARTNER_SCHEMA } from './partner-schema.ts';

/** Writes the schema of the partner file for editors (`npm run golden`). */
writeFileSync(PARTNER_SCHEMA, JSON.stringify(describePartnerFile()));
process.stdout.write('partners/partner.schema.json written\n');
