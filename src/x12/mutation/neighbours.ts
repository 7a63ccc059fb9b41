import type { Standards } from '../interchange/reading.ts';
import { applyChange, replaceSegment, type Splice, setElement } from './damage.ts';
import { openSource, type Source, type SourceSet } from './source.ts';

/** The first set of a source between two copies of it, each with a control number of its own. */
export function addNeighbours(
  source: Source,
  standards: Standards,
): { readonly source: Source; readonly set: SourceSet } | undefined {
  const set = source.groups.flatMap(({ sets }) => sets)[0];
  if (set === undefined) return undefined;
  const { segments, groups } = source;
  const { last, sets } = groups[set.group]!;
  const used = new Set(sets.map(({ first }) => segments[first]!.elements[1]));
  const before = freeControl(used, 1);
  const behind = freeControl(used, Number(before) + 1);
  const copy = (control: string) =>
    segments
      .slice(set.first, set.last + 1)
      .map((segment) =>
        segment.id === 'ST' || segment.id === 'SE' ? setElement(segment, 2, control) : segment,
      );
  const splices: Splice[] = [
    { at: set.first, remove: 0, insert: copy(before) },
    { at: set.last + 1, remove: 0, insert: copy(behind) },
    replaceSegment(last, setElement(segments[last]!, 1, String(sets.length + 2))),
  ];
  const opened = openSource(applyChange(source, { kind: 'splices', splices }), standards);
  return { source: opened, set: opened.groups[set.group]!.sets[set.index + 1]! };
}

function freeControl(used: ReadonlySet<string | undefined>, from: number): string {
  for (let number = from; ; number++) {
    const control = String(number).padStart(9, '0');
    if (!used.has(control)) return control;
  }
}
