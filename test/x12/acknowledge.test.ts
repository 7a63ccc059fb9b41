import test from 'ava';
import {
  acknowledgeGroup,
  interchangeAcknowledgement,
  refuseInterchange,
} from '../../src/x12/acknowledge/acknowledge.ts';
import { interchange, interchangesOf, order, readAll } from './support.ts';

const bad = order('0003', ['N1*@@*A\x01>B', 'PO1*1*1O*EA*3.50', 'QQQ*1']);
const text = interchange({ sets: [order('0001'), order('0002'), bad] });
const group = interchangesOf(readAll(text))[0]!.report.groups[0]!;

test('a group is acknowledged set by set', (t) => {
  const ack = acknowledgeGroup(group)!;
  t.like(ack, {
    functionalId: 'PO',
    groupControl: '1',
    status: 'P',
    included: '3',
    received: '3',
    accepted: '2',
  });
  t.deepEqual(
    ack.sets?.map((set) => set.status),
    ['A', 'A', 'R'],
  );
  t.deepEqual(ack, JSON.parse(JSON.stringify(ack)));
});

test('each finding is acknowledged with its place, and what was sent is made harmless', (t) => {
  t.deepEqual(acknowledgeGroup(group)!.sets![2]!.segments, [
    {
      segment: 'N1',
      position: '3',
      loop: 'N1',
      code: '8',
      elements: [
        { position: '1', reference: '98', code: '7' },
        { position: '2', reference: '93', code: '6', value: 'A  B' },
      ],
    },
    {
      segment: 'PO1',
      position: '4',
      loop: 'PO1',
      code: '8',
      elements: [{ position: '2', reference: '330', code: '6', value: '1O' }],
    },
    { segment: 'QQQ', position: '5', loop: 'PO1', code: '1' },
  ]);
});

test('a group FA is never answered', (t) => {
  t.is(acknowledgeGroup({ ...group, header: { ...group.header, functionalId: 'FA' } }), undefined);
});

test('a TA1 repeats the ISA that it answers', (t) => {
  const [reading] = interchangesOf(readAll(text.replace('IEA*1', 'IEA*2')));
  t.deepEqual(interchangeAcknowledgement(reading!.report), [
    'TA1',
    '000000001',
    '260105',
    '0930',
    'R',
    '021',
  ]);
});

test('the house may refuse an interchange for reasons of its own', (t) => {
  const [reading] = interchangesOf(readAll(text));
  const refused = refuseInterchange(reading!.report, '025', 'ISA13 came before with other bytes');
  t.like(refused, { status: 'R', note: '025' });
  t.is(refused.problems.at(-1)!.message, 'ISA13 came before with other bytes');
  t.is(reading!.report.status, 'A');
});
