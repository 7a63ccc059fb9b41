import { compileSet } from './compile.ts';
import type { SetDefinition } from './definition.ts';
import { createFindings, type Findings } from './findings.ts';
import type { OpenGroup } from './group.ts';
import type { ReaderOptions } from './reading.ts';
import type { Problem, SegmentProblem, SetReport } from './report.ts';
import type { SetEvent } from './scan-events.ts';
import { element, segmentId } from './segments.ts';
import { validateSet } from './validate.ts';

export type SetOutcome = { readonly report: SetReport; readonly definition: SetDefinition | undefined };

const NO_PROBLEMS: readonly never[] = [];

/** Checks one set: its envelope (AK502), then its content when a definition is held. `nodes` is filled. */
export function checkSet(
  event: SetEvent,
  group: OpenGroup,
  nodes: Int32Array,
  options: ReaderOptions,
): SetOutcome {
  const { segments } = event;
  const set = element(segments, 0, 1);
  const control = element(segments, 0, 2);
  const definition = group.standard?.sets.get(set);
  const codes: string[] = [];
  const problems: Problem[] = [];
  const tell = (code: string, message: string) => {
    codes.push(code);
    problems.push({ severity: 'error', code, message, offset: segments.offset });
  };
  checkIdentity(set, control, definition, group, options, tell);
  checkTrailer(event, control, tell);
  if (event.tooLong) tell('5', `set ${control} is longer than ${options.maxSetBytes} bytes`);
  nodes.fill(-1, 0, segments.count);
  const validated = options.validate !== false && !event.tooLong && definition !== undefined;
  const findings = validated ? validate(event, group, definition, nodes) : undefined;
  const version = group.header.version;
  const narrowed = validated ? (options.narrow?.({ set, version, definition, segments, nodes }) ?? []) : [];
  if ((findings !== undefined && findings.refused > 0) || narrowed.length > 0) codes.push('5');
  if (definition === undefined && options.unknownSets === 'accept') {
    const message = `set ${set} is not held in this version: accepted on its envelope`;
    problems.push({ severity: 'warning', code: undefined, message, offset: segments.offset });
  }
  if (
    definition !== undefined &&
    options.foreignGroups === 'warn' &&
    definition.group !== group.header.functionalId
  ) {
    const message = `set ${set} belongs in a group ${definition.group}, and GS01 is "${group.header.functionalId}"`;
    problems.push({ severity: 'warning', code: '6', message, offset: segments.offset });
  }
  if (findings !== undefined) problems.push(...findings.warnings);
  const implementation = element(segments, 0, 3);
  const report: SetReport = {
    set,
    control,
    implementation: implementation === '' ? undefined : implementation,
    offset: segments.offset,
    length: event.end - segments.offset,
    status: codes.length > 0 ? 'R' : findings !== undefined && findings.noted > 0 ? 'E' : 'A',
    codes: codes.length === 0 ? NO_PROBLEMS : codes,
    problems: problems.length === 0 ? NO_PROBLEMS : problems,
    segments: mergeFindings(findings?.segments ?? NO_PROBLEMS, narrowed),
  };
  return { report, definition };
}

function checkIdentity(
  set: string,
  control: string,
  definition: SetDefinition | undefined,
  group: OpenGroup,
  options: ReaderOptions,
  tell: (code: string, message: string) => void,
): void {
  const { functionalId } = group.header;
  if (!/^[0-9A-Z]{3}$/.test(set)) tell('6', `ST01 is "${set}": a set id such as 850 expected`);
  else if (definition === undefined) {
    if (options.unknownSets !== 'accept')
      tell('1', `set ${set} is not held in version ${group.header.version}`);
  } else if (definition.group !== functionalId && options.foreignGroups !== 'warn') {
    tell('6', `set ${set} belongs in a group ${definition.group}, and GS01 is "${functionalId}"`);
  }
  if (!/^[0-9A-Za-z]{4,9}$/.test(control)) {
    tell('7', `ST02 control number is "${control}": four to nine characters expected`);
  } else if (group.controls.has(control)) {
    tell('23', `ST02 control number ${control} was in this group before`);
  }
  group.controls.add(control);
}

function checkTrailer(event: SetEvent, control: string, tell: (code: string, message: string) => void): void {
  const { segments } = event;
  const last = segments.count - 1;
  if (!event.complete || last < 1 || segmentId(segments, last) !== 'SE') {
    tell('2', `set ${control} has no SE`);
    return;
  }
  const [count, repeated] = [element(segments, last, 1), element(segments, last, 2)];
  if (repeated !== control) tell('3', `SE02 is "${repeated}" and ST02 "${control}"`);
  if (!/^\d{1,10}$/.test(count) || Number(count) !== event.received) {
    tell('4', `SE01 is "${count}" and the set has ${event.received} segments`);
  }
}

function validate(event: SetEvent, group: OpenGroup, definition: SetDefinition, nodes: Int32Array): Findings {
  const later = group.header.version >= '005010';
  const findings = createFindings(group.policy, group.exact, later);
  validateSet(compileSet(group.standard!, definition), event.segments, nodes, findings);
  return findings;
}

/** One AK3 a segment, in the order of the set, whoever found what. */
function mergeFindings(
  found: readonly SegmentProblem[],
  narrowed: readonly SegmentProblem[],
): readonly SegmentProblem[] {
  if (narrowed.length === 0) return found.length === 0 ? NO_PROBLEMS : found;
  const merged = [...found];
  for (const problem of narrowed) {
    const at = merged.findIndex((one) => one.position === problem.position && one.code === problem.code);
    const there = merged[at];
    if (there === undefined) merged.push(problem);
    else merged[at] = { ...there, elements: [...there.elements, ...problem.elements] };
  }
  return merged.sort((a, b) => a.position - b.position);
}
