import type { SegmentData } from '../src/x12/scan/segment-data.ts';
import type { Corpus } from './corpus.ts';
import { makeDescription, makeEnvelope, makeIds, makeParty, makePrice } from './corpus-parts.ts';
import { makeDay, type Random } from './random.ts';

/** Orders of 5 to 50 lines. */
export const ORDERS: Corpus = {
  set: '850',
  functionalId: 'PO',
  kind: 'purchase-order',
  makeSet: (name, number, random) => {
    const lines = 5 + random(46);
    const segments: SegmentData[] = [
      ['BEG', '00', 'NE', `PO${name}`, '', '20260104'],
      ['CUR', 'BY', 'USD'],
      ['REF', 'DP', String(100 + random(900))],
      ['REF', 'CT', `C-${random(100_000)}`],
      ['PER', 'BD', 'Purchasing Desk', 'TE', '5550100123'],
      ['ITD', '01', '3', '', '', '', '', '30'],
      ['DTM', '002', makeDay(random)],
      ...makeParty('ST', 'Acme Industrial Supply, Plant', random),
      ...makeParty('BT', 'Acme Industrial Supply', random),
    ];
    for (let line = 1; line <= lines; line++) segments.push(...makeLine(line, random));
    segments.push(['CTT', String(lines)]);
    return makeEnvelope('850', number, segments);
  },
};

function makeLine(line: number, random: Random): SegmentData[] {
  const quantity = String(1 + random(500));
  const segments: SegmentData[] = [
    ['PO1', String(line), quantity, 'EA', makePrice(random), 'PE', ...makeIds(random)],
    makeDescription(random),
  ];
  if (line % 3 === 0) segments.push(['REF', 'ZZ', `line note ${random(1000)}`]);
  segments.push(['SCH', quantity, 'EA', '', '', '002', makeDay(random)]);
  return segments;
}
