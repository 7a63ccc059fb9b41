import type { Rule } from '../../mapping/compile/compile-narrowing.ts';
import { readInterchanges } from '../../x12/interchange/interchange.ts';
import type { InterchangeReading, ReaderOptions } from '../../x12/interchange/reading.ts';
import type { InterchangeReport } from '../../x12/interchange/report.ts';
import type { AgreedRule } from '../../x12/mutation/agreed-rules.ts';
import type { Expected, GroupAnswer, SetAnswer } from '../../x12/mutation/answer.ts';
import { compareAnswers, observeReadings } from '../../x12/mutation/compare.ts';
import { KINDS, type Kind } from '../../x12/mutation/kinds.ts';
import { type Mutant, mutate } from '../../x12/mutation/mutate.ts';
import type { MutationSetting } from '../../x12/mutation/setting.ts';
import type { SourceSet } from '../../x12/mutation/source.ts';
import { DEFAULT_TOLERANCE } from '../../x12/tolerate/tolerance.ts';
import { STRICT } from '../../x12/validate/policy.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import { makeReadingProfile } from '../process/profiles.ts';
import { describeInterchange } from './describe-report.ts';

export { KINDS, type Kind };

/** The mutants of a file, or why it has none: only what is sound shows what a damage does. */
export type MutatedFile =
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'mutants'; readonly mutants: Iterable<FileMutant> };

export type FileMutant = {
  readonly kind: Kind;
  /** Where the damage is: `PO1-07`. */
  readonly place: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
  /** How our own reader answers it otherwise than expected; no line when it does not. */
  readonly check: () => string[];
};

/** Which mutants are asked for: all kinds when none is named. */
export type Asked = { readonly kinds: ReadonlySet<Kind>; readonly most: number };

/** The mutants of each interchange of a file, one after the other. */
export function mutateFile(
  bytes: Uint8Array,
  configuration: Configuration,
  partner: Partner | undefined,
  asked: Asked,
): MutatedFile {
  const options = makeReadingProfile(configuration, partner);
  const interchanges: InterchangeReading[] = [];
  const reasons: string[] = [];
  for (const reading of readInterchanges(bytes, options)) {
    if (reading.kind === 'junk') reasons.push(`at byte ${reading.offset}: ${reading.problem.message}`);
    if (reading.kind !== 'interchange') continue;
    interchanges.push(reading);
    if (!isClean(reading.report)) reasons.push(...describeInterchange(reading.report));
  }
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const setting = makeSetting(options, configuration, partner);
  const parts = interchanges.map(({ offset, length }) => ({
    bytes: bytes.subarray(offset, offset + length),
    setting,
  }));
  return { kind: 'mutants', mutants: chooseMutants(parts, options, asked) };
}

/** Nothing refused, noted or warned of. */
function isClean({ status, problems, groups }: InterchangeReport): boolean {
  const parts = [...groups, ...groups.flatMap(({ sets }) => sets)];
  return (
    status === 'A' &&
    problems.length === 0 &&
    parts.every((one) => one.status === 'A' && one.problems.length === 0)
  );
}

function makeSetting(
  options: ReaderOptions,
  configuration: Configuration,
  partner: Partner | undefined,
): MutationSetting {
  return {
    standards: configuration.standards,
    policy: options.policy ?? (() => STRICT),
    charset: options.charset ?? 'utf-8',
    sets: options.sets ?? 'held',
    tolerance: { ...DEFAULT_TOLERANCE, ...options.tolerance },
    rulesFor: (set) => rulesFor(configuration, partner, set),
  };
}

type Part = { readonly bytes: Uint8Array; readonly setting: MutationSetting };

/** Where fewer are asked for than there are, they are spread over the whole file. */
function* chooseMutants(parts: readonly Part[], options: ReaderOptions, asked: Asked): Generator<FileMutant> {
  const counts = new Map<Kind, number>();
  const isAsked = ({ kind }: Mutant) => asked.kinds.size === 0 || asked.kinds.has(kind);
  if (Number.isFinite(asked.most)) {
    for (const { kind } of listMutants(parts)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const seen = new Map<Kind, number>();
  for (const mutant of listMutants(parts)) {
    const { kind, place } = mutant;
    const index = seen.get(kind) ?? 0;
    seen.set(kind, index + 1);
    if (!isAsked(mutant) || !isSpread(index, counts.get(kind) ?? 0, asked.most)) continue;
    const [bytes, expected] = [mutant.write(), mutant.expect()];
    const check = () => compareAnswers(expected, observeReadings(readInterchanges(bytes, options)));
    yield { kind, place, bytes, expected, check };
  }
}

function* listMutants(parts: readonly Part[]): Generator<Mutant> {
  for (const { bytes, setting } of parts) yield* mutate(bytes, setting);
}

/** Whether one of `count` is among the `most` that lie evenly between the first and the last. */
function isSpread(index: number, count: number, most: number): boolean {
  return count <= most || Math.floor(((index + 1) * most) / count) > Math.floor((index * most) / count);
}

/** What the partner's overlay narrows, as the kit knows it. */
function rulesFor(configuration: Configuration, partner: Partner | undefined, set: SourceSet): AgreedRule[] {
  if (partner === undefined) return [];
  const map = configuration.mapFor(partner, set.definition.set, set.standard);
  return (map?.narrowing.rules ?? []).map(agreeRule);
}

function agreeRule({ kind, address, codes, nodes, loop, reference }: Rule): AgreedRule {
  const { step, element } = address;
  return { kind, segment: step.segment, qualifier: step.qualifier, nodes, loop, element, reference, codes };
}

/** What is expected, a line for each thing that is said of the interchange. */
export function describeExpected({ interchanges, taken }: Expected): string[] {
  return [
    ...interchanges.flatMap(({ status, note, groups }) => [
      `TA1 ${status} ${note}`,
      ...groups.flatMap(describeGroup),
    ]),
    ...(interchanges.length === 0 ? ['no interchange'] : []),
    `${taken} taken`,
  ];
}

function describeGroup({ control, status, codes, sets }: GroupAnswer): string[] {
  return [[`group ${control}`, status, ...codes].join(' '), ...sets.flatMap(describeSet)];
}

function describeSet({ set, control, status, codes, segments }: SetAnswer): string[] {
  const found = segments.flatMap(({ segment, position, loop, code, elements }) => {
    const place = `segment ${position} ${segment}${loop === undefined ? '' : ` in ${loop}`}`;
    if (elements.length === 0) return [`${place}: AK304 ${code}`];
    return elements.map(({ position: e, component, repetition, code: wrong }) => {
      const at = [e, component, repetition].filter((one) => one !== undefined).join('-');
      return `${place}, element ${at}: AK403 ${wrong}`;
    });
  });
  return [[`set ${set} ${control}`, status, ...codes].join(' '), ...found];
}
