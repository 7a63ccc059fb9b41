import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { writeSscc } from '../../../src/domain/shipment/sscc.ts';
import { compileLabel } from '../../../src/render/label/compile-label.ts';
import type { LabelLayout } from '../../../src/render/label/label-layout.ts';
import type { LabelModel } from '../../../src/render/label/label-model.ts';

export const TEMPLATES = ['gs1-logistics', 'carton-content', 'pallet'] as const;

export function readTemplate(name: string): { readonly file: string; readonly text: string } {
  const path = new URL(`../../../templates/labels/${name}.yaml`, import.meta.url);
  return { file: `templates/labels/${name}.yaml`, text: readFileSync(path, 'utf8') };
}

/** A layout that has no mistake; its text is the file's, or given. */
export function layoutOf(name: string, text = readTemplate(name).text): LabelLayout {
  const { layout, mistakes } = compileLabel({ file: `${name}.yaml`, text });
  if (layout === undefined) throw new Error(mistakes.map((one) => `${one.line} ${one.message}`).join('\n'));
  return layout;
}

/** A layout with one item. */
export function layoutWith(item: string): LabelLayout {
  return layoutOf('label', `size: 4x6\nitems:\n  - ${item.replaceAll('\n', '\n    ')}\n`);
}

export const CARTON: LabelModel = {
  sscc: '106141412345678908',
  kind: 'carton',
  number: '3',
  count: '12',
  shipFrom: {
    name: 'Causeway Demo Supply',
    lines: ['4200 Commerce Parkway', 'Building 7'],
    city: 'COLUMBUS OH 43004',
    country: 'US',
  },
  shipTo: { name: 'ACME DC 12', lines: ['123 INDUSTRIAL BLVD'], city: 'DAYTON OH 45402', code: 'DC12' },
  markFor: { name: 'ACME STORE 42', lines: ['900 MAIN ST'], city: 'CINCINNATI OH 45202', code: '0042' },
  postal: { domestic: '45402' },
  carrier: { name: 'Freight Line', scac: 'ABCD', proNumber: '123456789', billOfLading: '4711' },
  shipment: { number: '00000042', date: '2026-11-22' },
  poNumbers: ['PO1000001'],
  department: '038',
  vendor: '778812',
  weight: { value: '18.4', unit: 'LB' },
  contents: [
    {
      item: 'HB-8',
      customerItem: 'PART-1001',
      description: 'HEX BOLT GRADE 8',
      quantity: '1250',
      unit: 'EA',
      poNumber: 'PO1000001',
      line: '1',
      lot: 'L2407',
      serials: [],
    },
  ],
};

/** What has to be there, and no more. */
export const BARE: LabelModel = {
  sscc: '376104250021234569',
  kind: 'pallet',
  number: '1',
  count: '1',
  shipFrom: { name: 'Us', lines: [], city: 'COLUMBUS' },
  shipTo: { name: 'Them', lines: [], city: 'DAYTON' },
  postal: {},
  carrier: {},
  shipment: { number: '1', date: '2026-11-22' },
  poNumbers: ['1'],
  contents: [],
};

const text = (most: number) =>
  fc.stringMatching(new RegExp(`^[A-Z0-9a-zäöüÉ^~_>\\\\&,.'()/-][ -~äöü]{0,${most}}$`));
const code = fc.stringMatching(/^[0-9A-Za-z-]{1,10}$/);
const address = fc.record(
  {
    name: text(34),
    lines: fc.array(text(34), { maxLength: 2 }),
    city: text(30),
    country: fc.constant('US'),
    code,
  },
  { requiredKeys: ['name', 'lines', 'city'] },
);
const number = fc.integer({ min: 1, max: 999 }).map(String);

/** Anything that may be on a label: the lengths are those that X12 allows, the characters also those that ZPL heeds. */
export const labelModels: fc.Arbitrary<LabelModel> = fc.record(
  {
    sscc: fc
      .integer({ min: 1, max: 10 ** 9 })
      .map((n) => writeSscc({ companyPrefix: '0614141', extensions: '0123' }, n)),
    kind: fc.constantFrom('pallet', 'carton', 'crate'),
    number,
    count: number,
    shipFrom: address,
    shipTo: address,
    markFor: address,
    postal: fc.oneof(
      fc.record({ domestic: fc.stringMatching(/^\d{5}$/) }),
      fc.record({ abroad: fc.stringMatching(/^(276|124|484)[0-9A-Z]{3,9}$/) }),
      fc.constant({}),
    ),
    carrier: fc.record(
      {
        name: text(34),
        scac: fc.constant('ABCD'),
        proNumber: text(14),
        billOfLading: text(17),
        tracking: text(17),
      },
      { requiredKeys: [] },
    ),
    shipment: fc.record({ number: text(14), date: fc.constant('2026-11-22') }),
    poNumbers: fc.array(text(21), { minLength: 1, maxLength: 3 }),
    department: text(8),
    vendor: text(10),
    weight: fc.record({ value: number, unit: fc.constant('LB') }),
    cartons: number,
    contents: fc.array(
      fc.record(
        {
          item: text(20),
          customerItem: text(20),
          description: text(79),
          quantity: number,
          unit: fc.constant('EA'),
          poNumber: code,
          line: number,
          lot: text(9),
          serials: fc.array(code, { maxLength: 4 }),
        },
        { requiredKeys: ['item', 'quantity', 'unit', 'poNumber', 'line', 'serials'] },
      ),
      { maxLength: 12 },
    ),
  },
  {
    requiredKeys: [
      'sscc',
      'kind',
      'number',
      'count',
      'shipFrom',
      'shipTo',
      'postal',
      'carrier',
      'shipment',
      'poNumbers',
      'contents',
    ],
  },
) as fc.Arbitrary<LabelModel>;
