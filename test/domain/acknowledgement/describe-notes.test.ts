import test from 'ava';
import { describeGroupCodes, describeNotes } from '../../../src/domain/acknowledgement/describe-notes.ts';

const SET = { set: '810', control: '0001', status: 'R' };

test('each element that a 997 notes is told with its place, code in words and value', (t) => {
  const segments = [
    {
      segment: 'IT1',
      position: '6',
      code: '8',
      elements: [
        { position: '4', reference: '212', code: '5', value: '12.345678901' },
        { position: '2', component: '1', code: '99' },
      ],
    },
    { segment: 'N1', position: '3', code: '3' },
  ];
  t.is(
    describeNotes({ ...SET, segments, codes: ['5'] }),
    'IT1-04, segment 6: it is too long ("12.345678901"); IT1-02-1, segment 6: code 99; N1, segment 3: the mandatory segment is missing',
  );
});

test('codes of the set, and of the group, are told where they say more than its segments', (t) => {
  t.is(
    describeNotes({ ...SET, codes: ['4', '5'] }),
    'the number of segments differs from what is in the set; segments have errors',
  );
  t.is(describeNotes(SET), '');
  t.is(describeGroupCodes({ codes: ['2'] }), 'the version of the group is not supported');
});
