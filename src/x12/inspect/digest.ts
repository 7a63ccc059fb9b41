import type { JunkReading } from '../interchange/reading.ts';
import type { GroupReport, InterchangeReport, Problem, SetReport } from '../interchange/report.ts';
import { countProblems } from './set-told.ts';

/** An interchange of the file, and what became of it. */
export type Judged = { readonly report: InterchangeReport; readonly repeated: boolean };

/** What is known of a whole file before its first line is shown. */
export type Digest = {
  readonly interchanges: number;
  readonly sets: number;
  /** Sets refused, alone or with their group or interchange. */
  readonly refused: number;
  /** Sets accepted with errors noted. */
  readonly noted: number;
  readonly errors: number;
  readonly warnings: number;
  /** Where to look first: the first that refuses anything, else the first error, else the first warning. */
  readonly first: ToldPlace | undefined;
  /** The first of all in the order of the file. */
  readonly problems: readonly ToldPlace[];
  readonly contents: readonly ContentsEntry[];
  /** By the byte offset of its ISA. */
  readonly judged: ReadonlyMap<number, Judged>;
};

/** One thing that is wrong, and where to look for it. */
export type ToldPlace = {
  readonly severity: 'error' | 'warning';
  /** Whether what it is said of is refused. */
  readonly refuses: boolean;
  /** `set 850 0003, segment 7 PO1`. */
  readonly where: string;
  readonly message: string;
  readonly offset: number;
};

export type ContentsEntry = {
  readonly set: string;
  readonly control: string;
  readonly offset: number;
  readonly status: 'A' | 'E' | 'R';
  readonly problems: number;
};

/** A list is for finding one's way: of more, only the first are in it. */
const MOST_PROBLEMS = 100;
const MOST_CONTENTS = 1000;

type Draft = { -readonly [K in keyof Omit<Digest, 'judged' | 'first'>]: Digest[K] } & {
  readonly problems: ToldPlace[];
  readonly contents: ContentsEntry[];
  listed: number;
};

export function digestFile(interchanges: readonly Judged[], junk: readonly JunkReading[]): Digest {
  const draft: Draft = {
    interchanges: interchanges.length,
    sets: 0,
    refused: 0,
    noted: 0,
    errors: 0,
    warnings: 0,
    problems: [],
    contents: [],
    listed: 0,
  };
  for (const { problem } of junk) note(draft, problem, `byte ${problem.offset}`, true);
  for (const { report } of interchanges) {
    const refused = report.status === 'R';
    const where = `interchange ${report.header.control}`;
    for (const one of report.problems) note(draft, one, where, refused && one.code === report.note);
    for (const group of report.groups) digestGroup(draft, group, refused);
  }
  const problems = draft.problems.sort((a, b) => a.offset - b.offset);
  const first = problems.find(({ refuses }) => refuses) ?? problems.find(isError) ?? problems[0];
  const judged = new Map(interchanges.map((one) => [one.report.header.offset, one]));
  return { ...draft, first, problems: problems.slice(0, MOST_PROBLEMS), judged };
}

function digestGroup(draft: Draft, { header, status, problems, sets }: GroupReport, lost: boolean): void {
  // What refuses the interchange refuses all: its groups and sets are not where to look first.
  for (const one of problems) note(draft, one, `group ${header.control}`, !lost && one.code !== undefined);
  for (const report of sets) {
    const { set, control, offset } = report;
    const counted = countProblems(report);
    const refused = lost || status === 'R' || report.status === 'R';
    const told = counted.errors + counted.warnings;
    // Where to look first is told by the first set that is refused, however many warnings came before.
    const firstRefused = report.status === 'R' && draft.refused === 0;
    if (told > 0 && (draft.listed < MOST_PROBLEMS || firstRefused)) {
      draft.problems.push(...listProblems(report, !lost && report.status === 'R'));
      draft.listed += told;
    }
    draft.sets++;
    draft.errors += counted.errors;
    draft.warnings += counted.warnings;
    if (refused) draft.refused++;
    else if (report.status === 'E') draft.noted++;
    if (draft.contents.length < MOST_CONTENTS) {
      draft.contents.push({ set, control, offset, status: refused ? 'R' : report.status, problems: told });
    }
  }
}

function note(draft: Draft, problem: Problem, where: string, refused: boolean): void {
  const { severity, message, offset } = problem;
  if (isError(problem)) draft.errors++;
  else draft.warnings++;
  draft.problems.push({ severity, refuses: refused && isError(problem), where, message, offset });
}

function isError({ severity }: Pick<Problem, 'severity'>): boolean {
  return severity === 'error';
}

function listProblems(report: SetReport, refused: boolean): ToldPlace[] {
  const set = `set ${report.set} ${report.control}`;
  const segments = report.segments.flatMap(({ position, segment, elements, ...problem }): ToldPlace[] => {
    const where = `${set}, segment ${position} ${segment}`;
    const told = elements.length === 0 ? [problem] : elements;
    return told.map(({ message, offset }) => ({
      severity: 'error',
      refuses: refused,
      where,
      message,
      offset,
    }));
  });
  const others = report.problems.map((problem): ToldPlace => {
    const { severity, message, offset, place } = problem;
    const where = place === undefined ? set : `${set}, segment ${place.position} ${place.segment}`;
    return { severity, refuses: refused && isError(problem), where, message, offset };
  });
  return [...others, ...segments];
}
