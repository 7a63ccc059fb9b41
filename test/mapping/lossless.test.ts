import { isDeepStrictEqual } from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import { explainRead } from '../../src/mapping/run/lineage.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import type { ElementData, SegmentData } from '../../src/x12/scan/segment-data.ts';
import { element, elementCount, keepSegments, segmentId } from '../../src/x12/scan/segments.ts';
import type { SegmentDefinition, SetDefinition, Standard } from '../../src/x12/standard/definition.ts';
import { baseMap, printSegments, readBack, soundMap, standards } from './support.ts';

/** Several bindings for one loop and one segment: their numbers must survive being written in another order. */
const CROWDED = `extends: x12/850
change:
  - N1 BY:
      segments:
        - N1: [~, customerOrderNumber]
        - REF DP: [~, releaseNumber]
  - REF DP: [~, releaseNumber]
  - PO1/PID S: { each: notes, elements: [~, ~, ~, ~, .] }
  - PO1/REF ZZ: [~, notes]
`;

const MAPS = [
  ['850', '004010', baseMap('850')],
  ['850', '005010', baseMap('850', '005010')],
  ['850', '004010', soundMap(CROWDED)],
  ['855', '004010', baseMap('855')],
  ['856', '004010', baseMap('856')],
  ['856', '005010', baseMap('856', '005010')],
  ['997', '005010', baseMap('997', '005010')],
] as const;

for (const [i, [set, version, map]] of MAPS.entries()) {
  const standard = standards.get(version)!;

  test(`any segments of ${set} ${version} are read without loss and written back (map ${i + 1})`, (t) => {
    fc.assert(
      fc.property(
        arbitrarySegments(standard, standard.sets.get(set)!),
        fc.infiniteStream(fc.nat()),
        (sent, chance) => {
          const segments = nestLevels(sent, chance);
          const reading = readBack(set, segments, version);
          const kept = {
            segments: keepSegments(reading.segments),
            nodes: reading.nodes.slice(0, reading.segments.count),
          };
          const { document, origins } = explainRead(map, kept);
          t.deepEqual(readSet(map, kept), document);
          const told = new Set(origins.map((one) => `${one.segment}/${one.element}`));
          for (let s = 1; s < kept.segments.count - 1; s++) {
            for (let e = 1; e <= elementCount(kept.segments, s); e++) {
              const lost =
                element(kept.segments, s, e) !== '' && !told.has(`${s}/${e}`) && !told.has(`${s}/0`);
              if (lost) t.fail(`${segmentId(kept.segments, s)}-${e} is nowhere`);
            }
          }
          const written = writeSet(map, document);
          t.deepEqual(written.problems, []);
          const again = readSet(map, readBack(set, written.segments, version));
          const [left, right] = [sortUnmapped(again), sortUnmapped(document)];
          // The description costs more than the test.
          if (isDeepStrictEqual(left, right)) t.pass();
          else t.deepEqual(left, right, describe(document, again, segments, written.segments));
          t.deepEqual(writeSet(map, again).segments, written.segments);
        },
      ),
      { numRuns: 300 },
    );
  });
}

/** Entries stand in the order of the file, which several bindings of one place may change. */
function sortUnmapped(document: Record<string, unknown>): Record<string, unknown> {
  const list = (document['unmapped'] ?? []) as { at: string }[];
  return { ...document, unmapped: list.toSorted((a, b) => (a.at < b.at ? -1 : 1)) };
}

/** The entries that differ, and the segments of both sides, so that a failure can be read. */
function describe(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  sent: readonly SegmentData[],
  written: readonly SegmentData[],
): string {
  const list = (document: Record<string, unknown>) =>
    ((document['unmapped'] ?? []) as unknown[]).map((entry) => JSON.stringify(entry));
  const [left, right] = [list(before), list(after)];
  const gone = left.filter((entry) => !right.includes(entry));
  const come = right.filter((entry) => !left.includes(entry));
  return [`- ${gone.join(' ')}`, `+ ${come.join(' ')}`, printSegments(sent), printSegments(written)].join(
    '\n',
  );
}

/** HL01 and HL02 as in a tree, mostly: levels that make none are read as well. */
function nestLevels(segments: readonly SegmentData[], chance: Iterator<number>): readonly SegmentData[] {
  const draw = (most: number) => Number(chance.next().value) % most;
  const ids: string[] = [];
  const odd = draw(4) === 0;
  return segments.map((segment) => {
    if (segment[0] !== 'HL' || odd) return segment;
    const [, , , ...rest] = segment;
    const parent = ids[draw(ids.length + 1)] ?? '';
    ids.push(draw(2) === 0 ? String(ids.length + 1) : `A${ids.length}`);
    return ['HL', ids.at(-1)!, parent, ...rest];
  });
}

/** Segments in the order of the standard, each place used as often as chance has it, with values of its types. */
function arbitrarySegments(standard: Standard, set: SetDefinition): fc.Arbitrary<SegmentData[]> {
  const place = (loop: number): fc.Arbitrary<SegmentData[]> => {
    const parts = set.nodes.flatMap((node): readonly fc.Arbitrary<SegmentData[]>[] => {
      if (node.segment === 'ST' || node.segment === 'SE') return [];
      const here = arbitrarySegment(standard, standard.segments.get(node.segment)!);
      if (node.loop === loop) {
        if (node.opens || node.mandatory) return [here.map((one) => [one])];
        return [rarely(fc.array(here, { minLength: 1, maxLength: Math.min(3, node.repeat) }))];
      }
      const child = set.loops[node.loop]!;
      if (!node.opens || child.parent !== loop) return [];
      const turns = fc.array(place(node.loop), {
        minLength: child.mandatory ? 1 : 0,
        maxLength: Math.min(3, child.repeat),
      });
      const flat = turns.map((lists) => lists.flat());
      return [child.mandatory ? flat : rarely(flat)];
    });
    return fc.tuple(...parts).map((lists) => lists.flat());
  };
  return place(0);
}

function rarely<T>(list: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 2, arbitrary: list });
}

const QUALIFIERS = ['CT', 'DP', 'ZZ', 'BY', 'SE', '002', 'L1', 'F', 'X', 'S'];

function arbitrarySegment(standard: Standard, definition: SegmentDefinition): fc.Arbitrary<SegmentData> {
  const later = standard.version >= '005010';
  const values = definition.elements.slice(0, 12).map((use, i): fc.Arbitrary<ElementData> => {
    const composite = standard.composites.get(use.ref);
    if (composite !== undefined) {
      const parts = composite.elements.map((part) => maybe(arbitraryValue(standard, part.ref)));
      return fc.tuple(...parts).map((list) => [...list]);
    }
    if (i > 0 && later) return oftenOnce(maybe(arbitraryValue(standard, use.ref)));
    if (i > 0) return maybe(arbitraryValue(standard, use.ref));
    return fc.oneof(fc.constantFrom(...QUALIFIERS), arbitraryValue(standard, use.ref));
  });
  return fc.tuple(...values).map((list) => [definition.id, ...list]);
}

/** Any element may be sent repeated, whether the standard allows it or not. */
function oftenOnce(value: fc.Arbitrary<string>): fc.Arbitrary<ElementData> {
  const repeated = fc.tuple(value, value, fc.constant('Z')).map((repeats) => ({ repeats }));
  return fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: repeated });
}

function maybe(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(''), value);
}

/** Blank in front or inside, never at the end. Made of signs, because a pattern takes most of the time of the test. */
const text = fc
  .array(fc.constantFrom(...'AKX059  '), { minLength: 1, maxLength: 4 })
  .map((signs) => `${signs.join('')}Z`);

function arbitraryValue(standard: Standard, ref: string): fc.Arbitrary<string> {
  const { type, codes } = standard.elements.get(ref)!;
  if (codes !== undefined && codes.size > 0) return fc.constantFrom(...[...codes.keys()].slice(0, 6));
  if (type === 'DT') return fc.constantFrom('20240101', '20240230', '240101');
  if (type === 'TM') return fc.constantFrom('0930', '2561');
  if (type === 'R' || type.startsWith('N')) return fc.constantFrom('1', '2.50', '-3', 'many', '007');
  return text;
}
