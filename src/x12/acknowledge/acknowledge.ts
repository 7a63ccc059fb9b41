import { makePrintable } from '../interchange/printable.ts';
import type {
  ElementProblem,
  GroupReport,
  InterchangeReport,
  Problem,
  SegmentProblem,
  SetReport,
} from '../interchange/report.ts';
import type { SegmentData } from '../scan/segment-data.ts';
import type {
  AcknowledgedContext,
  AcknowledgedElement,
  AcknowledgedSegment,
  AcknowledgedSet,
  FunctionalAcknowledgement,
} from './functional-acknowledgement.ts';
import { writeTa1 } from './ta1.ts';

/** Which set answers: a 999 tells the breaches of a partner's own guide from those of the standard. */
export type Acknowledgement = '997' | '999';

/**
 * The codes and positions of a group's findings, ready for a 997 or 999. Undefined for groups FA: never answered.
 * Whatever was sent, what is said of it here can itself be sent: cut to its length and free of separators.
 */
export function acknowledgeGroup(
  group: GroupReport,
  as: Acknowledgement = '997',
): FunctionalAcknowledgement | undefined {
  const { functionalId, control, version } = group.header;
  if (functionalId === 'FA') return undefined;
  return {
    kind: 'functional-acknowledgement',
    functionalId: cleanName(functionalId, 2) || '??',
    groupControl: digits(control, 9),
    ...(version >= '005010' ? { version: clean(version, 12) } : {}),
    sets: group.sets.map((set) => acknowledgeSet(set, as)),
    status: group.status,
    included: digits(String(group.included), 6),
    received: digits(String(group.received), 6),
    accepted: digits(String(group.accepted), 6),
    ...listCodes(group.codes),
  };
}

function acknowledgeSet(set: SetReport, as: Acknowledgement): AcknowledgedSet {
  const segments = set.segments.map((problem) => acknowledgeSegment(problem, set, as));
  return {
    // AK201 and AK202 are mandatory, and an ST may lack what they repeat.
    set: cleanName(set.set, 3) || '???',
    control: cleanName(set.control, 9) || '0000',
    ...(set.implementation === undefined ? {} : { implementation: clean(set.implementation, 35) }),
    ...(segments.length === 0 ? {} : { segments }),
    status: set.status,
    ...listCodes(
      as === '997' ? set.codes : set.codes.flatMap((code) => (code === '5' ? tellWhose(set) : code)),
    ),
  };
}

/** IK502: 5 for errors against the standard, I5 for those against the partner's guide. */
function tellWhose({ segments }: SetReport): string[] {
  const own = segments.some(
    (one) => one.implementation !== undefined || one.elements.some((e) => e.implementation !== undefined),
  );
  const standard =
    segments.length === 0 ||
    segments.some((one) =>
      one.elements.length === 0
        ? one.implementation === undefined
        : one.elements.some((e) => e.implementation === undefined),
    );
  return [...(standard ? ['5'] : []), ...(own ? ['I5'] : [])];
}

/** AK502…AK506 and AK905…AK909: five places. */
function listCodes(codes: readonly string[]): { codes?: string[] } {
  return codes.length === 0 ? {} : { codes: codes.slice(0, 5) };
}

/** AK4 stands 99 times under an AK3 at most. */
const MOST_ELEMENTS = 99;

function acknowledgeSegment(
  problem: SegmentProblem,
  set: SetReport,
  as: Acknowledgement,
): AcknowledgedSegment {
  const elements = problem.elements
    .slice(0, MOST_ELEMENTS)
    .map((element) => acknowledgeElement(element, problem, as));
  const contexts = as === '999' ? nameBusiness(set) : [];
  return {
    segment: clean(problem.segment, 3).padEnd(2, '?'),
    position: digits(String(problem.position), 6),
    ...(problem.loop === undefined ? {} : { loop: clean(problem.loop, 4) }),
    code: as === '999' ? (problem.implementation ?? problem.code) : problem.code,
    ...(contexts.length === 0 ? {} : { contexts }),
    ...(elements.length === 0 ? {} : { elements }),
  };
}

/** The number by which the partner's people know what the error is in. */
function nameBusiness({ business }: SetReport): AcknowledgedContext[] {
  const value = clean(business?.value ?? '', 35);
  return business === undefined || value === '' ? [] : [{ name: business.at, value }];
}

function acknowledgeElement(
  problem: ElementProblem,
  within: SegmentProblem,
  as: Acknowledgement,
): AcknowledgedElement {
  const { position, component, repetition, reference = '', code, implementation } = problem;
  const value = clean(problem.value ?? '', 99);
  const contexts = as === '999' ? nameTrigger(problem, within) : [];
  return {
    position: String(Math.min(position, 99)),
    ...(component === undefined ? {} : { component: String(component) }),
    ...(repetition === undefined ? {} : { repetition: String(repetition) }),
    // AK402 is a number: the id of a composite has no place in it.
    ...(/^\d{1,4}$/.test(reference) ? { reference } : {}),
    code: as === '999' ? (implementation ?? code) : code,
    ...(value === '' ? {} : { value }),
    ...(contexts.length === 0 ? {} : { contexts }),
  };
}

/** The element, in the same segment, that made this one required or barred. Its loop is that of the IK3. */
function nameTrigger(
  { position, component, trigger }: ElementProblem,
  within: SegmentProblem,
): AcknowledgedContext[] {
  if (trigger === undefined) return [];
  const place = {
    segment: clean(within.segment, 3).padEnd(2, '?'),
    position: digits(String(within.position), 6),
  };
  const at =
    component === undefined
      ? { element: String(trigger) }
      : { element: String(position), component: String(trigger) };
  return [{ name: 'SITUATIONAL TRIGGER', ...place, ...at }];
}

/**
 * What the partner sent goes back in AK404 and is by definition bad: only printable ASCII returns, and nothing that
 * can be a separator, or the 997 itself would be refused.
 */
function clean(value: string, max: number): string {
  return value
    .replace(/[^\x20-\x7e]/g, ' ')
    .replace(/[^A-Za-z0-9 .,/()\-_+#$%&=;"?!']/g, ' ')
    .slice(0, max)
    .trimEnd();
}

/** Of a name or number the blanks around it say nothing. */
function cleanName(value: string, max: number): string {
  return clean(clean(value, value.length).trim(), max);
}

/** A control number as the N0 that AK102 is, however it was sent. */
function digits(value: string, max: number): string {
  const found = value.replace(/\D/g, '').slice(0, max);
  return found === '' ? '0' : found;
}

/** The TA1 that answers an interchange. One whose ISA was cut off has nobody to send it to. */
export function interchangeAcknowledgement(report: InterchangeReport): SegmentData {
  const { control, date, time } = report.header;
  return writeTa1({
    control: cleanName(control, 9).padStart(9, '0'),
    date: cleanName(date, 6),
    time: cleanName(time, 4),
    status: report.status,
    note: report.note,
  });
}

/** The same interchange refused for a reason that only the house knows: 006 unknown sender, 025 duplicate. */
export function refuseInterchange(
  report: InterchangeReport,
  note: string,
  message: string,
): InterchangeReport {
  const problem: Problem = {
    severity: 'error',
    code: note,
    message: makePrintable(message),
    offset: report.header.offset,
  };
  return { ...report, status: 'R', note, problems: [...report.problems, problem] };
}
