import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runCommand } from '../support/run-command.ts';

/** An interchange with one set in a version of the standard; the envelope in its form. */
function makeSet(version: string, set: '850' | '940', segments: readonly string[]): string {
  const day = version < '004010' ? '240101' : '20240101';
  const repetition = version < '004020' ? 'U' : '^';
  return [
    `ISA*00*          *00*          *ZZ*ACME           *ZZ*US             *240101*0900*${repetition}*${version.slice(0, 5)}*000000042*0*P*>`,
    `GS*${set === '850' ? 'PO' : 'OW'}*ACME*US*${day}*0900*7*X*${version}`,
    `ST*${set}*0001`,
    ...segments,
    `SE*${segments.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000042~',
  ].join('~');
}

function makeOrder(version: string, segments: readonly string[]): string {
  return makeSet(version, '850', segments);
}

/** AK3 to AK9 of the answer, and GS04 with GS08 of its group. */
function tellAnswer(acknowledgement: string): { group: string; said: string[] } {
  const segments = acknowledgement.split('~').map((segment) => segment.split('*'));
  const gs = segments.find(([id]) => id === 'GS')!;
  const said = segments.filter(([id]) => /^AK[3-9]$/.test(id!)).map((segment) => segment.join('*'));
  return { group: `${gs[4]!.length} digits, ${gs[8]}`, said };
}

/** The maps with a version 004050 that takes all from 004010, but that an order must have a REF. */
function addVersion(t: ExecutionContext): string {
  const maps = mkdtempSync(join(tmpdir(), 'causeway-versions-'));
  t.teardown(() => rmSync(maps, { recursive: true, force: true }));
  cpSync('maps', maps, { recursive: true });
  const standards = join(maps, 'standards', 'x12');
  mkdirSync(join(standards, '004050', 'sets'), { recursive: true });
  writeFileSync(
    join(standards, '004050', 'version.yaml'),
    'version: "004050"\nname: X12 version 4 release 5\nextends: "004010"\n',
  );
  const order = readFileSync(join(standards, '004010', 'sets', '850.yaml'), 'utf8');
  writeFileSync(
    join(standards, '004050', 'sets', '850.yaml'),
    order.replace('\n  - REF O >1\n', '\n  - REF M >1\n'),
  );
  return maps;
}

test('a version placed beside the others is read, validated and answered without code', async (t) => {
  const env = { CAUSEWAY_MAPS: addVersion(t) };
  const whole = makeOrder('004050', ['BEG*00*SA*PO77**20240101', 'REF*DP*038', 'PO1*1*8*EA*3.25**VP*V1']);
  const poor = makeOrder('004050', ['BEG*00*SA*PO77**20240101', 'PO1*1*8*EA*3.25**VP*V1']);

  const checked = await runCommand(['check'], { env });
  const read = await runCommand(['read', '-'], { env, input: whole });
  const accepted = await runCommand(['validate', '-', '--ack'], { env, input: whole });
  const refused = await runCommand(['validate', '-', '--ack'], { env, input: poor });

  t.is(checked.code, 0, checked.err);
  t.is(read.code, 0, read.err);
  t.like(JSON.parse(read.out), {
    kind: 'purchase-order',
    source: { version: '004050' },
    poNumber: 'PO77',
    references: [{ qualifier: 'DP', value: '038' }],
  });
  t.deepEqual(tellAnswer(accepted.out), { group: '8 digits, 004050', said: ['AK5*A', 'AK9*A*1*1*1'] });
  t.is(refused.code, 1);
  // AK304 3: a mandatory segment is missing, told where the next one stands.
  t.deepEqual(tellAnswer(refused.out).said, ['AK3*REF*3**3', 'AK5*R*5', 'AK9*R*1*1*0']);
});

test('an order of 003060 has dates of six digits, and so has its answer', async (t) => {
  const order = makeOrder('003060', [
    'BEG*00*SA*PO77**240101',
    'DTM*002*240215***20',
    'PO1*1*8*EA*3.25**VP*V1',
  ]);
  const late = makeOrder('003060', ['BEG*00*SA*PO77**20240101', 'PO1*1*8*EA*3.25**VP*V1']);

  const read = await runCommand(['read', '-'], { input: order });
  const accepted = await runCommand(['validate', '-', '--ack'], { input: order });
  const refused = await runCommand(['validate', '-', '--ack'], { input: late });

  t.like(JSON.parse(read.out), { orderDate: '2024-01-01', requestedDelivery: '2024-02-15' });
  t.deepEqual(tellAnswer(accepted.out), { group: '6 digits, 003060', said: ['AK5*A', 'AK9*A*1*1*1'] });
  // AK403 5: BEG05 is DT 6/6.
  t.deepEqual(tellAnswer(refused.out).said, [
    'AK3*BEG*2**8',
    'AK4*5*373*5*20240101',
    'AK5*R*5',
    'AK9*R*1*1*0',
  ]);
});

test('004030 has MTX where 004010 has MSG', async (t) => {
  const segments = ['BEG*00*SA*PO77**20240101', 'N9*L1*NOTES', 'MTX**CALL FIRST', 'PO1*1*8*EA*3.25**VP*V1'];

  const later = await runCommand(['validate', '-', '--ack'], { input: makeOrder('004030', segments) });
  const sooner = await runCommand(['validate', '-', '--ack'], { input: makeOrder('004010', segments) });

  t.deepEqual(tellAnswer(later.out).said, ['AK5*A', 'AK9*A*1*1*1']);
  // AK304 2 or 7 would say that the place is wrong: 004010 has an MTX, in its ADV loop alone.
  t.is(sooner.code, 1);
  t.regex(tellAnswer(sooner.out).said[0]!, /^AK3\*MTX\*4\*/);
});

test('a set whose base map serves later versions is validated and not read', async (t) => {
  const order = makeSet('003060', '940', ['W05*N*35131', 'W01*1*EA*000100022220', 'W76*1']);
  const partners = mkdtempSync(join(tmpdir(), 'causeway-partners-'));
  t.teardown(() => rmSync(partners, { recursive: true, force: true }));
  cpSync('partners', partners, { recursive: true });
  const file = join(partners, 'acme', 'partner.yaml');
  const old = readFileSync(file, 'utf8').replace('version: "004010"', 'version: "003060"');
  writeFileSync(file, old.replace('  "997": {}\n', '  "997": {}\n  "940": {}\n'));

  const validated = await runCommand(['validate', '-'], { input: order });
  const read = await runCommand(['read', '-'], { input: order });
  const checked = await runCommand(['check', 'acme'], { env: { CAUSEWAY_PARTNERS: partners } });

  t.is(validated.code, 0, validated.err);
  t.deepEqual([read.code, read.out], [1, '']);
  t.regex(read.err, /there is no map for it in version 003060/);
  t.is(checked.code, 1);
  t.regex(
    checked.out,
    /partner\.yaml:\d+:3 set 940 cannot be read or written: maps\/x12\/940\.yaml serves versions from 004010 on, not 003060/,
  );
});
