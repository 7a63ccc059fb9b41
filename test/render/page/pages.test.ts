import test from 'ava';
import { createRandom } from '../../../bench/random.ts';
import { PAGE_MODELS, type PageModel, type PageName } from '../../../src/render/page/models/page-models.ts';
import { renderPage } from '../../../src/render/page/render-page.ts';
import {
  CALIBRATION,
  CONFORMANCE,
  MATERIAL_TEST,
} from '../../../src/render/page/samples/sample-certificates.ts';
import { PACKING_SLIP } from '../../../src/render/page/samples/sample-shipping.ts';
import { SAMPLES } from '../../../src/render/page/samples/samples.ts';
import { canScan, scanPages } from '../barcode/scan.ts';
import { layoutOf, pdfOf } from './layouts.ts';
import { canReadPdf, checkPdf, readFonts, readMetadata, readPages } from './read-pdf.ts';
import { NAMES, stripOptional } from './samples.ts';

/** Without spaces and line ends: a long text may be broken anywhere. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Every text and number of a model, with the names that lead to it. */
function listLeaves(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => listLeaves(one, `${path}.${key}`));
}

/** As a page may write a value: a date in words, a number with its thousands apart. */
function formsOf(value: string): readonly string[] {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const month = new Date(`${value}T00:00:00Z`).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
    return [`${month}${Number(value.slice(8))},${value.slice(0, 4)}`];
  }
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === '') return [value];
  const grouped = `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}`;
  const bare = part.replace(/0+$/, '');
  return [value, grouped, `${grouped}.${part}`, `${grouped}.${bare.padEnd(2, '0')}`, `${grouped}.${bare}`];
}

/** Told by something else: by which layout it is, or by words; the unit of a quantity that is not there. */
const NOT_PRINTED = /^\.(kind|currency|subject\.unit)$|\.conforms$/;

/** Values that are not on the pages of their model. */
function findMissing<N extends PageName>(
  name: N,
  model: PageModel<N>,
): readonly (readonly [string, string])[] {
  const text = squeeze(readPages(pdfOf(name, model)).join(''));
  return listLeaves(model).filter(
    ([path, value]) =>
      !NOT_PRINTED.test(path) && !formsOf(value).some((form) => text.includes(squeeze(form))),
  );
}

if (canReadPdf()) {
  for (const name of NAMES) {
    test(`every value of ${name} is on its pages`, (t) => {
      t.deepEqual(findMissing(name, SAMPLES[name]), []);
    });

    test(`whatever is absent, every value that is there is on the pages of ${name}`, (t) => {
      const random = createRandom(NAMES.indexOf(name) + 1);
      for (let n = 0; n < 12; n += 1) {
        const model = stripOptional(PAGE_MODELS[name], SAMPLES[name], () => random(2) === 0);
        t.deepEqual(findMissing(name, model), [], JSON.stringify(model));
      }
    });

    test(`${name} is a sound PDF/A with all fonts embedded and its own title`, (t) => {
      const pdf = pdfOf(name, SAMPLES[name]);
      t.is(checkPdf(pdf), '');
      const fonts = readFonts(pdf);
      t.true(fonts.length >= 2);
      t.deepEqual(
        fonts.filter(({ embedded }) => !embedded),
        [],
      );
      const metadata = readMetadata(pdf);
      t.regex(metadata, /<pdfaid:part>2<[\s\S]*<pdfaid:conformance>B</);
      t.regex(metadata, new RegExp(`<dc:title>.*${SAMPLES[name].number}`));
      t.regex(metadata, new RegExp(`CreateDate>${SAMPLES[name].date}T00:00:00Z<`));
    });
  }

  const OPTIONAL_LABELS: { readonly [N in PageName]: RegExp } = {
    'certificates/conformance':
      /Purchase order|Release|Line|Revision|Quantity|Lot|Serial|Remarks|replaces|undefined/,
    'certificates/calibration':
      /Purchase order|Manufacturer|Model|Received|Adjustment|Accreditation|Place|Remarks|Limit|Error|Conforms|undefined/,
    'certificates/material-test': /Purchase order|Lot|Quantity|Minimum|Maximum|Method|Remarks|undefined/,
    'documents/packing-slip':
      /Sold to|Carrier|Service|Tracking|PRO|Weight|SSCC|Ordered|To follow|Your item|Serial|Notes|undefined/,
    'documents/picking-list': /Ship by|Priority|Carrier|Location|Lot|Serial|Notes|undefined/,
    'documents/invoice': /Terms|Due|discount|Remit|Bank|Tracking|Ship to|Your item|Notes|undefined/,
    'documents/credit-memo': /Invoiced|Return|Your item|Notes|undefined/,
    'documents/return-authorisation': /Valid|Your item|Serial|What to do|undefined/,
  };

  for (const name of NAMES)
    test(`${name} has no label for what is absent`, (t) => {
      const bare = stripOptional(PAGE_MODELS[name], SAMPLES[name]);
      const text = readPages(pdfOf(name, bare)).join('');
      t.notRegex(text, OPTIONAL_LABELS[name]);
      t.true(text.includes(bare.number));
    });

  test('a calibration certificate of three pages says on each which certificate and page it is', (t) => {
    const results = CALIBRATION.results.slice(0, 62);
    const pages = readPages(pdfOf('certificates/calibration', { ...CALIBRATION, results }));
    t.is(pages.length, 3);
    for (const [i, page] of pages.entries()) {
      t.is(page.split(CALIBRATION.number).length - 1, 2, 'in header and footer');
      t.is(page.split(`Page ${i + 1} of 3`).length - 1, 2);
      t.is(page.includes('End of certificate'), i === 2);
      t.true(
        page.includes('No. Quantity Unit'),
        'the head of the table is on each page that has a part of it',
      );
    }
  });

  test('a certificate that corrects another names it', (t) => {
    const replaces = { number: 'X-17', reason: 'wrong serial number' };
    for (const pdf of [
      pdfOf('certificates/conformance', { ...CONFORMANCE, replaces }),
      pdfOf('certificates/calibration', { ...CALIBRATION, replaces }),
      pdfOf('certificates/material-test', { ...MATERIAL_TEST, replaces }),
    ]) {
      const text = readPages(pdf).join('');
      t.regex(text, /replaces certificate X-17/);
      t.regex(text, /wrong serial number/);
    }
  });
}

for (const name of NAMES)
  test(`${name} is the same bytes each time`, (t) => {
    const [first, second] = [pdfOf(name, SAMPLES[name]), pdfOf(name, structuredClone(SAMPLES[name]))];
    t.true(Buffer.from(first).equals(Buffer.from(second)));
    const other = pdfOf(name, { ...SAMPLES[name], number: 'OTHER-1' });
    t.notDeepEqual(idOf(other), idOf(first));
  });

function idOf(pdf: Uint8Array): string | undefined {
  return /\/ID \[(<[0-9a-f]+>)/.exec(Buffer.from(pdf).toString('latin1'))?.[1];
}

test('a model of another type is a bug, not a page', (t) => {
  const wrong = { ...CONFORMANCE, statement: undefined as unknown as string };
  t.throws(() => renderPage(layoutOf('certificates/conformance'), wrong), { message: /statement/ });
});

if (canScan()) {
  for (const [name, model] of [
    ['certificates/conformance', CONFORMANCE],
    ['certificates/calibration', CALIBRATION],
    ['certificates/material-test', MATERIAL_TEST],
  ] as const)
    test(`the code of ${name} leads to the page that confirms it`, (t) => {
      const codes = scanPages(
        renderPage(layoutOf(name as 'certificates/conformance'), model as never),
      ).flat();
      t.deepEqual(codes, [model.confirmation.address]);
    });

  test('a packing slip carries the shipment and every SSCC as barcodes', (t) => {
    const codes = scanPages(pdfOf('documents/packing-slip', PACKING_SLIP)).flat();
    t.deepEqual(
      [...codes].sort(),
      [PACKING_SLIP.number, ...PACKING_SLIP.units.map(({ sscc }) => `00${sscc}`)].sort(),
    );
  });

  test('a picking list carries its number and every item as barcodes', (t) => {
    const list = SAMPLES['documents/picking-list'];
    const codes = scanPages(pdfOf('documents/picking-list', list)).flat();
    t.deepEqual([...codes].sort(), [list.number, ...list.lines.map(({ item }) => item)].sort());
  });
}
