import test from 'ava';
import { ITEM_KINDS } from '../../src/pipeline/import/item-kinds.ts';
import { UnreadableFile } from '../../src/pipeline/import/mistakes.ts';
import { type Read, readRows } from '../../src/pipeline/import/read-rows.ts';
import type { ImportSource } from '../../src/pipeline/import/read-text.ts';

const COLUMNS = ITEM_KINDS.items.columns;

async function read(source: ImportSource): Promise<Read[]> {
  return (await Array.fromAsync(readRows(source, COLUMNS))).flat();
}

/** What the file is refused for: `LINE message`. */
async function refusal(source: ImportSource): Promise<string[]> {
  try {
    await read(source);
  } catch (error) {
    if (error instanceof UnreadableFile)
      return error.mistakes.map(({ line, message }) => `${line} ${message}`);
    throw error;
  }
  return [];
}

const BOLT = { number: 'I-1', unit: 'EA' };
const NUT = { number: 'I-2', unit: 'CA' };

for (const [name, text] of [
  ['commas', 'number,unit\nI-1,EA\nI-2,CA\n'],
  ['lines without anything', 'number,unit\nI-1,EA\nI-2,CA\n\n,\n \n'],
  ['no newline at the end', 'number,unit\nI-1,EA\nI-2,CA'],
  ['semicolons', 'number;unit\nI-1;EA\nI-2;CA\n'],
  ['tabs', 'number\tunit\nI-1\tEA\nI-2\tCA\n'],
  ['CRLF', 'number,unit\r\nI-1,EA\r\nI-2,CA\r\n'],
  ['a byte order mark', '\ufeffnumber,unit\nI-1,EA\nI-2,CA\n'],
  ['quotes around everything, and spaces', ' "number" , "unit"\n"I-1" , "EA"\n I-2 ,CA \n'],
  ['columns in another order', 'unit,number\nEA,I-1\nCA,I-2\n'],
] as const) {
  test(`CSV with ${name} is read`, async (t) => {
    const rows = await read(Buffer.from(text));
    t.deepEqual(rows, [
      { line: 2, values: BOLT },
      { line: 3, values: NUT },
    ]);
  });
}

test('a quoted cell may hold separators, quotes and line ends; the line told is that on which its row begins', async (t) => {
  const rows = await read('number,unit,description\nI-1,EA,"2"" bolt, long\r\nM10; zinc"\n\nI-2,CA,5" nut\n');
  t.deepEqual(rows, [
    { line: 2, values: { ...BOLT, description: '2" bolt, long\nM10; zinc' } },
    { line: 5, values: { ...NUT, description: '5" nut' } },
  ]);
});

test('a quote that is not closed costs its row and no other', async (t) => {
  const nuts = Array.from({ length: 300 }, (_, i) => `I-${i},CA,nut`);
  const rows = await read(`number,unit,description\nI-1,EA,"bolt\n${nuts.join('\n')}\n`);
  t.is(rows.length, 301);
  t.like(rows[0], {
    line: 2,
    message: 'a quote (") is opened and not closed; a quote inside of a quoted cell is written twice',
  });
  t.like(rows[300], { line: 302, values: { number: 'I-299' } });

  const short = await read('number,unit,description\nI-1,EA,"bolt\nI-2,CA,nut');
  t.deepEqual(
    short.map(({ line }) => line),
    [2, 3],
  );
  t.true('values' in short[1]!);
});

test('a file reads the same however its bytes are cut', async (t) => {
  const files = [
    'number,unit,description\r\nI-1,EA,"Bolzen ""größer""\r\nals M10"\r\nI-2,CA,写\r\n',
    '[{"number":"I-1","unit":"EA","description":"a \\"{[ größer"},\n {"number":"I-2","unit":"CA"}]',
  ];
  for (const file of files) {
    const bytes = Buffer.from(file);
    const whole = await read(bytes);
    t.is(whole.length, 2);
    for (let cut = 1; cut < bytes.length; cut += 1)
      t.deepEqual(await read(() => [bytes.subarray(0, cut), bytes.subarray(cut)]), whole, `cut at ${cut}`);
    t.deepEqual(await read(() => Array.from(bytes, (byte) => Uint8Array.of(byte))), whole);
  }
});

test('JSON is an array of objects, or objects one after the other', async (t) => {
  const expected = [
    { line: 1, element: 1, values: BOLT },
    { line: 2, element: 2, values: NUT },
  ];
  t.deepEqual(await read(` [${JSON.stringify(BOLT)},\n${JSON.stringify(NUT)}]\n`), expected);
  t.deepEqual(await read(`${JSON.stringify(BOLT)}\n${JSON.stringify(NUT)}\n`), expected);
  t.deepEqual(await read('[]'), []);
});

test('a number of a JSON file keeps every digit that was written', async (t) => {
  const [row] = await read('[{"minimum":12345678901234.1234567890,"maximum":3.10,"barred":["US",null]}]');
  t.deepEqual(row, {
    line: 1,
    element: 1,
    values: { minimum: '12345678901234.1234567890', maximum: '3.10', barred: ['US', null] },
  });
});

test('an object that is no JSON costs itself only', async (t) => {
  const rows = await read('[{"number":"I-1" "unit":"EA"},\n{"number":"I-2","unit":"CA"}]');
  t.is(rows.length, 2);
  const [bad, good] = rows as [{ line: number; message: string }, unknown];
  t.is(bad.line, 1);
  t.regex(bad.message, /^this is no JSON: Expected ','/);
  t.deepEqual(good, { line: 2, element: 2, values: NUT });
});

const REFUSED: Readonly<Record<string, readonly [ImportSource, readonly string[]]>> = {
  'an empty file': ['', ['1 the file is empty: expected a header such as number,description,unit,…']],
  'misspelt and missing columns': [
    '\nnumbr,unit,colour\nI-1,EA,red\n',
    [
      '2 there is no column "numbr"; did you mean `number`?',
      '2 there is no column "colour"; known are number, description, unit, status, active, hazard, serialised, minimum, maximum, multiple, customers, barred',
      '2 column "number" is missing: our item number',
    ],
  ],
  'a column that is there twice': ['number,unit,unit\nI-1,EA,CA\n', ['1 column "unit" is there twice']],
  'a column without a name': ['number,unit,\nI-1,EA,\n', ['1 column 3 has no name']],
  'a header with an open quote': [
    'number,"unit\nI-1,EA\n',
    ['1 a quote (") is opened and not closed; a quote inside of a quoted cell is written twice'],
  ],
  'Latin-1': [
    Buffer.from('number,unit,description\nI-1,EA,bolt\nI-2,CA,Schl\xfcssel\n', 'latin1'),
    ['3 there are bytes that are not UTF-8 (Windows-1252 or Latin-1?): save the file as UTF-8'],
  ],
  'UTF-8 that is cut off': [
    Buffer.from('number,unit,description\nI-1,EA,größe').subarray(0, -2),
    ['2 there are bytes that are not UTF-8 (Windows-1252 or Latin-1?): save the file as UTF-8'],
  ],
  'UTF-16': [Buffer.from('\ufeffnumber,unit\n', 'utf16le'), ['1 the file is UTF-16: save it as UTF-8']],
  'JSON that ends too soon': [
    '[{"number":"I-1"},\n{"number":',
    ['2 this is no JSON array of objects: the file ends inside of the object that begins here'],
  ],
  'a JSON array that is not closed': [
    '[{"number":"I-1"}\n',
    ['2 this is no JSON array of objects: the file ends before the array is closed with ]'],
  ],
  'JSON that holds no objects': [
    '[1, 2]',
    ['1 this is no JSON array of objects: expected an object { … }, not 1 2'],
  ],
  'arrays within an array': [
    '[["number"]]',
    ['1 this is no JSON array of objects: there is a [ where an object { … } was expected'],
  ],
  'text after a JSON array': [
    '[{"number":"I-1"}] and more',
    ['1 this is no JSON array of objects: expected an object { … }, not and more'],
  ],
};

for (const [name, [source, messages]] of Object.entries(REFUSED)) {
  test(`${name}: the file is refused with its place`, async (t) => {
    t.deepEqual(await refusal(source), messages);
  });
}

test('the line of a wrong byte is found in whatever chunk it is', async (t) => {
  const bytes = Buffer.from('number,unit,description\nI-1,EA,gr\u00f6\u00dfe\n', 'utf8');
  const wrong = Buffer.from('I-2,CA,Schl\xfcssel\n', 'latin1');
  const file = Buffer.concat([bytes, wrong]);
  for (let cut = 1; cut < file.length; cut += 1) {
    const [message] = await refusal(() => [file.subarray(0, cut), file.subarray(cut)]);
    t.regex(message!, /^3 /, `cut at ${cut}`);
  }
});

test('a column that only JSON can have is told so in CSV', async (t) => {
  const { PRICE_KINDS } = await import('../../src/pipeline/import/price-kinds.ts');
  const rows = readRows('agreement,adjustments\n', PRICE_KINDS['price-terms'].columns);
  const error = await t.throwsAsync(() => Array.fromAsync(rows), { instanceOf: UnreadableFile });
  t.true(
    error.message.startsWith('column "adjustments" can only be given in JSON; column "version" is missing'),
  );
});
