import { readFileSync } from 'node:fs';
import test from 'ava';
import { runCommand } from '../support/run-command.ts';

const clean = 'partners/acme/samples/850-clean.edi';
const oneBad = 'partners/acme/samples/850-one-bad-of-five.edi';

/** The example of the contract, as X12. */
const CONTRACT = [
  'ISA*00*          *00*          *ZZ*ACME           *ZZ*US             *240101*0900*U*00401*000000042*0*P*>',
  'GS*PO*ACME*US*20240101*0900*7*X*004010',
  'ST*850*0001',
  'BEG*00*SA*PO1000001*3*20240101*C-77',
  'CUR*BY*USD',
  'REF*DP*038',
  'PER*BD*JOHN DOE*TE*5551234567',
  'DTM*002*20240115',
  'N1*ST*ACME DC 12*92*DC1',
  'N3*123 INDUSTRIAL BLVD',
  'N4*DAYTON*OH*45402*US',
  'PO1*1*8*EA*3.25*PE*BP*PART-1001*VP*VEND1',
  'PID*F****HEX BOLT GRADE 8',
  'SCH*8*EA***002*20240215',
  'CTT*1',
  'SE*14*0001',
  'GE*1*7',
  'IEA*1*000000042',
].join('~\n');

test('read prints the canonical order as the contract has it, to the letter', async (t) => {
  const { code, out, err } = await runCommand(['read', '-'], { input: `${CONTRACT}~\n` });

  t.is(code, 0, err);
  t.is(
    out,
    `${JSON.stringify({
      kind: 'purchase-order',
      source: {
        format: 'x12',
        version: '004010',
        set: '850',
        sender: 'ZZ:ACME',
        receiver: 'ZZ:US',
        interchange: '000000042',
        group: '7',
        control: '0001',
      },
      purpose: 'original',
      type: 'standalone',
      poNumber: 'PO1000001',
      releaseNumber: '3',
      contractNumber: 'C-77',
      orderDate: '2024-01-01',
      currency: 'USD',
      requestedDelivery: '2024-01-15',
      references: [{ qualifier: 'DP', value: '038' }],
      parties: [
        {
          role: 'ship-to',
          code: 'ST',
          name: 'ACME DC 12',
          idQualifier: '92',
          id: 'DC1',
          address: {
            lines: ['123 INDUSTRIAL BLVD'],
            city: 'DAYTON',
            region: 'OH',
            postalCode: '45402',
            country: 'US',
          },
        },
      ],
      lines: [
        {
          number: '1',
          quantity: '8',
          unit: 'EA',
          unitPrice: '3.25',
          priceBasis: 'PE',
          ids: [
            { qualifier: 'BP', value: 'PART-1001' },
            { qualifier: 'VP', value: 'VEND1' },
          ],
          description: 'HEX BOLT GRADE 8',
          schedule: [{ quantity: '8', unit: 'EA', date: '2024-02-15', qualifier: '002' }],
        },
      ],
      unmapped: [{ at: 'PER', value: ['BD', 'JOHN DOE', 'TE', '5551234567'] }],
    })}\n`,
  );
});

test('read prints the good sets of a file, tells of the bad one and ends with 1', async (t) => {
  const { code, out, err } = await runCommand(['read', oneBad, '--partner', 'acme']);

  t.is(code, 1);
  const numbers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).poNumber);
  t.deepEqual(numbers, ['PO1000100', 'PO1000101', 'PO1000103', 'PO1000104']);
  t.regex(err, /850 0003 .*refused/);
  t.regex(err, /PO1-02 quantity ordered \(330\) is "1O"/);
});

test('read hands nothing out of an interchange that is cut off', async (t) => {
  const bytes = readFileSync(clean);
  for (const length of [bytes.length - 3, 300, 110]) {
    const { code, out } = await runCommand(['read', '-'], { input: bytes.subarray(0, length) });
    t.deepEqual([code, out], [1, ''], `cut at ${length}`);
  }
});

test('read with a partner reads with the partner’s own map', async (t) => {
  const file = 'partners/initech/samples/850-drop-ship.edi';
  const own = JSON.parse((await runCommand(['read', file, '--partner', 'initech'])).out);
  const base = JSON.parse((await runCommand(['read', file])).out);
  const byName = JSON.parse((await runCommand(['read', file, '--map', 'partners/initech/850.yaml'])).out);

  t.like(own, { customerOrderNumber: 'WEB-55012', requestedDelivery: '2026-01-12' });
  t.is(base.customerOrderNumber, undefined);
  t.deepEqual(byName, own);
});

test('validate --ack prints the interchange that would go back and nothing else', async (t) => {
  const { code, out, err } = await runCommand(['validate', oneBad, '--partner', 'acme', '--ack']);

  t.is(code, 1);
  t.regex(
    out,
    /^ISA\*.*~AK1\*PO\*103~.*AK3\*PO1\*7\*PO1\*8~AK4\*2\*330\*6\*1O~AK5\*R\*5~.*AK9\*P\*5\*5\*4~.*IEA\*1\*\d{9}~$/s,
  );
  t.regex(err, /segment 7 PO1/);
});

test('validate says of a sound file that it is sound, and of an unsound one what is wrong', async (t) => {
  const sound = await runCommand(['validate', clean]);
  const html = await runCommand(['validate', '-'], { input: '<html><body>502 Bad Gateway</body></html>' });

  t.is(sound.code, 0);
  t.regex(sound.out, /set 850 0001 at byte 156: accepted/);
  t.is(html.code, 1);
  t.regex(html.out, /no ISA/i);
});

test('write turns a canonical answer into X12 that reads back the same', async (t) => {
  const answer = {
    kind: 'order-acknowledgement',
    purpose: 'original',
    type: 'AD',
    poNumber: 'PO1',
    orderDate: '2026-01-05',
    acknowledgedOn: '2026-01-06',
    lines: [
      {
        number: '1',
        quantity: '8',
        unit: 'EA',
        unitPrice: '3.25',
        priceBasis: 'PE',
        ids: [{ qualifier: 'BP', value: 'P1' }],
        outcomes: [{ status: 'IA', quantity: '8', unit: 'EA' }],
      },
    ],
  };
  const written = await runCommand(['write', '-', '--as', 'x12/855', '--partner', 'acme'], {
    input: JSON.stringify(answer),
  });
  t.is(written.code, 0, written.err);

  const { code, out } = await runCommand(['read', '-'], { input: written.out });
  t.is(code, 0);
  const { source: _source, ...back } = JSON.parse(out);
  t.deepEqual(back, answer);
});

test('write refuses what is wrong with every reason, and writes nothing', async (t) => {
  const { code, out, err } = await runCommand(['write', '-', '--as', 'x12/855', '--partner', 'acme'], {
    input: '{"kind":"order-acknowledgement","lines":7}\n{"kind":"nonsense"}',
  });
  t.deepEqual([code, out], [1, '']);
  t.regex(err, /:1 .*poNumber/);
  t.regex(err, /:2 kind is "nonsense"/);
});

for (const args of [
  ['read'],
  ['read', 'no-such-file.edi'],
  ['read', clean, '--partner', 'nobody'],
  ['nonsense'],
  ['write', clean, '--as', 'pdf', '--partner', 'acme'],
]) {
  test(`a wrong call ends with 2 and says why: causeway ${args.join(' ')}`, async (t) => {
    const { code, out, err } = await runCommand(args);
    t.deepEqual([code, out], [2, '']);
    t.not(err.trim(), '');
    t.notRegex(err, /\n\s+at /, 'no stack for a wrong call');
  });
}

test('a wrong setting stops the start with its name, its value and what would be right', async (t) => {
  const { code, err } = await runCommand(['up'], {
    env: { CAUSEWAY_SFTP: 'everywhere', CAUSEWAY_MODE: 'prod' },
  });
  t.is(code, 2);
  t.regex(err, /CAUSEWAY_SFTP is "everywhere": expected off or HOST:PORT/);
  t.regex(err, /CAUSEWAY_MODE is "prod": expected one of "production", "test"/);
});
