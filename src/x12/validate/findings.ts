import { makePrintable } from '../interchange/printable.ts';
import type { ElementProblem, Problem, SegmentProblem, SetPlace } from '../interchange/report.ts';
import { latin1ToText } from '../scan/charset.ts';
import { offsetOf, type Segments, segmentId } from '../scan/segments.ts';
import type { CompiledElement } from '../standard/compile.ts';
import type { Repair } from '../tolerate/repair.ts';
import type { Oddity, Reaction, Tolerance } from '../tolerate/tolerance.ts';
import {
  ELEMENT_KINDS,
  type ElementCode,
  type ErrorKind,
  SEGMENT_KINDS,
  type SegmentCode,
  type ValidationPolicy,
} from './policy.ts';

/** What validation finds in one set, sorted by what it leads to. */
export type Findings = {
  readonly policy: ValidationPolicy;
  readonly tolerance: Tolerance;
  /** Findings against a version that is not the document's own are no more than hints. */
  readonly exact: boolean;
  /** From 005010 on, AK403 knows 12 and 13. */
  readonly later: boolean;
  readonly segments: MutableSegmentProblem[];
  readonly warnings: Problem[];
  /** What was read otherwise than it was written, and why; each reason is told once. */
  readonly repairs: Repair[];
  readonly told: Oddity[];
  /** How many refuse, how many are only noted, and how many there are in all. */
  refused: number;
  noted: number;
  count: number;
};

type MutableSegmentProblem = Omit<SegmentProblem, 'elements'> & { readonly elements: ElementProblem[] };

/** A set with an error in each of 100,000 lines is refused all the same, with the first of them told. */
const MOST_FINDINGS = 1000;

/** AK404 holds 99 characters, and a bad value may be megabytes long. */
const LONGEST_VALUE = 256;

export function createFindings(
  policy: ValidationPolicy,
  tolerance: Tolerance,
  exact: boolean,
  later: boolean,
): Findings {
  const lists = { segments: [], warnings: [], repairs: [], told: [] };
  return { policy, tolerance, exact, later, ...lists, refused: 0, noted: 0, count: 0 };
}

type Place = { readonly segments: Segments; readonly s: number; readonly loop: string | undefined };

export function addSegmentFinding(
  findings: Findings,
  place: Place,
  id: string,
  code: SegmentCode,
  said: string,
  reaction: Reaction = reactTo(findings, SEGMENT_KINDS[code]),
): void {
  const message = makePrintable(said);
  const offset = offsetOf(place.segments, place.segments.edges[place.segments.first[place.s]!]!);
  const position = place.s + 1;
  const at = { segment: id, position, element: undefined, component: undefined, repetition: undefined };
  if (!weigh(findings, reaction, { code, message, offset, place: at })) return;
  findings.segments.push({ segment: id, position, loop: place.loop, code, offset, message, elements: [] });
}

export type ElementPlace = Place & {
  readonly position: number;
  readonly component: number | undefined;
  readonly repetition: number | undefined;
  readonly start: number;
  readonly end: number;
};

type ElementExtras = {
  /** What is agreed of it; by its kind where nothing is said. */
  readonly reaction?: Reaction;
  /** Position of the element, or of the component within its composite, that made it required or barred. */
  readonly trigger?: number | undefined;
};

export function addElementFinding(
  findings: Findings,
  place: ElementPlace,
  element: CompiledElement | undefined,
  code: ElementCode,
  why: string,
  { reaction = reactTo(findings, ELEMENT_KINDS[code]), trigger }: ElementExtras = {},
): void {
  const { segments, s, position, component, repetition, start, end } = place;
  const id = segmentId(segments, s);
  const offset = offsetOf(segments, start);
  const value =
    end > start
      ? latin1ToText(segments.text.slice(start, Math.min(end, start + LONGEST_VALUE)), segments.charset)
      : undefined;
  const absent = code === '1' || code === '2' ? ' is missing' : ' is empty';
  const message = makePrintable(
    `${nameElement(id, place, element)}${value === undefined ? absent : ` is "${shorten(value)}"`}: ${why}`,
  );
  const at = { segment: id, position: s + 1, element: position, component, repetition };
  if (!weigh(findings, reaction, { code, message, offset, place: at })) return;
  const told = !findings.later && (code === '12' || code === '13') ? '3' : code;
  const reference = element?.use.ref;
  const problem = { position, component, repetition, reference, code: told, value, offset, message, trigger };
  const last = findings.segments.at(-1);
  if (last !== undefined && last.code === '8' && last.position === s + 1) {
    last.elements.push(problem);
    return;
  }
  const segmentOffset = offsetOf(segments, segments.edges[segments.first[s]!]!);
  const { loop } = place;
  const text = makePrintable(`${id} has elements in error`);
  findings.segments.push({
    segment: id,
    position: s + 1,
    loop,
    code: '8',
    offset: segmentOffset,
    message: text,
    elements: [problem],
  });
}

/** A missing segment that turns up later was out of order and not missing. */
export function withdrawMissing(findings: Findings, id: string, loop: string | undefined): void {
  const index = findings.segments.findLastIndex(
    (one) => one.code === '3' && one.segment === id && one.loop === loop,
  );
  if (index < 0) return;
  findings.segments.splice(index, 1);
  if (findings.policy.noted.has('missing-segment')) findings.noted--;
  else findings.refused--;
}

function reactTo({ policy, exact }: Findings, kind: ErrorKind): Reaction {
  if (!exact || policy.warned.has(kind)) return 'warn';
  return policy.noted.has(kind) ? 'note' : 'refuse';
}

/** Whether the finding belongs in the acknowledgement. */
function weigh(
  findings: Findings,
  reaction: Reaction,
  said: Omit<Problem, 'severity'> & { readonly place: SetPlace },
): boolean {
  const { warnings } = findings;
  findings.count++;
  if (reaction === 'note') findings.noted++;
  else if (reaction === 'refuse') findings.refused++;
  if (findings.count > MOST_FINDINGS) {
    if (findings.count === MOST_FINDINGS + 1) {
      const message = `more than ${MOST_FINDINGS} findings: the rest are not listed`;
      warnings.push({ severity: 'warning', code: undefined, message, offset: said.offset });
    }
    return false;
  }
  if (reaction === 'warn') warnings.push({ severity: 'warning', ...said });
  return reaction === 'note' || reaction === 'refuse';
}

/** `PO1-02 quantity ordered (330)`, `SVC-01-02 …` for a component. */
function nameElement(id: string, place: ElementPlace, element: CompiledElement | undefined): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const at = `${id}-${two(place.position)}${place.component === undefined ? '' : `-${two(place.component)}`}`;
  const again = place.repetition === undefined ? '' : ` [${place.repetition}]`;
  if (element === undefined) return at + again;
  const name = element.definition?.name ?? element.composite?.definition.name ?? '';
  return `${at}${again} ${name.charAt(0).toLowerCase()}${name.slice(1)} (${element.use.ref})`;
}

function shorten(value: string): string {
  const shown = makePrintable(value);
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}
