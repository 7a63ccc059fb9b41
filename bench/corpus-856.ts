import type { SegmentData } from '../src/x12/scan/segment-data.ts';
import type { Corpus } from './corpus.ts';
import { makeDescription, makeEnvelope, makeIds, makeParty } from './corpus-parts.ts';
import { makeDay, type Random } from './random.ts';

/** Ship notices of one to three orders, each in one to six packages of one to five items. */
export const SHIP_NOTICES: Corpus = {
  set: '856',
  functionalId: 'SH',
  kind: 'ship-notice',
  makeSet: (name, number, random) => {
    const segments: SegmentData[] = [
      ['BSN', '00', `SHP${name}`, '20260104', '0415', '0001'],
      ['DTM', '011', makeDay(random)],
    ];
    const levels = { count: 0 };
    const shipment = addLevel(segments, levels, undefined, 'S', true);
    segments.push(
      ['TD1', 'CTN25', String(1 + random(40)), '', '', '', 'G', String(10 + random(900)), 'LB'],
      ['TD5', 'B', '2', 'UPSN', 'M'],
      ['REF', 'BM', `BOL${random(1_000_000)}`],
      ...makeParty('SF', 'House Instruments, Works', random),
      ...makeParty('ST', 'Acme Industrial Supply, Plant', random),
    );
    const orders = 1 + random(3);
    for (let order = 0; order < orders; order++) addOrder(segments, levels, shipment, random);
    segments.push(['CTT', String(levels.count)]);
    return makeEnvelope('856', number, segments);
  },
};

type Levels = { count: number };

function addLevel(
  segments: SegmentData[],
  levels: Levels,
  parent: number | undefined,
  code: string,
  children: boolean,
): number {
  levels.count += 1;
  segments.push([
    'HL',
    String(levels.count),
    parent === undefined ? '' : String(parent),
    code,
    children ? '1' : '0',
  ]);
  return levels.count;
}

function addOrder(segments: SegmentData[], levels: Levels, shipment: number, random: Random): void {
  const order = addLevel(segments, levels, shipment, 'O', true);
  segments.push(['PRF', `PO${random(1_000_000)}`, '', '', makeDay(random)]);
  const packages = 1 + random(6);
  for (let place = 0; place < packages; place++) {
    const box = addLevel(segments, levels, order, 'P', true);
    segments.push(['MAN', 'GM', `00${String(1_000_000_000 + random(899_999_999)).padStart(18, '0')}`]);
    const items = 1 + random(5);
    for (let item = 0; item < items; item++) {
      addLevel(segments, levels, box, 'I', false);
      segments.push(
        ['LIN', '', ...makeIds(random)],
        ['SN1', '', String(1 + random(500)), 'EA'],
        makeDescription(random),
      );
    }
  }
}
