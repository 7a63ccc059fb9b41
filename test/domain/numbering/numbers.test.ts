import test from 'ava';
import { chooseSeries, findShortage, ssccSeries } from '../../../src/domain/numbering/number-series.ts';
import { gs1File, numbersFile } from '../../../src/domain/numbering/numbers-file.ts';
import { readYamlFile } from '../../../src/lib/yaml-file.ts';

const DAY = '2026-11-22';

function readNumbers(yaml: string) {
  const { value, mistakes } = readYamlFile('company.yaml', yaml, numbersFile);
  return { value, mistakes: mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`) };
}

test('a number is text, year and counter as the pattern has them', (t) => {
  const numbers = numbersFile.parse({ invoice: 'INV-{year}-{0000}', certificate: '{yy}/{000000}.C' });
  const invoice = chooseSeries(numbers, 'invoice', DAY);
  t.is(invoice.write(7), 'INV-2026-0007');
  t.is(invoice.write(12_345), 'INV-2026-12345');
  t.is(chooseSeries(numbers, 'certificate', DAY).write(1), '26/000001.C');
});

test('with the year in it the counter begins again each year, unless it shall not', (t) => {
  const numbers = numbersFile.parse({
    invoice: 'INV-{year}-{0000}',
    'credit-memo': { pattern: 'CM-{year}-{0000}', restart: 'never' },
    shipment: '{00000000}',
  });
  const keys = (day: string) =>
    (['invoice', 'credit-memo', 'shipment'] as const).map((thing) => chooseSeries(numbers, thing, day).key);
  t.deepEqual(keys('2026-12-31'), ['invoice 2026', 'credit-memo', 'shipment']);
  t.deepEqual(keys('2027-01-01'), ['invoice 2027', 'credit-memo', 'shipment']);
});

test('what the file does not say has a pattern all the same, and no two things share a counter', (t) => {
  const numbers = numbersFile.parse(undefined);
  const things = ['shipment', 'certificate', 'invoice', 'credit-memo', 'return'] as const;
  const series = things.map((thing) => chooseSeries(numbers, thing, DAY));
  t.deepEqual(
    series.map(({ write }) => write(42)),
    ['00000042', 'C-2026-00042', 'INV-2026-00042', 'CM-2026-00042', 'RMA-2026-00042'],
  );
  t.is(new Set(series.map(({ key }) => key)).size, things.length);
});

const MISTAKES: readonly (readonly [string, string])[] = [
  ['invoice: INV-{year}', '1:10 invoice: expected one counter such as {00000} (it is "INV-{year}")'],
  ['invoice: "{000}{000}"', '1:10 invoice: expected one counter such as {00000} (it is "{000}{000}")'],
  [
    'invoice: "{yaer}-{000}"',
    '1:10 invoice: expected {year}, {yy} or a counter such as {00000}, not {yaer} (it is "{yaer}-{000}")',
  ],
  [
    'invoice: "I*{000}"',
    '1:10 invoice: expected letters, digits, . _ / and -, and {year}, {yy} or {00000} between them (it is "I*{000}")',
  ],
  [
    'invoice: { pattern: "I{000}", restart: yearly }',
    '1:21 pattern: expected {year} or {yy}: with a counter that begins again each year, numbers would repeat (it is "I{000}")',
  ],
  [
    'invoice: AN-INVOICE-OF-OURS-{00000}',
    '1:10 invoice: expected 20 characters at most (it is "AN-INVOICE-OF-OURS-{00000}")',
  ],
  ['invioce: "{000}"', '1:1 unknown key `invioce`; did you mean `invoice`?'],
  [
    'invoice: "A{000}"\ncredit-memo: "A{000}"',
    '2:14 credit-memo: expected another pattern than that of invoices: both are numbers of an 810 (it is "A{000}")',
  ],
];

for (const [yaml, expected] of MISTAKES)
  test(`${JSON.stringify(yaml)} is told with its place`, (t) => {
    t.deepEqual(readNumbers(yaml).mistakes, [expected]);
  });

test('a company prefix is 4 to 12 digits, and no extension digit is there twice', (t) => {
  const read = (yaml: string) =>
    readYamlFile('company.yaml', yaml, gs1File).mistakes.map((one) => one.message);
  t.deepEqual(read('prefix: "0614141"\nextensions: "0123"'), []);
  t.regex(read('prefix: 0614141')[0] ?? '', /write it in quotes: "0614141"/);
  t.regex(read('prefix: "061"')[0] ?? '', /4 to 12 digits/);
  t.regex(read('prefix: "0614141"\nextensions: "011"')[0] ?? '', /each once/);
  t.deepEqual(gs1File.parse({ prefix: '0614141' }), { companyPrefix: '0614141', extensions: '0' });
});

test('that SSCCs run out is told at 80, 90, 95 and 99 %, once each', (t) => {
  const series = ssccSeries({ companyPrefix: '012345678901', extensions: '0' });
  t.is(series.last, 9_999);
  const told = [];
  for (let from = 1; from <= 9_999; from += 3) {
    const shortage = findShortage(series, { from, to: from + 2 });
    if (shortage !== undefined) told.push([from + 2, shortage.percent, shortage.left]);
  }
  // 80 % of 9,999 are 7,999.2: the taking that ends with 8,001 goes past them.
  t.deepEqual(told, [
    [8_001, 80, 1_998],
    [9_000, 90, 999],
    [9_501, 95, 498],
    [9_900, 99, 99],
  ]);
});

test('a taking that crosses several shares tells the last of them; a series without end tells nothing', (t) => {
  const series = ssccSeries({ companyPrefix: '012345678901', extensions: '0' });
  t.deepEqual(findShortage(series, { from: 1, to: 9_600 }), { percent: 95, left: 399 });
  const endless = chooseSeries(numbersFile.parse({}), 'invoice', DAY);
  t.is(findShortage(endless, { from: 1, to: 10 ** 9 }), undefined);
});
