import { findBusiness } from '../acknowledge/business.ts';
import type { SetEvent } from '../scan/scan-events.ts';
import { element, type Segments } from '../scan/segments.ts';
import { compileSet } from '../standard/compile.ts';
import type { SetDefinition } from '../standard/definition.ts';
import { repairSegments } from '../tolerate/repair.ts';
import { createFindings } from '../validate/findings.ts';
import { STRICT } from '../validate/policy.ts';
import { validateSet } from '../validate/validate.ts';
import type { OpenGroup } from './group.ts';
import { makePrintable } from './printable.ts';
import type { ReaderOptions } from './reading.ts';
import type { ElementProblem, Problem, SegmentProblem, SetReport } from './report.ts';
import { checkIdentity, checkTrailer, type TellSet, tidyEnvelope } from './set-envelope.ts';

export type SetOutcome = {
  readonly report: SetReport;
  readonly definition: SetDefinition | undefined;
  /** As they were meant, where that is not how they were written. */
  readonly segments: Segments;
};

const NO_PROBLEMS: readonly never[] = [];

/** Checks one set: its envelope (AK502), then its content when a definition is held. `nodes` is filled. */
export function checkSet(
  event: SetEvent,
  group: OpenGroup,
  nodes: Int32Array,
  options: ReaderOptions,
): SetOutcome {
  const { version } = group.header;
  const policy = options.policy?.(element(event.segments, 0, 1)) ?? STRICT;
  const findings = createFindings(policy, group.tolerance, group.exact, version >= '005010');
  const sent = tidyEnvelope(event.segments, findings);
  const { offset } = sent;
  const [set, control, implementation] = [element(sent, 0, 1), element(sent, 0, 2), element(sent, 0, 3)];
  const definition = group.standard?.sets.get(set);
  const codes: string[] = [];
  const problems: Problem[] = [];
  const tell: TellSet = (code, message) => {
    codes.push(code);
    problems.push({ severity: 'error', code, message: makePrintable(message), offset });
  };
  checkIdentity(set, control, definition, group, findings, offset, tell);
  checkTrailer(event, sent, control, tell);
  if (event.tooLong) tell('5', `set ${control} is longer than ${options.maxSetBytes} bytes`);
  nodes.fill(-1, 0, sent.count);
  const validated = options.validate !== false && !event.tooLong && !group.unheld && definition !== undefined;
  if (validated) validateSet(compileSet(group.standard!, definition), sent, nodes, findings);
  const segments = findings.repairs.length === 0 ? sent : repairSegments(sent, findings.repairs);
  const narrowed = validated ? (options.narrow?.({ set, version, definition, segments, nodes }) ?? []) : [];
  if (findings.refused > 0 || narrowed.length > 0) codes.push('5');
  problems.push(...findings.warnings);
  const refused = codes.length > 0 || group.unheld;
  const wrong = mergeFindings(findings.segments, narrowed);
  const report: SetReport = {
    set,
    control,
    implementation: implementation === '' ? undefined : implementation,
    offset,
    length: event.end - offset,
    status: refused ? 'R' : findings.noted > 0 ? 'E' : 'A',
    codes: codes.length === 0 ? NO_PROBLEMS : codes,
    problems: problems.length === 0 ? NO_PROBLEMS : problems,
    segments: wrong,
    business: wrong.length === 0 ? undefined : findBusiness(segments, group.standard),
  };
  return { report, definition, segments };
}

/** One AK3 a segment, in the order of the set, whoever found what. */
function mergeFindings(
  found: readonly SegmentProblem[],
  narrowed: readonly SegmentProblem[],
): readonly SegmentProblem[] {
  if (narrowed.length === 0) return found.length === 0 ? NO_PROBLEMS : found;
  const merged = [...found];
  for (const problem of narrowed) {
    const at = merged.findIndex(
      (one) =>
        one.position === problem.position && one.code === problem.code && one.segment === problem.segment,
    );
    const there = merged[at];
    if (there === undefined) merged.push(problem);
    else merged[at] = { ...there, elements: mergeElements(there.elements, problem.elements) };
  }
  return merged.sort((a, b) => a.position - b.position);
}

/** What the standard has told of an element the partner's guide need not tell again. */
function mergeElements(
  found: readonly ElementProblem[],
  narrowed: readonly ElementProblem[],
): readonly ElementProblem[] {
  const isTold = ({ position, component, code }: ElementProblem) =>
    found.some((one) => one.position === position && one.component === component && one.code === code);
  const all = [...found, ...narrowed.filter((one) => !isTold(one))];
  return all.sort((a, b) => a.position - b.position);
}
