import type { ElementProblem, Problem, SegmentProblem, SetReport } from '../interchange/report.ts';
import { elementOffset, type Segments, segmentId } from '../scan/segments.ts';
import type { ElementTold } from './rows.ts';
import type { Told } from './view.ts';

/** What is said of one segment of a set. */
export type SegmentTold = {
  /** What should stand before it. */
  readonly missing: { readonly id: string; readonly told: Told }[];
  readonly segment: Told[];
  readonly elements: ElementTold[];
};

/** Everything said about a set, by its place; `segments` by position, ST is 1. */
export type SetTold = {
  readonly set: Told[];
  readonly segments: Map<number, SegmentTold>;
  /** A missing SE. */
  readonly end: Told[];
};

/** AK502 of the envelope and the element that each is about. */
const ENVELOPE: Readonly<Record<string, { readonly in: 'ST' | 'SE'; readonly element: number }>> = {
  '1': { in: 'ST', element: 1 },
  '3': { in: 'SE', element: 2 },
  '4': { in: 'SE', element: 1 },
  '6': { in: 'ST', element: 1 },
  '7': { in: 'ST', element: 2 },
  '23': { in: 'ST', element: 2 },
};

/** `others` is what the envelopes are told of places inside the set. */
export function sortTold(report: SetReport, segments: Segments, others: readonly Told[]): SetTold {
  const told: SetTold = { set: [], segments: new Map(), end: [] };
  for (const problem of report.problems) placeProblem(told, problem, segments);
  for (const problem of report.segments) placeSegmentProblem(told, problem);
  for (const one of others) segmentTold(told, findPosition(segments, one.offset)).segment.push(one);
  return told;
}

/** Number of things said about a set, as `sortTold` would list them. */
export function countProblems(report: SetReport): { errors: number; warnings: number } {
  const errors = report.segments.reduce((sum, { elements }) => sum + Math.max(1, elements.length), 0);
  const severe = report.problems.filter(({ severity }) => severity === 'error').length;
  return { errors: errors + severe, warnings: report.problems.length - severe };
}

/** Position of the segment that a byte of the file lies in. */
function findPosition(segments: Segments, offset: number): number {
  let [low, high] = [0, segments.count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (elementOffset(segments, middle, 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function placeProblem(told: SetTold, problem: Problem, segments: Segments): void {
  const { code, severity, message, offset, place } = problem;
  if (place !== undefined) {
    const { segment, position, element, component, repetition } = place;
    const one = { severity, code: `${element === undefined ? 'AK304' : 'AK403'} ${code}`, message, offset };
    const at = segmentTold(told, position);
    if (element !== undefined) at.elements.push({ element, component, repetition, told: one });
    else if (code === '3') at.missing.push({ id: segment, told: one });
    else at.segment.push(one);
    return;
  }
  const one = { severity, code: code === undefined ? undefined : `AK502 ${code}`, message, offset };
  const envelope = code === undefined ? undefined : ENVELOPE[code];
  const last = segments.count - 1;
  if (code === '2') told.end.push(one);
  else if (envelope === undefined) told.set.push(one);
  else if (envelope.in === 'ST' || segmentId(segments, last) === 'SE') {
    const position = envelope.in === 'ST' ? 1 : last + 1;
    const whole = { component: undefined, repetition: undefined };
    segmentTold(told, position).elements.push({ element: envelope.element, ...whole, told: one });
  } else told.set.push(one);
}

function placeSegmentProblem(told: SetTold, problem: SegmentProblem): void {
  const { position, code, segment, message, offset, elements } = problem;
  const at = segmentTold(told, position);
  const one: Told = { severity: 'error', code: `AK304 ${code}`, message, offset };
  if (elements.length > 0) at.elements.push(...elements.map(placeElementProblem));
  else if (code === '3') at.missing.push({ id: segment, told: one });
  else at.segment.push(one);
}

function placeElementProblem({ position, component, repetition, code, message, offset }: ElementProblem) {
  const told: Told = { severity: 'error', code: `AK403 ${code}`, message, offset };
  return { element: position, component, repetition, told };
}

function segmentTold({ segments }: SetTold, position: number): SegmentTold {
  let at = segments.get(position);
  if (at === undefined) {
    at = { missing: [], segment: [], elements: [] };
    segments.set(position, at);
  }
  return at;
}
