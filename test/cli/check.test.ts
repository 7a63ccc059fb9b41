import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runCommand } from '../support/run-command.ts';

/** A copy of the partners that a test may change. */
function copyPartners(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-check-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('partners', folder, { recursive: true });
  return folder;
}

test('the partners that come with the project are sound', async (t) => {
  const { code, out, err } = await runCommand(['check']);
  t.deepEqual([code, out], [0, '']);
  t.regex(err, /3 partners are sound/);
});

test('ten different mistakes in a partner file are all named, each with its line and column', async (t) => {
  const folder = copyPartners(t);
  writeFileSync(
    join(folder, 'acme', 'partner.yaml'),
    `id: acmee
nam: Acme Industrial Supply
status: alive
identity:
  x12: { interchange: "ACMEIND", group: ACMEIND }
channels:
  - sftp-hosted: { user: acme, keys: [file:keys/missing.pub] }
  - sftp: { host: sftp.acme.example, port: 99999, hostKey: "SHA256:short", user: causeway, put: /inbox }
x12: { version: "004011", separators: "**~", note: [bad-codes] }
receive:
  "850": { map: nowhere.yaml }
orders:
  price: { tolerance: { percent: one }, outside: holdd }
`,
  );
  const { code, out } = await runCommand(['check', 'acme'], { env: { CAUSEWAY_PARTNERS: folder } });

  t.is(code, 1);
  for (const place of [
    '2:1 unknown key "nam": did you mean "name"',
    '3:9 status',
    '5:23 interchange',
    '8:44 port',
    '8:60 hostKey',
    '13:34 percent',
    '13:50 outside',
  ]) {
    t.true(out.includes(`partner.yaml:${place}`), `${place} is missing in\n${out}`);
  }
});

test('what the schema cannot see is named too', async (t) => {
  const folder = copyPartners(t);
  writeFileSync(
    join(folder, 'acme', 'partner.yaml'),
    `id: acmee
name: Acme
identity:
  x12: { interchange: "01:INITECH", group: ACMEIND }
channels:
  - sftp-hosted: { user: initech, keys: [file:keys/missing.pub] }
x12: { version: "004011", separators: "**~", note: [bad-codes] }
receive:
  "850": { map: nowhere.yaml }
credit: { limit: "1.00" }
`,
  );
  const { code, out } = await runCommand(['check', 'acme'], { env: { CAUSEWAY_PARTNERS: folder } });

  t.is(code, 1);
  for (const what of [
    /1:5 id "acmee" is not the name of its folder/,
    /6:\d+ there is no key file/,
    /7:\d+ version "004011" has no definitions/,
    /7:\d+ separator "\*" stands for two things/,
    /7:\d+ unknown kind of error "bad-codes"/,
    /9:\d+ there is no file nowhere\.yaml/,
    /10:1 warning: credit is kept and has no effect yet/,
    /identity 01:INITECH is also that of initech/,
    /SFTP user "initech" is also that of initech/,
  ]) {
    t.regex(out, what);
  }
});

test('mistakes in a map overlay are named where they stand', async (t) => {
  const folder = copyPartners(t);
  writeFileSync(
    join(folder, 'initech', '850.yaml'),
    `extends: x12/850
change:
  - REF CO: [~, customerOrderNumbr]
  - QQQ: [~, notes]
  - BEG-99: poNumber
`,
  );
  const { code, out } = await runCommand(['check', 'initech'], { env: { CAUSEWAY_PARTNERS: folder } });

  t.is(code, 1);
  t.regex(out, /initech\/850\.yaml:3:\d+ .*customerOrderNumbr.*customerOrderNumber/);
  t.regex(out, /initech\/850\.yaml:4:\d+ .*QQQ/);
  t.regex(out, /initech\/850\.yaml:5:\d+ .*BEG/);
});

test('a new partner that differs by one REF and one date qualifier takes two short files and no code', async (t) => {
  const folder = copyPartners(t);
  mkdirSync(join(folder, 'hooli'));
  writeFileSync(
    join(folder, 'hooli', 'partner.yaml'),
    `id: hooli
name: Hooli
identity:
  x12: { interchange: "01:INITECH2", group: HOOLI }
channels:
  - sftp-hosted: { user: hooli, password: env:HOOLI_PASSWORD }
receive:
  "850": { map: 850.yaml }
`,
  );
  writeFileSync(
    join(folder, 'hooli', '850.yaml'),
    `extends: x12/850
change:
  - REF CO: [~, customerOrderNumber]
  - DTM 010 instead of DTM 002
`,
  );
  const env = { CAUSEWAY_PARTNERS: folder };

  t.is((await runCommand(['check', 'hooli'], { env })).code, 0);
  const file = 'partners/initech/samples/850-drop-ship.edi';
  const { code, out } = await runCommand(['read', file, '--partner', 'hooli'], { env });
  t.is(code, 0);
  t.like(JSON.parse(out), { customerOrderNumber: 'WEB-55012', requestedDelivery: '2026-01-12' });
});
