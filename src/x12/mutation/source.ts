import { assert } from '../../lib/assert.ts';
import type { Standards } from '../interchange/reading.ts';
import { placeSegments } from '../sample/set-tree.ts';
import type { Separators } from '../scan/separators.ts';
import type { SegmentNode, SetDefinition, Standard } from '../standard/definition.ts';
import { chooseStandard } from '../standard/standard.ts';

/** A sound interchange, cut into what damage is done to. */
export type Source = {
  /** Latin-1 view of its bytes. */
  readonly text: string;
  readonly separators: Separators;
  /** What follows a terminator, such as a line end. */
  readonly lineEnd: string;
  /** ISA first, IEA last. */
  readonly segments: readonly SourceSegment[];
  readonly groups: readonly SourceGroup[];
};

export type SourceSegment = {
  readonly id: string;
  /** As written; [0] is element 1. */
  readonly elements: readonly string[];
  /** Places in the text: of its id, and behind its terminator. */
  readonly start: number;
  readonly end: number;
  /** Its place in its set; undefined in the envelope. */
  readonly node: SegmentNode | undefined;
};

export type SourceGroup = {
  readonly index: number;
  /** Indexes of its GS and GE. */
  readonly first: number;
  readonly last: number;
  readonly sets: readonly SourceSet[];
};

export type SourceSet = {
  readonly group: number;
  readonly index: number;
  /** Indexes of its ST and SE. */
  readonly first: number;
  readonly last: number;
  readonly standard: Standard;
  readonly definition: SetDefinition;
  /** The place of each of its segments, ST first. */
  readonly places: readonly SegmentNode[];
};

/** Cuts an interchange that the reader has found sound; whatever this cannot follow is a bug. */
export function openSource(bytes: Uint8Array, standards: Standards): Source {
  const text = Buffer.from(bytes).toString('latin1');
  const separators = readSeparators(text);
  const cut = cutSegments(text, separators);
  const groups = findGroups(cut, standards);
  const segments = [...cut];
  for (const { first, places } of groups.flatMap(({ sets }) => sets)) {
    places.forEach((node, s) => {
      segments[first + s] = { ...cut[first + s]!, node };
    });
  }
  const [isa, second] = segments as [SourceSegment, SourceSegment];
  return { text, separators, lineEnd: text.slice(isa.end, second.start), segments, groups };
}

/** ISA offsets 3, 82, 104 and 105; ISA11 separates repeats from 00402 on, unless it is the U of earlier versions. */
function readSeparators(text: string): Separators {
  assert(text.startsWith('ISA'), 'the source should begin with its ISA');
  const repeats = text.slice(84, 89) >= '00402' && !/[A-Za-z0-9 ]/.test(text[82]!);
  return {
    element: text.charCodeAt(3),
    component: text.charCodeAt(104),
    repetition: repeats ? text.charCodeAt(82) : undefined,
    terminator: text.charCodeAt(105),
  };
}

function cutSegments(text: string, separators: Separators): SourceSegment[] {
  const segments: SourceSegment[] = [];
  const [terminator, separator] = [separators.terminator, separators.element].map((sign) =>
    String.fromCharCode(sign),
  ) as [string, string];
  let start = 0;
  while (segments.at(-1)?.id !== 'IEA') {
    const at = text.indexOf(terminator, start);
    assert(at >= 0, 'the source should end with an IEA');
    const [id = '', ...elements] = text.slice(start, at).split(separator);
    let next = at + 1;
    while (next < text.length && text.charCodeAt(next) <= 0x20) next++;
    segments.push({ id, elements, start, end: at + 1, node: undefined });
    start = next;
  }
  return segments;
}

/** Each GS to its GE, and between them each ST to its SE. */
function findGroups(segments: readonly SourceSegment[], standards: Standards): SourceGroup[] {
  return findFrames(segments, 'GS', 'GE', 0, segments.length).map(([first, last], index) => {
    const chosen = chooseStandard(standards, segments[first]!.elements[7]!);
    const frames = findFrames(segments, 'ST', 'SE', first, last);
    const sets = frames.map(([st, se], n) => {
      const definition = chosen?.standard.sets.get(segments[st]!.elements[0]!);
      assert(chosen !== undefined && definition !== undefined, 'the source should hold known sets only');
      const ids = segments.slice(st, se + 1).map(({ id }) => id);
      const places = placeSegments(definition, ids);
      assert(places.length === ids.length, `${ids[places.length]} of the source stands nowhere in its set`);
      return { group: index, index: n, first: st, last: se, standard: chosen.standard, definition, places };
    });
    return { index, first, last, sets };
  });
}

function findFrames(
  segments: readonly SourceSegment[],
  opens: string,
  closes: string,
  from: number,
  to: number,
): [number, number][] {
  const frames: [number, number][] = [];
  let first = from;
  for (let s = from; s <= to; s++) {
    if (segments[s]?.id === opens) first = s;
    if (segments[s]?.id === closes) frames.push([first, s]);
  }
  return frames;
}

/** AK303 of a place: the loop that it stands in, none at the top of the set. */
export function loopIdOf(set: SetDefinition, node: SegmentNode): string | undefined {
  return node.loop === 0 ? undefined : set.loops[node.loop]!.id;
}
