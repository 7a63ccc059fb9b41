import test from 'ava';
import { checkNarrowing } from '../../src/mapping/run/narrowing.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { buildMap, parseSegments, printSegments, readBack, soundMap } from './support.ts';

const OVERLAY = `extends: x12/850
change:
  - REF CO: [~, customerOrderNumber]          # they send their own order number here
  - PO1/REF ZZ: [~, notes]
  - DTM 010 instead of DTM 002
  - BEG-08: releaseNumber
  - BEG-04: ~
  - REF CT: ~
require: [BEG-06, REF DP, PO1/PID]
forbid: [PO1/REF SE, PO1/PO1-05]
codes: { PO1/PO1-03: [EA, CA] }
`;

const ORDER = `BEG*00*SA*PO1**20240101*C1**R7~REF*DP*038~REF*CO*K-9~REF*CT*C-77~DTM*010*20240115~DTM*002*20240116~
PO1*1*8*EA*3.25**VP*V1~PID*F****BOLT~REF*ZZ*FIRST~REF*ZZ*SECOND~REF*SE*S1~CTT*1`;

test('an overlay adds, changes and drops bindings of the map that it extends', (t) => {
  const map = soundMap(OVERLAY);
  const document = readSet(map, readBack('850', parseSegments(ORDER)));
  t.like(document, {
    customerOrderNumber: 'K-9',
    releaseNumber: 'R7',
    contractNumber: 'C1',
    requestedDelivery: '2024-01-15',
    references: [
      { qualifier: 'DP', value: '038' },
      { qualifier: 'CT', value: 'C-77' },
    ],
    dates: [{ qualifier: '002', date: '2024-01-16' }],
    unmapped: undefined,
  });
  const line = (document['lines'] as Record<string, unknown>[])[0]!;
  t.deepEqual(line['notes'], ['FIRST', 'SECOND']);
  t.deepEqual(line['references'], [{ qualifier: 'SE', value: 'S1' }]);
  const { segments, problems, unwritten } = writeSet(map, document);
  t.deepEqual([problems, unwritten], [[], []]);
  t.is(
    printSegments(segments),
    'BEG*00*SA*PO1**20240101*C1**R7~REF*CO*K-9~REF*DP*038~REF*CT*C-77~DTM*010*20240115~DTM*002*20240116~' +
      'PO1*1*8*EA*3.25**VP*V1~PID*F****BOLT~REF*SE*S1~REF*ZZ*FIRST~REF*ZZ*SECOND~CTT*1*8',
  );
  t.deepEqual(readSet(map, readBack('850', segments)), document);
});

test('what a guide demands beyond the standard is found with the codes of the validator', (t) => {
  const map = soundMap(OVERLAY);
  const reading = readBack(
    '850',
    parseSegments('BEG*00*SA*PO1**20240101~PO1*1*8*KG*3*PE~REF*SE*S1~PO1*2*1*EA~PID*F****X~CTT*2'),
  );
  const problems = checkNarrowing(map.narrowing, reading.segments, reading.nodes);
  t.deepEqual(
    problems.map(({ segment, position, loop, code, elements }) => [
      segment,
      position,
      loop,
      code,
      elements.map((one) => [one.position, one.code, one.value]),
    ]),
    [
      ['BEG', 2, undefined, '8', [[6, '1', undefined]]],
      ['PO1', 3, 'PO1', '8', [[5, '10', 'PE']]],
      ['PO1', 3, 'PO1', '8', [[3, '7', 'KG']]],
      ['REF', 4, 'PO1', '2', []],
      ['PID', 5, 'PO1', '3', []],
      ['REF', 8, undefined, '3', []],
    ],
  );
});

test('an overlay can extend an overlay-free map only at places that exist', (t) => {
  const { mistakes } = buildMap(
    'extends: x12/850\nrequire: [BEG-13, XYZ, N1 ST/N3]\ncodes: { PO1/PO1-03: [] }\n',
  );
  t.deepEqual(
    mistakes.map(({ line, column, message }) => [line, column, message]),
    [
      [3, 10, 'expected an element and its codes, such as `PO1-03: [EA, CA]`'],
      [2, 11, 'there is no `BEG-13`: BEG ends at element 12'],
      [2, 19, 'there is no `XYZ` in set 850'],
      [2, 24, '`N1 ST/N3`: it holds for every loop N1, so write `N1/N3`'],
    ],
  );
});

test('constants, defaults, padding, implied decimals and times go both ways', (t) => {
  const map = soundMap(`set: "850"
document: purchase-order
segments:
  - BEG: [purpose | purpose, type | po-type, poNumber | pad 8, releaseNumber | upper | trim, orderDate | date, ~ | default NONE]
  - CUR: [=BY, currency | default USD]
  - PO1:
      each: lines
      segments:
        - PO1: [number | ordinal, quantity | R | default 1, unit | default EA, ~, ~, ids | pairs 2, ~, ~, ~, description]
  - CTT: [=count(lines), =sum(lines.quantity)]
`);
  const reading = readBack(
    '850',
    parseSegments('BEG*00*SA*00000042*a7*20240101*NONE~PO1**2.5**~PO1*9**CA**~CTT*2*3.50'),
  );
  const document = readSet(map, reading);
  t.deepEqual(document, {
    kind: 'purchase-order',
    purpose: 'original',
    type: 'standalone',
    poNumber: '42',
    releaseNumber: 'A7',
    orderDate: '2024-01-01',
    currency: 'USD',
    lines: [
      { number: '1', quantity: '2.5', unit: 'EA', ids: [] },
      { number: '9', quantity: '1', unit: 'CA', ids: [] },
    ],
  });
  t.is(
    printSegments(writeSet(map, document).segments),
    'BEG*00*SA*00000042*A7*20240101*NONE~CUR*BY*USD~PO1*1*2.5*EA~PO1*9*1*CA~CTT*2*3.5',
  );
});

test('values that cannot be written are told by their path', (t) => {
  const map = soundMap('extends: x12/850\n');
  const { problems, unwritten } = writeSet(map, {
    kind: 'purchase-order',
    purpose: 'someday',
    type: 'standalone',
    typeCode: 'RL',
    poNumber: 'P',
    orderDate: 'tomorrow',
    customerOrderNumber: 'K',
    lines: [
      {
        number: '1',
        quantity: 'many',
        ids: Array.from({ length: 11 }, (_, i) => ({ qualifier: 'VP', value: `${i}` })),
      },
    ],
    unmapped: [{ at: 'nowhere', value: [] }],
  });
  t.deepEqual(
    problems.map(({ path }) => path),
    ['unmapped[0].at', 'purpose', 'type', 'orderDate', 'lines[0].quantity', 'lines[0].ids[10]'],
  );
  t.deepEqual(unwritten, ['customerOrderNumber']);
});
