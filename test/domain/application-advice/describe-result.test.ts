import test from 'ava';
import type { AdviceResult } from '../../../src/domain/application-advice/application-advice.ts';
import { describeResult, isRejection } from '../../../src/domain/application-advice/describe-result.ts';

const RESULT: AdviceResult = { outcome: 'rejected', outcomeCode: 'TR', qualifier: 'IV', number: 'INV-1' };

test('every TED is told with its words, place, value and notes', (t) => {
  const errors = [
    {
      condition: 'duplicate',
      conditionCode: 'DUP',
      text: 'SSCC SENT BEFORE',
      segment: 'MAN',
      position: '21',
      element: '2',
      component: '1',
      elementReference: '87',
      value: '006141410000004112',
      contexts: [{ names: [{ name: 'ORDER', value: 'PO-31' }, { name: 'TRIGGER' }] }],
      remarks: [{ code: 'ADD', text: 'FIRST SENT IN SH-30040' }],
      related: [{ text: 'CARTON 3', agency: '94' }],
    },
    { condition: 'unlisted', conditionCode: '024', text: 'SEE NOTE' },
    { condition: 'other', conditionCode: 'Q7', element: '3' },
  ];
  t.is(
    describeResult({ ...RESULT, errors }),
    'rejected: duplicate, "SSCC SENT BEFORE" at MAN-02-1 (data element 87), segment 21, where "006141410000004112" stands (ORDER PO-31, FIRST SENT IN SH-30040, CARTON 3); code 024, "SEE NOTE"; code Q7 at element 03',
  );
});

test('codes of an industry are reasons as well', (t) => {
  const industryCodes = [
    { agency: '94', codes: [{ list: 'ZZ', code: 'E112', related: [{ text: 'PRICE DISPUTE' }] }] },
  ];
  t.is(describeResult({ ...RESULT, industryCodes }), 'rejected: code E112 (PRICE DISPUTE)');
});

test('that no reason is given is said of what a person must act on, and of nothing else', (t) => {
  t.is(describeResult(RESULT), 'rejected, and gives no reason');
  t.is(describeResult({ ...RESULT, outcome: 'accepted', outcomeCode: 'TA' }), 'accepted');
  t.is(
    describeResult({ ...RESULT, outcome: 'other', outcomeCode: 'ZZ' }),
    'answered with a code that we do not know (OTI01 ZZ), and gives no reason',
  );
});

test('what is not taken whole, and what nobody understands, is for a person', (t) => {
  const outcomes = [
    'accepted',
    'accepted-with-changes',
    'accepted-with-errors',
    'partly-accepted',
    'rejected',
    'other',
  ] as const;
  t.deepEqual(
    outcomes.map((outcome) => isRejection({ outcome })),
    [false, false, false, true, true, true],
  );
});
