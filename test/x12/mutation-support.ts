import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { loadStandards } from '../../src/pipeline/configuration/load-standards.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { ReaderOptions } from '../../src/x12/interchange/reading.ts';
import type { Expected } from '../../src/x12/mutation/answer.ts';
import { compareAnswers, observeReadings } from '../../src/x12/mutation/compare.ts';
import type { Kind } from '../../src/x12/mutation/kinds.ts';
import { type Mutant, mutate } from '../../src/x12/mutation/mutate.ts';
import type { MutationSetting } from '../../src/x12/mutation/setting.ts';
import { makeDocument } from '../../src/x12/sample/make-document.ts';
import { canRepeat, writeSample } from '../../src/x12/sample/write-sample.ts';
import type { SetDefinition, Standard } from '../../src/x12/standard/definition.ts';
import { DEFAULT_TOLERANCE } from '../../src/x12/tolerate/tolerance.ts';
import { STRICT } from '../../src/x12/validate/policy.ts';

const MAPS = fileURLToPath(new URL('../../maps', import.meta.url));

/** Every version that is held: a new one is tested without a line here. */
export const { standards, mistakes } = loadStandards(MAPS);

export const SETTING: MutationSetting = {
  standards,
  policy: () => STRICT,
  charset: 'utf-8',
  sets: 'held',
  tolerance: DEFAULT_TOLERANCE,
  rulesFor: () => [],
};

/** Kinds that need the rules of a partner. */
export const OF_PARTNERS: ReadonlySet<string> = new Set<Kind>([
  'required-by-partner',
  'forbidden-by-partner',
  'code-of-no-partner',
]);

type Subject = { readonly name: string; readonly bytes: Uint8Array };

/** A full and a least document of every set of a version. */
function makeSubjects(standard: Standard): Subject[] {
  return [...standard.sets.values()].flatMap((set) =>
    (['full', 'least'] as const).map((extent) => ({
      name: `${standard.version} ${set.set} ${extent}`,
      bytes: makeSubject(standard, set, extent),
    })),
  );
}

export function makeSubject(standard: Standard, set: SetDefinition, extent: 'full' | 'least'): Uint8Array {
  return writeSample(standard, set, [makeDocument(standard, set, { extent, repeats: canRepeat(standard) })]);
}

/** What running mutants brought. */
type Run = {
  readonly made: Map<Kind, number>;
  /** Codes that were expected: `AK403 6`. */
  readonly codes: Set<string>;
  /** The first mutants that were answered otherwise, with the differences. */
  readonly deviations: string[];
  count: number;
};

function createRun(): Run {
  return { made: new Map(), codes: new Set(), deviations: [], count: 0 };
}

/** Of each kind the first two, then one of so many; `CAUSEWAY_MUTANTS=all` runs each of them. */
const STRIDE = process.env['CAUSEWAY_MUTANTS'] === 'all' ? 1 : 7;

/** Reads mutants of a subject and compares; which ones depends on nothing but the subject's number. */
function runSubject(run: Run, { name, bytes }: Subject, number: number): void {
  const seen = new Map<Kind, number>();
  for (const mutant of mutate(bytes, SETTING)) {
    const index = seen.get(mutant.kind) ?? 0;
    seen.set(mutant.kind, index + 1);
    if (index >= 2 && index % STRIDE !== number % STRIDE) continue;
    const expected = mutant.expect();
    run.made.set(mutant.kind, (run.made.get(mutant.kind) ?? 0) + 1);
    run.count++;
    collectCodes(run.codes, expected);
    const differences = checkMutant(mutant, expected);
    if (differences.length > 0 && run.deviations.length < 10) {
      run.deviations.push([`${name} ${mutant.kind} ${mutant.place}`, ...differences].join('\n  '));
    }
  }
}

export function checkMutant(
  mutant: Mutant,
  expected: Expected,
  options: Partial<ReaderOptions> = {},
): string[] {
  return compareAnswers(
    expected,
    observeReadings(readInterchanges(mutant.write(), { standards, ...options })),
  );
}

function collectCodes(codes: Set<string>, { interchanges }: Expected): void {
  for (const { note, groups } of interchanges) {
    codes.add(`TA105 ${note}`);
    for (const group of groups) {
      for (const code of group.codes) codes.add(`AK905 ${code}`);
      for (const set of group.sets) {
        for (const code of set.codes) codes.add(`AK502 ${code}`);
        for (const segment of set.segments) {
          codes.add(`AK304 ${segment.code}`);
          for (const element of segment.elements) codes.add(`AK403 ${element.code}`);
        }
      }
    }
  }
}

/** Runs the mutants of a full and a least document of every set of a version: all are answered as expected. */
export function runVersion(t: ExecutionContext, version: string): Run {
  const run = createRun();
  const subjects = makeSubjects(standards.get(version)!);
  for (const [number, subject] of subjects.entries()) runSubject(run, subject, number);
  t.deepEqual(run.deviations, []);
  t.log(`${run.count} mutants of ${subjects.length} documents, ${run.made.size} kinds`);
  return run;
}

/**
 * 009 and 025 are left to who knows which receivers there are and which control numbers were used before. 002 is for
 * ISA11 up to 00401, 016 for the sign that it is from 00402 on.
 */
const TA105 =
  '000 001 003 004 005 006 007 008 010 011 012 013 014 015 017 018 019 020 021 022 023 024 026 027';

/** Every code of the standard that a mutant of one interchange can bring about. */
export function listCodes(later: boolean): string[] {
  const all = (name: string, codes: string) => codes.split(' ').map((code) => `${name} ${code}`);
  return [
    ...all('AK304', '1 2 3 4 5 6 7 8'),
    ...all('AK403', later ? '1 2 3 4 5 6 7 8 9 10 12 13' : '1 2 3 4 5 6 7 8 9 10'),
    ...all('AK502', '1 2 3 4 5 6 7 23'),
    ...all('AK905', '1 2 3 4 5 6'),
    ...all('TA105', `${TA105} ${later ? '016' : '002'}`),
  ].sort();
}
