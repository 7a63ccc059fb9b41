import test from 'ava';
import fc from 'fast-check';
import { encodeBarcode } from '../../../src/render/barcode/barcode.ts';
import { composeLabel } from '../../../src/render/label/compose-label.ts';
import type { DrawnLabel } from '../../../src/render/label/drawn-label.ts';
import { writeLabelZpl } from '../../../src/render/label/label-zpl.ts';
import { writeCode128 } from '../../../src/render/label/zpl-data.ts';
import { CannotDraw } from '../../../src/render/page/render-page.ts';
import { CARTON, labelModels, layoutOf, layoutWith, TEMPLATES } from './label-samples.ts';
import { readZpl, type ZplArea, type ZplField } from './read-zpl.ts';

const DPIS = [203, 300] as const;

test('a logistics label in ZPL has its barcodes with FNC1, and every text', (t) => {
  const { fields, width, height } = readZpl(
    writeLabelZpl(composeLabel(layoutOf('gs1-logistics'), CARTON), 203),
  );
  t.deepEqual([width, height], [813, 1219]);
  const bars = fields.filter(({ kind }) => kind === 'code-128');
  t.deepEqual(
    bars.map(({ data, gs1, module }) => ({ data, gs1, module })),
    [
      { data: '42045402', gs1: true, module: 4 },
      { data: '910042', gs1: true, module: 4 },
      { data: '00106141412345678908', gs1: true, module: 4 },
    ],
  );
  const texts = fields.map(({ data }) => data);
  for (const wanted of ['ACME DC 12', 'PO1000001', '3 of 12', '(00) 106141412345678908', '(420) 45402'])
    t.true(texts.includes(wanted), wanted);
});

test('bars are as high as GS1 asks at both densities, 31.75 mm and more', (t) => {
  for (const name of TEMPLATES)
    for (const [dpi, dots] of [
      [203, 8],
      [300, 12],
    ] as const) {
      const sscc = findSscc(readZpl(writeLabelZpl(composeLabel(layoutOf(name), CARTON), dpi)).fields);
      t.true(sscc.height / dots >= 31.75, `${name}: ${sscc.height / dots}`);
      t.is(sscc.module / dots, 0.5);
    }
});

function findSscc(fields: readonly ZplField[]): ZplField {
  return fields.find(({ kind, data }) => kind === 'code-128' && data.startsWith('00'))!;
}

const HOSTILE = [
  '^XZ^XA^JUS',
  '~JR',
  '^FS^GB9,9,9^FS',
  '_5EXZ',
  '\\&second line',
  'C:\\temp\\',
  '>;>8',
  '^CC/',
  '~~__^^\\\\',
];

for (const hostile of HOSTILE)
  test(`${JSON.stringify(hostile)} from a partner is printed as it is, and is no command`, (t) => {
    const model = { ...CARTON, poNumbers: [hostile], shipTo: { ...CARTON.shipTo, name: hostile } };
    const plain = readZpl(writeLabelZpl(composeLabel(layoutOf('gs1-logistics'), CARTON), 203));
    const { fields } = readZpl(writeLabelZpl(composeLabel(layoutOf('gs1-logistics'), model), 203));
    t.is(fields.filter(({ data }) => data === hostile).length, 2);
    t.is(fields.length, plain.fields.length);
  });

test('hostile text in the middle of a line, and in a QR code, is printed as it is', (t) => {
  const text = 'https://example.com/^XZ~JR_5E\\&';
  const centred = layoutWith('text: "{{ vendor }}"\nat: [1, 1]\nwidth: 99\nsize: 2\nalign: center');
  const qr = layoutWith('qr: "{{ vendor }}"\nat: [1, 1]\nsize: 30');
  for (const layout of [centred, qr]) {
    const [field] = readZpl(writeLabelZpl(composeLabel(layout, { ...CARTON, vendor: text }), 300)).fields;
    t.is(field?.data, text);
  }
});

test('umlauts go as UTF-8', (t) => {
  const layout = layoutWith('text: "{{ vendor }}"\nat: [1, 1]\nwidth: 99\nsize: 2');
  const zpl = writeLabelZpl(composeLabel(layout, { ...CARTON, vendor: 'Müller & Söhne, Łódź' }), 203);
  t.regex(zpl, /\^CI28/);
  t.regex(zpl, /\^FDMüller & Söhne, Łódź\^FS/);
});

test('a script that printers may not have is refused, not printed as blanks', (t) => {
  const layout = layoutWith('text: "{{ vendor }}"\nat: [1, 1]\nwidth: 99\nsize: 2');
  for (const vendor of ['ООО Ромашка', 'Αθήνα'])
    t.throws(() => writeLabelZpl(composeLabel(layout, { ...CARTON, vendor }), 203), {
      instanceOf: CannotDraw,
      message: /is not Latin, .* print it as PDF/,
    });
});

/** ISO/IEC 15417: ten modules beside the bars stay blank. */
function quietArea({ x, y, width, height, module }: ZplField): ZplArea {
  return { x: x - 10 * module, y, width: width + 20 * module, height };
}

function overlap(a: ZplArea, b: ZplArea): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

for (const name of TEMPLATES)
  test(`${name}: whatever is on it, all stays inside and nothing is printed into a barcode`, (t) => {
    const layout = layoutOf(name);
    fc.assert(
      fc.property(labelModels, fc.constantFrom(...DPIS), (model, dpi) => {
        const drawn = composeLabel(layout, model);
        const label = readZpl(writeLabelZpl(drawn, dpi));
        for (const field of label.fields.filter(({ kind }) => kind === 'code-128')) {
          const quiet = quietArea(field);
          t.true(quiet.x >= 0 && quiet.x + quiet.width <= label.width);
          const others = label.fields.filter((other) => other !== field);
          t.deepEqual(
            others.filter((other) => overlap(quiet, other)),
            [],
          );
        }
        t.deepEqual(
          textsOf(drawn),
          label.fields.filter(({ kind }) => kind === 'text').map(({ data }) => data),
        );
        t.is(findSscc(label.fields).data, `00${model.sscc}`);
      }),
      { numRuns: 150 },
    );
  });

function textsOf({ marks }: DrawnLabel): string[] {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.line] : []));
}

test('any Code 128 comes back as it was, in no more symbols than the encoder of the PDF takes', (t) => {
  fc.assert(
    fc.property(fc.stringMatching(/^([ -~]|\d{2,6}){1,20}$/), (text) => {
      const barcode = { symbology: 'code-128', text } as const;
      const [field] = readZpl(asLabel(writeCode128(barcode))).fields;
      const symbol = encodeBarcode(barcode);
      t.is(field?.data, text);
      t.false(field?.gs1);
      t.true(field!.width <= symbol.width);
    }),
    { numRuns: 500 },
  );
});

test('any GS1-128 comes back with FNC1 where it has to be', (t) => {
  const values = fc.record({
    lot: fc.stringMatching(/^[0-9A-Za-z/-]{1,14}$/),
    zip: fc.stringMatching(/^\d{5}$/),
  });
  fc.assert(
    fc.property(values, ({ lot, zip }) => {
      const text = `(01)09506000134352(10)${lot}(420)${zip}`;
      const barcode = { symbology: 'gs1-128', text } as const;
      const [field] = readZpl(asLabel(writeCode128(barcode))).fields;
      const symbol = encodeBarcode(barcode);
      // AI 01 has a fixed length, so none follows it; AI 10 has not.
      t.is(field?.data, `010950600013435210${lot}\u001d420${zip}`);
      t.true(field?.gs1);
      t.true(field!.width <= symbol.width);
    }),
    { numRuns: 300 },
  );
});

function asLabel(data: string): string {
  return `^XA^CI28^PW9999^LL99^LH0,0^FO0,0^BY1^BCN,9,N,N,N,N^FD${data}^FS^XZ`;
}

test('the reader of this test refuses what a printer would take amiss', (t) => {
  const wrong = [
    '^XA^CI28^PW9^LL9^LH0,0^FO0,0^GB99,1,1^FS^XZ',
    '^XA^CI28^PW9^LL9^LH0,0^JUS^XZ',
    '^XA^CI28^PW9^LL9^LH0,0~JR^XZ',
    '^XA^CI28^PW99^LL99^LH0,0^FO0,0^A0N,9,9^FB9,1,0,L,0^FH^FDa\\&b^FS^XZ',
    '^XA^CI28^PW99^LL99^LH0,0^FO0,0^A0N,9,9^FB9,1,0,L,0^FH^FDa_b^FS^XZ',
    asLabel('>;123'),
    asLabel('12'),
  ];
  for (const zpl of wrong) t.throws(() => readZpl(zpl), undefined, zpl);
});
