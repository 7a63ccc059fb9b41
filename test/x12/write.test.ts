import test from 'ava';
import fc from 'fast-check';
import type { SegmentData } from '../../src/x12/scan/segment-data.ts';
import type { Separators } from '../../src/x12/scan/separators.ts';
import {
  type InterchangeEnvelope,
  USUAL_SEPARATORS,
  WriteError,
  writeInterchange,
} from '../../src/x12/write/write.ts';
import { interchangesOf, readAll, setsOf } from './support.ts';

const ENVELOPE: InterchangeEnvelope = {
  sender: { qualifier: 'ZZ', id: 'HOUSE' },
  receiver: { qualifier: '01', id: '123456789' },
  date: '260105',
  time: '0930',
  version: '00401',
  control: '000000042',
  usage: 'T',
  separators: USUAL_SEPARATORS,
};

function write(segments: readonly SegmentData[], changes: Partial<InterchangeEnvelope> = {}): Uint8Array {
  const group = {
    functionalId: 'PR',
    sender: 'HOUSE',
    receiver: 'ACME',
    date: '20260105',
    time: '0930',
    control: '42',
  };
  const version = (changes.version ?? '00401') < '00501' ? '004010' : '005010';
  return writeInterchange({ ...ENVELOPE, ...changes }, [
    { ...group, version, sets: [{ set: '855', control: '0001', segments }] },
  ]);
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

test('an interchange is written with its widths, counts and trailers', (t) => {
  const written = text(
    write(
      [
        ['BAK', '00', 'AD', 'PO1', '20260105'],
        ['CTT', '0', '', ''],
      ],
      { newline: true },
    ),
  );
  t.is(
    written,
    [
      'ISA*00*          *00*          *ZZ*HOUSE          *01*123456789      *260105*0930*U*00401*000000042*0*T*>~',
      'GS*PR*HOUSE*ACME*20260105*0930*42*X*004010~',
      'ST*855*0001~',
      'BAK*00*AD*PO1*20260105~',
      'CTT*0~',
      'SE*4*0001~',
      'GE*1*42~',
      'IEA*1*000000042~',
      '',
    ].join('\n'),
  );
});

test('composites and repeats are written, and what is empty at their end is not', (t) => {
  const separators = { ...USUAL_SEPARATORS, repetition: 0x5e };
  const segment: SegmentData = [
    'REF',
    'CT',
    '',
    '',
    ['A', '', 'B', ''],
    { repeats: ['x', ['y', 'z'], ''] },
    ['', ''],
  ];
  const written = text(write([segment], { version: '00501', separators }));
  t.true(written.includes('*^*00501*'));
  t.true(written.includes('~REF*CT***A>>B*x^y>z~'));
});

test('a separator in data is replaced, or refused with its place', (t) => {
  const segments: SegmentData[] = [['N1', 'ST', 'A*B~ST>C\x07']];
  t.true(text(write(segments)).includes('~N1*ST*A B ST C ~'));
  t.true(text(write(segments, { replacement: '-' })).includes('~N1*ST*A-B-ST-C-~'));
  const error = t.throws(() => write(segments, { onSeparatorInData: 'refuse' }), { instanceOf: WriteError });
  t.like(error?.problems[0], { set: '0001', segment: 'N1', position: 2, element: 2 });
  t.is(error?.problems.length, 4);
});

test('a character outside the character set is replaced or refused', (t) => {
  t.true(text(write([['N1', 'ST', 'Café 木 😀']])).includes('~N1*ST*Café 木 😀~'));
  const latin1 = Buffer.from(write([['N1', 'ST', 'Café 木']], { charset: 'latin1' })).toString('latin1');
  t.true(latin1.includes('~N1*ST*Café  ~'));
  t.throws(() => write([['N1', 'ST', '木']], { charset: 'latin1', onSeparatorInData: 'refuse' }), {
    instanceOf: WriteError,
  });
  t.throws(() => write([['N1', 'ST', '\ud800']], { onSeparatorInData: 'refuse' }), {
    instanceOf: WriteError,
  });
});

test('what cannot be an ISA or a segment is refused', (t) => {
  const refused = (changes: Partial<InterchangeEnvelope>, segments: readonly SegmentData[] = []) =>
    t.throws(() => write(segments, changes), { instanceOf: WriteError })!.problems[0]!.message;
  t.regex(refused({ control: '42' }), /ISA13/);
  t.regex(refused({ sender: { qualifier: 'ZZ', id: 'X'.repeat(16) } }), /ISA06/);
  t.regex(refused({ date: '20260105' }), /ISA09/);
  t.regex(refused({}, [['n1', 'ST']]), /no segment id/);
  t.regex(refused({}, [['N1', { repeats: ['a', 'b'] }]]), /no repetition separator/);
});

/** A line end can end a segment and nothing else: files are wrapped and unwrapped on their way. */
const signs = fc
  .uniqueArray(fc.constantFrom(...'*|~>^:!+;@\n\x1c\x1d\x1e\x1f'), { minLength: 4, maxLength: 4 })
  .filter((chosen) => !chosen.slice(0, 3).includes('\n'));

const separatorsOf = ([element, component, repetition, terminator]: string[]): Separators => ({
  element: element!.charCodeAt(0),
  component: component!.charCodeAt(0),
  repetition: repetition!.charCodeAt(0),
  terminator: terminator!.charCodeAt(0),
});

const id = fc
  .stringMatching(/^[A-Z][A-Z0-9]{1,2}$/)
  .filter((one) => !['ST', 'SE', 'GS', 'GE', 'ISA', 'IEA'].includes(one));
const value = fc.string({ unit: fc.constantFrom(...'AZaz09 .,-/#IS%é木'), maxLength: 12 });
const segment = fc.tuple(id, fc.array(value, { maxLength: 8 })).map(([name, values]) => [name, ...values]);

test('reading what was written gives the same, whatever the separators', (t) => {
  fc.assert(
    fc.property(
      signs,
      fc.array(segment, { maxLength: 20 }),
      fc.boolean(),
      fc.nat(500),
      (chosen, segments, newline, cut) => {
        const bytes = write(segments, { separators: separatorsOf(chosen), version: '00501', newline });
        const readings = readAll(bytes, { validate: false }, [Math.min(cut, bytes.length)]);
        const trimmed = segments.map((row) => row.slice(0, row.findLastIndex((one) => one !== '') + 1));
        const rows = readings[0]?.rows?.slice(1, -1);
        t.deepEqual(rows, trimmed);
        t.is(setsOf(readings)[0]!.status, 'A');
        t.is(interchangesOf(readings)[0]!.report.note, '000');
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever bytes come, the reader neither throws nor loses count', (t) => {
  const piece = fc.oneof(
    fc.constantFrom(
      'ISA*',
      'GS*PO*A*B*20260105*0930*1*X*004010~',
      'ST*850*0001~',
      'SE*2*0001~',
      'GE*1*1~',
      'IEA*1*000000042~',
    ),
    fc.constant(text(write([['BAK', '00']]))),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.nat(400), { maxLength: 5 }),
      (pieces, cuts) => {
        const bytes = Buffer.from(pieces.join(''), 'utf8');
        const places = cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b);
        let end = 0;
        for (const reading of readAll(bytes, { maxSetBytes: 300 }, places)) {
          if (reading.kind === 'set') continue;
          t.true(
            reading.offset >= end && reading.length >= 0 && reading.offset + reading.length <= bytes.length,
          );
          end = reading.offset + reading.length;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what was written stays as it is, whatever is written or refused after it', (t) => {
  const note = (size: number): SegmentData => ['MSG', 'X'.repeat(size)];
  const small = () => write([note(10)]);
  const first = small();
  const before = text(first);

  const large = write([note(3_000_000)]);
  t.throws(() => write([note(40), ['MSG', 'a~b']], { onSeparatorInData: 'refuse' }), {
    instanceOf: WriteError,
  });
  const grown = write([note(300_000)]);
  const again = small();

  t.is(text(first), before);
  t.is(text(again), before);
  t.is(large.length, first.length - 10 + 3_000_000);
  t.is(text(grown), before.replace('X'.repeat(10), 'X'.repeat(300_000)));
  t.is(first.buffer.byteLength, first.length, 'nothing of the room that it was written in goes with it');
});
