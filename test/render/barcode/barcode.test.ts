import test from 'ava';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import { writeSscc } from '../../../src/domain/shipment/sscc.ts';
import { type Barcode, encodeBarcode } from '../../../src/render/barcode/barcode.ts';
import { drawSymbol, measureSymbol } from '../../../src/render/barcode/draw-barcode.ts';
import { WrongBarcode } from '../../../src/render/barcode/wrong-barcode.ts';
import { canScan, scanBytes, scanPages } from './scan.ts';

const MM = 72 / 25.4;

/** Barcodes one below the other on pages of 4 × 6 inches. */
async function drawSheet(pages: readonly (readonly Barcode[])[], height = 12): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: [288, 432], margin: 0, autoFirstPage: false });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const barcodes of pages) {
    doc.addPage();
    let y = 10;
    for (const barcode of barcodes) {
      const moduleWidth = (barcode.symbology === 'qr' ? 0.75 : 0.375) * MM;
      const symbol = encodeBarcode(barcode);
      const place = { x: 2, y, moduleWidth, height: height * MM };
      drawSymbol(doc, symbol, place);
      y += measureSymbol(symbol, place).height + 12;
    }
  }
  doc.end();
  await new Promise((resolve) => doc.on('end', resolve));
  return Buffer.concat(chunks);
}

test('bars are what ISO/IEC 15417 says: start C, FNC1, pairs, check, stop', (t) => {
  const symbol = encodeBarcode({ symbology: 'gs1-128', text: '(00)106141412345678908' });
  if (symbol.kind !== 'bars') return t.fail();
  // Start C, FNC1, ten pairs and the check character of 11 modules each, and the stop of 13.
  t.is(symbol.width, 13 * 11 + 13);
  t.is(symbol.quiet, 10);
  const characters = splitCharacters(symbol.runs);
  t.is(characters[0], '211232');
  t.is(characters[1], '411131');
  t.is(characters[2], '212222');
  t.is(characters.at(-1), '2331112');
});

function splitCharacters(runs: readonly number[]): string[] {
  const body = runs.slice(0, -7);
  const six = Array.from({ length: body.length / 6 }, (_, i) => body.slice(6 * i, 6 * i + 6).join(''));
  return [...six, runs.slice(-7).join('')];
}

const REFUSED: readonly (readonly [Barcode['symbology'], string, RegExp])[] = [
  ['gs1-128', '(00)106141412345678907', /the check digit of AI 00 is 7, expected 8/],
  ['gs1-128', '(00)10614141234567890', /AI 00/],
  ['gs1-128', '(420)', /expected application identifiers in brackets/],
  ['gs1-128', '42045402', /expected application identifiers in brackets/],
  ['gs1-128', '(420)45402(', /expected application identifiers in brackets/],
  ['gs1-128', '(91)Zürich', /AI 91: Invalid CSET 82 character/],
  ['gs1-128', '(91)A^B', /AI 91/],
  ['gs1-128', `(91)${'A'.repeat(47)}`, /49 characters, where a symbol holds 48 at most/],
  ['gs1-128', '(08)1', /AI/],
  ['code-128', '', /expected 1 to 80 characters/],
  ['code-128', 'Käse', /expected 1 to 80 characters/],
  ['code-128', 'A\tB', /expected 1 to 80 characters/],
  ['code-128', 'A'.repeat(81), /expected 1 to 80 characters/],
  ['qr', '', /expected text/],
  ['qr', '\ud800', /expected text/],
  ['qr', 'x'.repeat(3000), /QR code/],
];

for (const [symbology, text, message] of REFUSED)
  test(`${symbology} ${JSON.stringify(text.slice(0, 24))} of ${text.length} characters is refused`, (t) => {
    t.throws(() => encodeBarcode({ symbology, text }), { instanceOf: WrongBarcode, message });
  });

test('the message names the barcode and its text', (t) => {
  const error = t.throws(() => encodeBarcode({ symbology: 'gs1-128', text: '(00)106141412345678907' }));
  t.is(error.message, 'GS1-128 "(00)106141412345678907": the check digit of AI 00 is 7, expected 8');
});

test('a box is as wide as the symbol with its quiet zones', (t) => {
  const painted: number[][] = [];
  const canvas = {
    save: () => undefined,
    restore: () => undefined,
    fill: () => undefined,
    fillColor: () => undefined,
    rect: (...box: number[]) => painted.push(box),
  };
  const place = { x: 5, y: 7, moduleWidth: 2, height: 30 };
  const symbol = encodeBarcode({ symbology: 'code-128', text: 'A' });
  drawSymbol(canvas, symbol, place);
  const size = measureSymbol(symbol, place);
  // Start, A and check of 11 modules, stop of 13, and twice ten.
  t.deepEqual(size, { width: 2 * (33 + 13 + 20), height: 30 });
  t.is(painted[0]![0], 5 + 2 * 10);
  const [x = 0, , width = 0] = painted.at(-1)!;
  t.is(x + width, 5 + size.width - 2 * 10);
  for (const [at = 0, y, wide = 0, high] of painted) {
    t.is((at - 5) % 2, 0);
    t.is(wide % 2, 0);
    t.deepEqual([y, high], [7, 30]);
  }
});

if (canScan()) {
  test('a reader decodes every one of 1,000 random SSCCs', async (t) => {
    const space = { companyPrefix: '0614141', extensions: '0123456789' };
    const ssccs = fc
      .sample(
        fc.uniqueArray(fc.integer({ min: 1, max: 10 ** 10 - 1 }), { minLength: 1_000, maxLength: 1_000 }),
        {
          numRuns: 1,
          seed: 856,
        },
      )[0]!
      .map((n) => writeSscc(space, n));
    t.is(new Set(ssccs).size, 1_000);
    const pages = Array.from({ length: 50 }, (_, page) => ssccs.slice(20 * page, 20 * page + 20));
    const pdf = await drawSheet(
      pages.map((page) => page.map((sscc) => ({ symbology: 'gs1-128', text: `(00)${sscc}` }))),
      3,
    );
    const scanned = scanPages(pdf);
    t.is(scanned.length, 50);
    for (const [i, page] of scanned.entries())
      t.deepEqual([...page].sort(), pages[i]!.map((sscc) => `00${sscc}`).sort());
  });

  test('a reader decodes elements with FNC1 between them, Code 128 and QR codes', async (t) => {
    const sheet: readonly (readonly [Barcode, string])[] = [
      [{ symbology: 'gs1-128', text: '(420)45402(91)0042' }, '42045402\u001d910042'],
      [{ symbology: 'gs1-128', text: '(01)09506000134352(10)LOT-7' }, '010950600013435210LOT-7'],
      [{ symbology: 'code-128', text: 'PO-1000001/a b^~{}' }, 'PO-1000001/a b^~{}'],
      [{ symbology: 'qr', text: 'https://example.com/c/abc' }, 'https://example.com/c/abc'],
    ];
    const [page = []] = scanPages(await drawSheet([sheet.map(([barcode]) => barcode)]));
    t.deepEqual([...page].sort(), sheet.map(([, data]) => data).sort());
  });

  test('other than ASCII in a QR code is UTF-8', async (t) => {
    const text = 'Prüfstück 日本 ^FNC1^^';
    const pdf = await drawSheet([[{ symbology: 'qr', text }]]);
    t.is(scanBytes(pdf).toString('utf8'), text);
  });

  test('a reader decodes any Code 128 text', async (t) => {
    const text = fc.stringMatching(/^[!-~]([ -~]{0,18}[!-~])?$/);
    const [texts = []] = fc.sample(fc.uniqueArray(text, { minLength: 150, maxLength: 150 }), {
      numRuns: 1,
      seed: 128,
    });
    const pages = Array.from({ length: 15 }, (_, page) => texts.slice(10 * page, 10 * page + 10));
    const pdf = await drawSheet(
      pages.map((page) => page.map((text) => ({ symbology: 'code-128', text }))),
      8,
    );
    for (const [i, page] of scanPages(pdf).entries()) t.deepEqual([...page].sort(), [...pages[i]!].sort());
  });
}
