import {
  type NewSegment,
  nameElement,
  nameSegment,
  replaceSegment,
  type SetDamage,
  setElement,
} from './damage.ts';
import type { Kind } from './kinds.ts';
import type { Finding } from './outcome.ts';
import { loopIdOf, type Source, type SourceSet } from './source.ts';

/** HL01 is given once, and HL02 names a level that came before: anything else is a code that does not exist here. */
export function judgeLevels({ definition, standard }: SourceSet, segments: readonly NewSegment[]): Finding[] {
  const before = new Set<string>();
  const findings: Finding[] = [];
  segments.forEach(({ id, elements: [level = '', parent = ''], node }, s) => {
    if (id !== 'HL' || node === undefined) return;
    const tell = (position: number, value: string) => {
      const reference = standard.segments.get(id)!.elements[position - 1]!.ref;
      const place = { segment: id, position: s + 1, loop: loopIdOf(definition, node), code: '8' } as const;
      findings.push({ ...place, element: { position, reference, code: '7', value } });
    };
    if (level !== '' && before.has(level)) tell(1, level);
    if (parent !== '' && !before.has(parent)) tell(2, parent);
    before.add(level);
  });
  return findings;
}

/** Levels that name no parent before them, or themselves, or have the number of another. */
export function* damageLevels(source: Source, set: SourceSet): Generator<SetDamage> {
  const levels = [];
  for (let s = set.first; s <= set.last; s++) if (source.segments[s]!.id === 'HL') levels.push(s);
  const ids = levels.map((s) => source.segments[s]!.elements[0]!);
  const free = ['999', '998', '997', '996'].find((id) => !ids.includes(id));
  for (const [index, s] of levels.entries()) {
    const put = (kind: Kind, e: number, value: string): SetDamage => ({
      kind,
      place: nameElement(nameSegment(source, set, s), e),
      splices: [replaceSegment(s, setElement(source.segments[s]!, e, value))],
    });
    const parents = [free, ids[index], ids[index + 1]].filter((id) => id !== undefined);
    for (const id of parents) yield put('unknown-parent', 2, id);
    if (index > 0) yield put('repeated-level', 1, ids[index - 1]!);
  }
}
