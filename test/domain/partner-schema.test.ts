import { readFileSync } from 'node:fs';
import test from 'ava';
import { describePartnerFile, PARTNER_SCHEMA } from './partner-schema.ts';

test('partners/partner.schema.json says what the partner file may hold today', (t) => {
  const held = JSON.parse(readFileSync(PARTNER_SCHEMA, 'utf8'));
  t.deepEqual(held, describePartnerFile(), 'it is stale: run `npm run golden`');
});

test('the sample partners name the schema for editors', (t) => {
  for (const partner of ['acme', 'globex', 'initech', 'vandelay']) {
    const text = readFileSync(`partners/${partner}/partner.yaml`, 'utf8');
    t.true(text.startsWith('# yaml-language-server: $schema=../partner.schema.json\n'), partner);
  }
});
