import test from 'ava';
import type { ReaderOptions } from '../../src/x12/interchange/reading.ts';
import { mutate } from '../../src/x12/mutation/mutate.ts';
import type { MutationSetting } from '../../src/x12/mutation/setting.ts';
import { DEFAULT_TOLERANCE } from '../../src/x12/tolerate/tolerance.ts';
import { STRICT, type ValidationPolicy } from '../../src/x12/validate/policy.ts';
import { checkMutant, makeSubject, SETTING, standards } from './mutation-support.ts';

const LENIENT: ValidationPolicy = {
  noted: new Set(['bad-code', 'too-long', 'missing-segment', 'too-many-loops', 'missing-conditional']),
  warned: new Set(['too-short', 'bad-date', 'exclusion', 'unknown-segment', 'segment-out-of-order']),
};

type Case = {
  readonly given: string;
  readonly setting: Partial<MutationSetting>;
  readonly options: Partial<ReaderOptions>;
  /** Answers that only this setting leads to. */
  readonly statuses: readonly string[];
};

const CASES: readonly Case[] = [
  {
    given: 'errors that are noted and others that only warn',
    setting: { policy: () => LENIENT },
    options: { policy: () => LENIENT },
    statuses: ['set A', 'set E', 'set R'],
  },
  {
    given: 'leniency towards another set',
    setting: { policy: (set) => (set === '855' ? LENIENT : STRICT) },
    options: { policy: (set) => (set === '855' ? LENIENT : STRICT) },
    statuses: ['set A', 'set R'],
  },
  {
    given: 'sets that nobody holds',
    setting: { sets: 'any' },
    options: { sets: 'any' },
    statuses: ['set A', 'set R'],
  },
  {
    given: 'an agreed list of sets',
    setting: { sets: new Set(['850', '860', '000']) },
    options: { sets: new Set(['850', '860', '000']) },
    statuses: ['set A', 'set R'],
  },
  {
    given: 'Latin-1, and sets in groups of others',
    setting: { charset: 'latin1', tolerance: { ...DEFAULT_TOLERANCE, 'foreign-group': 'warn' } },
    options: { charset: 'latin1', tolerance: { 'foreign-group': 'warn' } },
    statuses: ['set A', 'set R'],
  },
];

const standard = standards.get('005010')!;
const bytes = makeSubject(standard, standard.sets.get('850')!, 'full');

for (const { given, setting, options, statuses } of CASES) {
  test(`given ${given}, mutants are answered as expected`, (t) => {
    const seen = new Set<string>();
    let index = 0;
    for (const mutant of mutate(bytes, { ...SETTING, ...setting })) {
      // The envelope's damages stand between many of the same kind: a stride without a factor in common meets all.
      if (
        mutant.kind === 'truncation' ||
        (index++ % 13 !== 0 && mutant.place.match(/^(ST|SE|GS|GE)/) === null)
      )
        continue;
      const expected = mutant.expect();
      for (const { groups } of expected.interchanges) {
        for (const { sets } of groups) for (const { status } of sets) seen.add(`set ${status}`);
      }
      t.deepEqual(checkMutant(mutant, expected, options), [], `${mutant.kind} ${mutant.place}`);
    }
    t.deepEqual([...seen].sort(), statuses);
  });
}
