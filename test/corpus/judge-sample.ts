import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { type Validated, validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { interpretSet } from '../../src/pipeline/process/interpret.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { Problem, SetReport } from '../../src/x12/interchange/report.ts';
import { configuration, openProfile } from './corpus.ts';

/** What became of a set: made a document of, taken on its envelope, refused but read for people, or refused. */
export type SetOutcome = 'document' | 'envelope' | 'shown' | 'refused';

/** What became of a file as a whole; `noted` is accepted with something told beside it. */
export type Outcome = 'accepted' | 'noted' | 'refused in part' | 'refused';

type JudgedSet = { readonly set: string; readonly offset: number; readonly outcome: SetOutcome };

/** A file of the corpus as the standard alone judges it, and as `read` without a partner shows it. */
export type JudgedSample = {
  readonly outcome: Outcome;
  readonly interchanges: number;
  readonly sets: readonly JudgedSet[];
  /** GS08 of its groups. */
  readonly versions: readonly string[];
  /** Documents that `read` brings: one a set, and one for each TA1. */
  readonly documents: number;
  readonly acknowledgements: readonly Uint8Array[];
  readonly unwritten: readonly string[];
  /** Everything that is told of it without refusing anything, each once. */
  readonly notes: readonly string[];
};

const NOW = '2026-01-05T09:15:00.000Z';

export function judgeSample(bytes: Uint8Array): JudgedSample {
  const validated = validateFile(bytes, configuration, undefined, NOW);
  const { reports, acknowledgements, unwritten } = validated;
  const sets = judgeSets(bytes, validated);
  const groups = reports.flatMap((report) => report.groups);
  return {
    outcome: judgeWhole(validated, sets),
    interchanges: reports.length,
    sets,
    versions: [...new Set(groups.map(({ header }) => header.version))],
    documents: countDocuments(bytes),
    acknowledgements,
    unwritten,
    notes: listNotes(validated),
  };
}

function judgeSets(bytes: Uint8Array, { reports }: Validated): readonly JudgedSet[] {
  const readable = findReadable(bytes);
  return reports.flatMap(({ status, groups }) =>
    groups.flatMap(({ codes, sets }) => {
      const lost = status === 'R' || codes.length > 0;
      return sets.map((one) => {
        const { set, offset } = one;
        return { set, offset, outcome: judgeSet(one, lost, readable.has(offset)) };
      });
    }),
  );
}

function judgeSet({ status }: SetReport, lost: boolean, readable: boolean): SetOutcome {
  if (lost) return 'refused';
  if (status === 'R') return readable ? 'shown' : 'refused';
  return readable ? 'document' : 'envelope';
}

/** Places of the sets that `read` makes a document of. */
function findReadable(bytes: Uint8Array): ReadonlySet<number> {
  const readable = new Set<number>();
  for (const reading of readInterchanges(bytes, openProfile)) {
    if (reading.kind !== 'set') continue;
    if (interpretSet(reading, openProfile).document !== undefined) readable.add(reading.report.offset);
  }
  return readable;
}

function judgeWhole({ reports, junk }: Validated, sets: readonly JudgedSet[]): Outcome {
  const bare = reports.filter(({ groups }) => groups.every((group) => group.sets.length === 0));
  const parts = [
    ...sets.map(({ outcome }) => outcome === 'document' || outcome === 'envelope'),
    ...bare.map(({ status }) => status !== 'R'),
    ...junk.map(({ severity }) => severity === 'warning'),
  ];
  if (parts.every((taken) => !taken)) return 'refused';
  if (!parts.every(Boolean)) return 'refused in part';
  const told = [...junk, ...listProblems({ reports })];
  return told.length > 0 || reports.some(({ status }) => status !== 'A') ? 'noted' : 'accepted';
}

function countDocuments(bytes: Uint8Array): number {
  return [...readDocuments(() => [bytes], openProfile)].filter(({ kind }) => kind === 'document').length;
}

function listNotes(validated: Validated): string[] {
  const all = [...validated.junk, ...listProblems(validated)];
  return [...new Set(all.map(({ message }) => message))];
}

function listProblems({ reports }: Pick<Validated, 'reports'>): Problem[] {
  return reports.flatMap(({ problems, groups }) => [
    ...problems,
    ...groups.flatMap((group) => [...group.problems, ...group.sets.flatMap((set) => set.problems)]),
  ]);
}
