import test from 'ava';
import { interchange, interchangesOf, order, plain, readAll, rowsOf, setsOf } from './support.ts';

const second = interchange({ element: '|', component: ':', terminator: '\n', control: '000000002' });
const wrapped = interchange({ sets: [order('0001'), order('0002')] }).replace(/(.{80})/g, '$1\r\n');

/** Documents whose every byte is a hard place to cut. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'one interchange': interchange(),
  'two, other separators, BOM, junk': `\xef\xbb\xbf\r\n${interchange()}\r\nVISA junk ISA\n${second}trailing`,
  'wrapped at 80 columns': wrapped,
  'CRLF after terminators': interchange().replaceAll('~', '~\r\n'),
  'cut in a segment, then another with other separators': interchange().slice(0, 230) + second,
  'cut in a segment, then the same separators':
    interchange().slice(0, 241) + interchange({ control: '000000009' }),
  'cut in a wrapped file': wrapped.slice(0, 300) + interchange({ control: '000000009' }),
  'SE missing': interchange({ sets: [order('0001').slice(0, -1), order('0002')] }),
  'no last terminator': interchange().slice(0, -1),
  'unpadded ISA': interchange().replace(/ +/g, ''),
  'ISA that ends early': `${interchange().slice(0, 60)}\n${interchange()}`,
  'ISA with a missing element': interchange().replace('*0*P*', '*P*') + interchange(),
  'ISA that ends early, then another at once':
    interchange().slice(0, 60) + interchange({ control: '000000009' }),
  'ISA that ends before its terminator': interchange().slice(0, 105) + second,
  'ISA with another separator first': interchange().replace('ISA*', 'ISA ') + second,
  'no ISA': '<html><body>503 ISA*</body></html>',
  'high bytes and controls': interchange({
    sets: [order('0001', ['N1*ST*Caf\xc3\xa9 \x01\xff', 'PO1*1*2*EA*3.50'])],
  }),
};

for (const [name, text] of Object.entries(DOCUMENTS)) {
  test(`cut at every byte, ${name} reads the same`, (t) => {
    const whole = plain(readAll(text));
    for (let at = 1; at < text.length; at++)
      t.deepEqual(plain(readAll(text, {}, [at])), whole, `cut at ${at}`);
    for (const size of [1, 2, 3, 7, 64]) {
      const cuts = Array.from({ length: Math.floor((text.length - 1) / size) }, (_, i) => (i + 1) * size);
      t.deepEqual(plain(readAll(text, {}, cuts)), whole, `chunks of ${size}`);
    }
  });
}

test('an ISA in the middle of an unfinished interchange ends that one and not its neighbour', (t) => {
  const readings = readAll(DOCUMENTS['cut in a segment, then another with other separators']!);
  const [first, next] = interchangesOf(readings);
  t.is(first!.report.note, '023');
  t.false(first!.complete);
  t.is(next!.report.status, 'A');
  t.is(next!.offset, 230);
  t.is(setsOf(readings).at(-1)!.status, 'A');
});

test('offsets are those of the file, in a wrapped one too', (t) => {
  for (const text of [interchange(), wrapped]) {
    for (const reading of readAll(text)) {
      if (reading.kind !== 'set') continue;
      const { offset, length } = reading.report;
      const bytes = text.slice(offset, offset + length);
      t.true(bytes.startsWith('ST*850'));
      t.regex(bytes.replace(/\s/g, ''), /SE\*\d+\*\d{4}~$/);
    }
  }
});

test('no strict prefix of an interchange is complete', (t) => {
  const text = interchange();
  // Without its very last terminator it is whole: many senders leave that out.
  for (let length = 1; length < text.length - 1; length++) {
    const readings = readAll(text.slice(0, length));
    t.false(
      interchangesOf(readings).some((one) => one.complete),
      `${length} bytes`,
    );
    if (length < 8) continue;
    t.is(interchangesOf(readings).at(-1)?.report.note, '023', `${length} bytes`);
  }
});

test('a set longer than the limit is refused and its neighbours are not', (t) => {
  const long = order(
    '0002',
    Array.from({ length: 400 }, (_, i) => `PO1*${i}*2*EA*3.50**VP*X1`),
  );
  const text = interchange({ sets: [order('0001'), long, order('0003')] });
  for (const size of [1, 50, 5000, text.length]) {
    const cuts = Array.from({ length: Math.floor((text.length - 1) / size) }, (_, i) => (i + 1) * size);
    const readings = readAll(text, { maxSetBytes: 2000 }, cuts);
    t.deepEqual(
      setsOf(readings).map((set) => [set.control, set.status, set.codes.join()]),
      [
        ['0001', 'A', ''],
        ['0002', 'R', '5'],
        ['0003', 'A', ''],
      ],
    );
    t.is(interchangesOf(readings)[0]!.report.groups[0]!.status, 'P');
  }
});

test('a segment without end is refused in bounded memory', (t) => {
  const text = interchange().slice(0, 240) + 'x'.repeat(20_000) + interchange({ control: '000000002' });
  const cuts = Array.from({ length: Math.floor(text.length / 500) }, (_, i) => (i + 1) * 500);
  const [first, second] = interchangesOf(readAll(text, { maxSetBytes: 4000 }, cuts));
  t.is(first!.report.note, '004');
  t.is(second!.report.status, 'A');
});

test('an interchange of nothing but refused sets is given up, and the next is read', (t) => {
  const text =
    interchange({ sets: Array.from({ length: 20_000 }, () => ['ST*850*1']) }) +
    interchange({ control: '000000002' });
  const readings = readAll(text, { validate: false });
  const [first, second] = interchangesOf(readings);
  t.is(first!.report.note, '024');
  t.false(first!.complete);
  t.true(first!.report.groups[0]!.sets.length < 10_100);
  t.is(second!.report.status, 'A');
});

test('a set that is kept says the same when the reader has gone on to others', (t) => {
  const accents = ['N1*ST*Caf\xc3\xa9', 'PO1*1*2*EA*3.50'];
  const sets = [order('0001', accents), order('0002'), order('0003')];

  const kept = readAll(interchange({ sets })).filter((reading) => reading.kind === 'set');

  t.is(kept[0]!.rows![2]![2], 'Café');
  for (const { segments, rows } of kept) t.deepEqual(rowsOf(segments), rows);
});
