import type { Verdict } from '../process/verdict.ts';
import type { Draft, DraftGroup, DraftSet, Drafts, Unwritten, WriteAll, WrittenDocument } from './drafts.ts';

/** An interchange of which it is decided what it says. */
export type DraftOutline = Omit<Draft, 'answers' | 'groups'> & {
  readonly answers: Verdict;
  readonly groups: readonly GroupOutline[];
};

export type GroupOutline = Omit<DraftGroup, 'sets'> & { readonly sets: readonly SetOutline[] };

export type SetOutline = Omit<DraftSet, 'segments'> & {
  /** Of its map: that of the group may name a guide. */
  readonly version: string;
  /** What it answers, for a person. */
  readonly about: string;
};

/** Writes all that goes back for a file together. What cannot be written is told and left out; so is what is empty then. */
export function writeOutlines(outlines: readonly DraftOutline[], write: WriteAll): Drafts {
  const written = writeSets(
    outlines.flatMap(({ groups }) => groups.flatMap(({ sets }) => sets)),
    write,
  );
  const unwritten: Unwritten[] = [];
  const interchanges = outlines.flatMap((outline): Draft[] => {
    const keep = (outlined: SetOutline): DraftSet[] => {
      const { set, document, implementation, answers, change, about } = outlined;
      const { segments, problems } = written.get(outlined)!;
      if (problems.length === 0) return [{ set, document, segments, implementation, answers, change }];
      const message = `${set} for ${about}: ${problems.join('; ')}`;
      unwritten.push({ verdict: outline.answers, answers, message });
      return [];
    };
    const groups = outline.groups
      .map((group): DraftGroup => ({ ...group, sets: group.sets.flatMap(keep) }))
      .filter(({ sets }) => sets.length > 0);
    return groups.length + outline.ta1s.length === 0 ? [] : [{ ...outline, groups }];
  });
  return { interchanges, unwritten };
}

function writeSets(sets: readonly SetOutline[], write: WriteAll): ReadonlyMap<SetOutline, WrittenDocument> {
  const kinds = [...Map.groupBy(sets, ({ set, version }) => `${set} ${version}`).values()];
  const written = write(
    kinds.map((kind) => {
      const { set, version } = kind[0]!;
      return { set, version, documents: kind.map(({ document }) => document) };
    }),
  );
  return new Map(kinds.flatMap((kind, k) => kind.map((one, i) => [one, written[k]![i]!] as const)));
}
