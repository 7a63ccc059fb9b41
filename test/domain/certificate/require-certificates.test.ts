import test from 'ava';
import {
  type ExistingCertificate,
  missingCertificates,
  nameRequired,
  requireCertificates,
} from '../../../src/domain/certificate/require-certificates.ts';
import type { ShippedLine } from '../../../src/domain/shipment/shipped.ts';

const LINE: ShippedLine = {
  position: 1,
  order: 'order-1',
  poNumber: 'PO-1',
  releaseNumber: '',
  line: '4',
  orderPosition: 4,
  item: 'GAUGE',
  quantity: '2',
  unit: 'EA',
  stockQuantity: '2',
  lots: [],
  serials: [],
};

const kinds = ['conformance', 'calibration', 'material-test'] as const;

const REQUIRED = [
  [
    'plain goods',
    {},
    ['conformance certificate of GAUGE (line 4)', 'material-test certificate of GAUGE (line 4)'],
  ],
  [
    'two serials',
    { serials: ['A', 'B'] },
    [
      'conformance certificate of GAUGE (line 4)',
      'calibration certificate of GAUGE serial A (line 4)',
      'calibration certificate of GAUGE serial B (line 4)',
      'material-test certificate of GAUGE (line 4)',
    ],
  ],
  [
    'two lots',
    { lots: ['L1', 'L2'] },
    [
      'conformance certificate of GAUGE (line 4)',
      'material-test certificate of GAUGE lot L1 (line 4)',
      'material-test certificate of GAUGE lot L2 (line 4)',
    ],
  ],
] as const;

for (const [what, more, names] of REQUIRED)
  test(`${what} need ${names.length} certificates`, (t) => {
    t.deepEqual(requireCertificates([{ ...LINE, ...more }], { kinds }).map(nameRequired), names);
  });

test('only what the partner wants is required', (t) => {
  t.deepEqual(requireCertificates([LINE], { kinds: ['calibration'] }), []);
});

const serialised = { ...LINE, serials: ['A', 'B'], lots: ['L1'] };

type Given = Partial<ExistingCertificate> & Pick<ExistingCertificate, 'serials'>;

const GIVEN: readonly (readonly [kind: (typeof kinds)[number], certificate: Given, complete: boolean])[] = [
  ['conformance', { order: 'order-1', line: '4', serials: [] }, true],
  ['conformance', { order: 'order-2', line: '4', serials: [] }, false],
  ['conformance', { order: 'order-1', line: '5', serials: [] }, false],
  ['calibration', { serials: ['A', 'B'] }, true],
  ['calibration', { serials: ['A'] }, false],
  // Of a serial and of a lot it counts whatever order it goes to.
  ['calibration', { order: 'order-2', serials: ['B', 'A'] }, true],
  ['material-test', { lot: 'L1', serials: [] }, true],
  ['material-test', { lot: 'L2', serials: [] }, false],
  ['material-test', { item: 'OTHER', lot: 'L1', serials: [] }, false],
];

for (const [kind, certificate, complete] of GIVEN)
  test(`${kind} by ${JSON.stringify(certificate)} is ${complete ? 'all' : 'not all'} that is wanted`, (t) => {
    const existing: ExistingCertificate = { kind, item: 'GAUGE', ...certificate };
    const required = requireCertificates([serialised], { kinds: [kind] });
    t.is(missingCertificates(required, [existing]).length === 0, complete);
  });
