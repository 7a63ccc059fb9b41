import { element, elementOffset, type Segments, segmentId } from '../scan/segments.ts';
import type { CompiledSegment } from '../standard/compile.ts';
import { addElementFinding, type ElementPlace, type Findings } from './findings.ts';
import {
  addLevel,
  findLevel,
  type Hierarchy,
  MOST_LEVELS_DEEP,
  type ParentFault,
  placeLevel,
  startHierarchy,
} from './hierarchy.ts';

/** The HL segments of a set as they come by. */
export type Levels = {
  readonly hierarchy: Hierarchy;
  /** By level: its segment. */
  readonly at: number[];
  /** HL01 → segment, of all the set: made when a parent is not among the levels so far. */
  all: ReadonlyMap<string, number> | undefined;
};

export function startLevels(): Levels {
  return { hierarchy: startHierarchy(), at: [], all: undefined };
}

/** HL01 is given once, and HL02 names a level before this one (AK403 7). */
export function checkLevel(
  levels: Levels,
  compiled: CompiledSegment,
  segments: Segments,
  s: number,
  loop: string | undefined,
  findings: Findings,
): void {
  const { hierarchy, at } = levels;
  at.push(s);
  if (!addLevel(hierarchy, segments, s)) {
    const first = at[findLevel(hierarchy, element(segments, s, 1))!]!;
    const why = `the level of segment ${first + 1} has this number already`;
    addElementFinding(findings, placeOf(segments, s, loop, 1), compiled.elements[0], '7', why);
  }
  const fault = placeLevel(hierarchy, segments, s);
  if (fault === undefined) return;
  const why = describeFault(fault, levels, segments, s);
  addElementFinding(findings, placeOf(segments, s, loop, 2), compiled.elements[1], '7', why);
}

function describeFault(fault: ParentFault, levels: Levels, segments: Segments, s: number): string {
  if (fault === 'itself') return 'a level cannot lie in itself';
  if (fault === 'deep') return `levels nest at most ${MOST_LEVELS_DEEP} deep`;
  levels.all ??= listLevels(segments);
  const later = levels.all.get(element(segments, s, 2));
  const which =
    later !== undefined && later > s
      ? `the level of this number, segment ${later + 1}, comes later`
      : 'no level has this number';
  return `${which}; a level comes before those that lie in it`;
}

function placeOf(segments: Segments, s: number, loop: string | undefined, position: number): ElementPlace {
  const edge = segments.first[s]! + position;
  const [start, end] = [segments.edges[edge]!, segments.edges[edge + 1]! - 1];
  return { segments, s, loop, position, component: undefined, repetition: undefined, start, end };
}

function listLevels(segments: Segments): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (let s = segments.count - 1; s > 0; s--) {
    if (segmentId(segments, s) === 'HL') all.set(element(segments, s, 1), s);
  }
  return all;
}

/** HL04 repeats what HL02 has told, and partners leave it out or get it wrong: the first such level is told. */
export function warnOfChildren({ hierarchy, at }: Levels, segments: Segments, findings: Findings): void {
  const parents = new Set(hierarchy.parents);
  const wrong = at.filter((s, level) => {
    const said = element(segments, s, 4);
    return said === (parents.has(level) ? '0' : '1');
  });
  const [first] = wrong;
  if (first === undefined) return;
  const said = element(segments, first, 4);
  const others = wrong.length === 1 ? '' : ` (and ${wrong.length - 1} more of ${at.length} levels)`;
  const message = `HL-04 of segment ${first + 1} is "${said}", and ${said === '0' ? 'levels lie' : 'no level lies'} in it${others}`;
  const offset = elementOffset(segments, first, 4);
  const where = {
    segment: 'HL',
    position: first + 1,
    element: 4,
    component: undefined,
    repetition: undefined,
  };
  findings.warnings.push({ severity: 'warning', code: undefined, message, offset, place: where });
}
