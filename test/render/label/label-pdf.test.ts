import test from 'ava';
import fc from 'fast-check';
import { composeLabel } from '../../../src/render/label/compose-label.ts';
import type { DrawnLabel } from '../../../src/render/label/drawn-label.ts';
import { writeLabelsPdf } from '../../../src/render/label/label-pdf.ts';
import { canScan, scanPages } from '../barcode/scan.ts';
import { canReadPdf, checkPdf, readFonts, readPages } from '../page/read-pdf.ts';
import { BARE, CARTON, labelModels, layoutOf, layoutWith, TEMPLATES } from './label-samples.ts';

const INFO = { title: 'Labels of shipment 42', created: '2026-11-22' };

function makePdf(labels: Iterable<DrawnLabel>): Buffer {
  return Buffer.concat([...writeLabelsPdf(labels, INFO)]);
}

test('the same labels are the same bytes', (t) => {
  const labels = () => TEMPLATES.map((name) => composeLabel(layoutOf(name), CARTON));
  const first = makePdf(labels());
  t.true(first.equals(makePdf(labels())));
  t.false(first.equals(makePdf([composeLabel(layoutOf('pallet'), BARE)])));
});

test('pages are given away one by one', (t) => {
  const drawn = composeLabel(layoutOf('gs1-logistics'), CARTON);
  let made = 0;
  function* labels() {
    for (; made < 50; made += 1) yield drawn;
  }
  const pieces = writeLabelsPdf(labels(), INFO);
  t.true(pieces.next().value!.length > 0);
  t.true(made < 2, `${made} labels were drawn before the first was given away`);
});

if (canReadPdf())
  test('every field is found in the PDF, which is sound, and has its fonts with it', (t) => {
    const pdf = makePdf(TEMPLATES.map((name) => composeLabel(layoutOf(name), CARTON)));
    const [page = '', ...others] = readPages(pdf);
    t.is(others.length, 2);
    for (const field of [
      'Causeway Demo Supply',
      'ACME DC 12',
      'DAYTON OH 45402',
      '(420) 45402',
      'Freight Line',
      'PRO 123456789',
      'B/L 4711',
      'PO1000001',
      'DEPT 038',
      'STORE 0042',
      '3 of 12',
      '18.4 LB',
      '(00) 106141412345678908',
    ])
      t.true(page.replaceAll(/ +/g, ' ').includes(field), field);
    t.is(checkPdf(pdf), '');
    const fonts = readFonts(pdf);
    t.is(fonts.length, 2);
    t.true(fonts.every(({ embedded }) => embedded));
    t.regex(pdf.toString('latin1'), /MediaBox \[0 0 288 432\]/);
  });

if (canScan()) {
  test('a reader finds every barcode of every template, whatever else is on it', (t) => {
    for (const name of TEMPLATES) {
      const layout = layoutOf(name);
      const models = [CARTON, BARE, ...fc.sample(labelModels, { numRuns: 15, seed: 128 })];
      const pages = scanPages(makePdf(models.map((model) => composeLabel(layout, model))));
      t.is(pages.length, models.length);
      for (const [i, { sscc, postal, markFor }] of models.entries()) {
        const { domestic, abroad } = postal;
        const zones =
          name === 'carton-content' ? [] : [domestic && `420${domestic}`, abroad && `421${abroad}`];
        const store = name === 'gs1-logistics' && markFor?.code !== undefined ? [`91${markFor.code}`] : [];
        const expected = [`00${sscc}`, ...zones.filter((one) => one !== undefined), ...store];
        t.deepEqual([...pages[i]!].sort(), expected.sort(), `${name}, label ${i + 1}`);
      }
    }
  });

  test('a reader finds a QR code of any side', (t) => {
    const url = 'https://edi.example.com/c/7b1f0c6e-93d1-4a52-8d1e-2f7a55c3e0aa';
    const labels = [17, 25, 33].map((size) =>
      composeLabel(layoutWith(`qr: "{{ vendor }}"\nat: [1, 1]\nsize: ${size}`), { ...CARTON, vendor: url }),
    );
    t.deepEqual(
      scanPages(makePdf(labels)),
      labels.map(() => [url]),
    );
  });
}
