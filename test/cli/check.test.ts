import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runCommand } from '../support/run-command.ts';

const ORDER = 'partners/acme/samples/850-clean.edi';
const DROP_SHIP = 'partners/initech/samples/850-drop-ship.edi';

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
  t.regex(err, /4 partners are sound/);
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
x12: { version: "004011", separators: "**~", errors: { bad-codes: note } }
receive:
  "850": { map: nowhere.yaml }
orders:
  price: { tolerance: { percent: one }, outside: holdd }
`,
  );
  const { code, out } = await runCommand(['check', 'acme'], { env: { CAUSEWAY_PARTNERS: folder } });

  t.is(code, 1);
  for (const place of [
    '2:1 unknown key `nam`; did you mean `name`?',
    '1:5 id "acmee" is not the name of its folder',
    '3:9 status',
    '5:23 interchange',
    '7:39 there is no key file',
    '8:44 port',
    '8:60 hostKey',
    '9:17 version "004011" has no definitions',
    '9:39 separator "*" stands for two things',
    '9:56 unknown key `bad-codes`; did you mean `bad-code`?',
    '11:17 there is no file nowhere.yaml',
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
x12: { version: "004011", separators: "**~", acknowledge: "999" }
receive:
  "850": { map: nowhere.yaml, acknowledge: refuse }
  other: { map: nowhere.yaml }
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
    /7:59 warning: a group of a version before 005010 is answered by a 997/,
    /9:\d+ there is no file nowhere\.yaml/,
    /9:44 only `other` is refused/,
    /10:17 other sets share no map/,
    /11:1 warning: credit is kept and has no effect yet/,
    /4:23 interchange identity 01:INITECH is also that of initech/,
    /6:26 SFTP user "initech" is also that of initech/,
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

/** The mistakes that `causeway check` prints for changed copies of the maps and partners. */
async function checkChanged(
  t: ExecutionContext,
  changes: Readonly<Record<string, (text: string) => string>>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-check-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['maps', 'partners']) cpSync(name, join(folder, name), { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
  }
  const env = { CAUSEWAY_PARTNERS: join(folder, 'partners'), CAUSEWAY_MAPS: join(folder, 'maps') };
  const { code, out } = await runCommand(['check'], { env });
  const lines = out.split('\n').filter(Boolean);
  return { code, env, told: lines.map((line) => line.replace(`${folder}/`, '')) };
}

const append = (lines: string) => (text: string) => `${text}${lines}`;

test('broken standards, code tables, maps, company and partner files are all named in one run, sorted', async (t) => {
  const { code, told } = await checkChanged(t, {
    'maps/codes.yaml': append('colour:\n  RD:\n'),
    'maps/standards/x12/005010/elements.yaml': append('"9000": XX 1/2 Nothing\n'),
    'maps/x12/997.yaml': append('  - QQQ: [~]\n'),
    'partners/company.yaml': append('colour: red\n'),
    'partners/acme/partner.yaml': append('colour: red\n'),
    'partners/initech/850.yaml': append('  - REF QQ: [~, customerOrderNumbr]\n'),
  });
  t.is(code, 1);
  const places = told.map((line) => line.replace(/:\d+:\d+ .*/, ''));
  t.deepEqual(places, [
    'maps/codes.yaml',
    'maps/standards/x12/005010/elements.yaml',
    'maps/x12/997.yaml',
    'partners/acme/partner.yaml',
    'partners/company.yaml',
    'partners/globex/partner.yaml',
    'partners/initech/850.yaml',
    'partners/vandelay/partner.yaml',
  ]);
  t.regex(
    told[5]!,
    /:\d+:17 version "005010" cannot be used: its definitions, or those that it extends, have mistakes$/,
  );
});

test('a broken version of the standard hinders only the partners that use it', async (t) => {
  const { code, told, env } = await checkChanged(t, {
    'maps/standards/x12/005010/segments.yaml': append('QQQ: { name: [\n'),
  });
  t.is(code, 1);
  t.true(
    told.every((line) =>
      /^(maps\/standards\/x12\/005010\/segments|partners\/globex\/partner)\.yaml:/.test(line),
    ),
  );
  const { code: sound } = await runCommand(['read', ORDER, '--partner', 'acme'], { env });
  t.is(sound, 0);
});

test('a code table with a mistake is told once, and nothing that names it', async (t) => {
  const { told } = await checkChanged(t, {
    'maps/codes.yaml': (text) => text.replace('SA: standalone', 'SA: other'),
  });
  t.regex(told[0]!, /^maps\/codes\.yaml:\d+:7 `other` is kept for codes the table does not know$/);
  // Whoever receives orders cannot be served: their 850s would stay unread.
  t.deepEqual(
    told
      .slice(1)
      .map((line) => line.replace(/:\d+:\d+ set (\d+) .*yaml, or what it builds on, has mistakes$/, ' $1')),
    [
      'partners/acme/partner.yaml 850',
      'partners/acme/partner.yaml 860',
      'partners/globex/partner.yaml 850',
      'partners/initech/partner.yaml 850',
      'partners/vandelay/partner.yaml 850',
      'partners/vandelay/partner.yaml 860',
    ],
  );
});

test('a broken base map hinders those who use it, and is told once', async (t) => {
  const { told, env } = await checkChanged(t, {
    'maps/x12/855.yaml': append('  - QQQ: [~]\n'),
  });
  t.deepEqual(
    told.map((line) => line.replace(/:\d+:\d+ .*/, '')),
    ['maps/x12/855.yaml', 'partners/acme/partner.yaml', 'partners/globex/partner.yaml'],
  );
  const { code } = await runCommand(['read', DROP_SHIP, '--partner', 'initech'], { env });
  t.is(code, 0);
});

test('a broken company.yaml is told and keeps nobody from reading', async (t) => {
  const { told, env } = await checkChanged(t, { 'partners/company.yaml': () => 'nam: Us\n' });
  t.deepEqual(told, [
    'partners/company.yaml:1:1 identity is missing: expected object',
    'partners/company.yaml:1:1 unknown key `nam`; did you mean `name`?',
  ]);
  t.is((await runCommand(['read', ORDER, '--partner', 'acme'], { env })).code, 0);
});

test('a file is named from the working folder where that is shorter', async (t) => {
  const folder = mkdtempSync('check-');
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('partners', folder, { recursive: true });
  writeFileSync(join(folder, 'company.yaml'), 'name: 7\n');
  const { out } = await runCommand(['check'], { env: { CAUSEWAY_PARTNERS: folder } });
  t.true(out.startsWith(`${folder}/company.yaml:1:1 identity is missing`), out);
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
  const { code, out } = await runCommand(['read', DROP_SHIP, '--partner', 'hooli'], { env });
  t.is(code, 0);
  t.like(JSON.parse(out), { customerOrderNumber: 'WEB-55012', requestedDelivery: '2026-01-12' });
});
