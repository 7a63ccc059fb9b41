import type { SegmentData } from '../src/x12/scan/segment-data.ts';
import type { Corpus } from './corpus.ts';
import { makeDescription, makeEnvelope, makeIds, makeParty, makePrice } from './corpus-parts.ts';
import { makeDay, type Random } from './random.ts';

/** Invoices of 5 to 50 lines. */
export const INVOICES: Corpus = {
  set: '810',
  functionalId: 'IN',
  kind: 'invoice',
  makeSet: (name, number, random) => {
    const lines = 5 + random(46);
    const segments: SegmentData[] = [
      ['BIG', '20260104', `INV${name}`, makeDay(random), `PO${name}`, '', '', 'DR'],
      ['CUR', 'SE', 'USD'],
      ['REF', 'VR', String(100_000 + random(900_000))],
      ...makeParty('RE', 'House Instruments', random),
      ...makeParty('BT', 'Acme Industrial Supply', random),
      ['ITD', '01', '3', '2', '', '10', '', '30'],
      ['DTM', '011', makeDay(random)],
    ];
    for (let line = 1; line <= lines; line++) segments.push(...makeLine(line, random));
    segments.push(
      ['TDS', String(100_000 + random(900_000))],
      ['SAC', 'C', 'D240', '', '', String(1000 + random(9000))],
      ['CTT', String(lines)],
    );
    return makeEnvelope('810', number, segments);
  },
};

function makeLine(line: number, random: Random): SegmentData[] {
  const segments: SegmentData[] = [
    ['IT1', String(line), String(1 + random(500)), 'EA', makePrice(random), 'PE', ...makeIds(random)],
    makeDescription(random),
  ];
  if (line % 3 === 0) segments.push(['REF', 'ZZ', `line note ${random(1000)}`]);
  return segments;
}
