import type {
  AcknowledgedElement,
  AcknowledgedSegment,
  AcknowledgedSet,
  FunctionalAcknowledgement,
} from './functional-acknowledgement.ts';
import type { ElementProblem, GroupReport, InterchangeReport, Problem } from './report.ts';
import type { SegmentData } from './segment-data.ts';

/**
 * The codes and positions of a group's findings, ready for a 997 or 999. Undefined for groups FA: never answered.
 * Whatever was sent, what is said of it here can itself be sent: cut to its length and free of separators.
 */
export function acknowledgeGroup(group: GroupReport): FunctionalAcknowledgement | undefined {
  const { functionalId, control, version } = group.header;
  if (functionalId === 'FA') return undefined;
  return {
    kind: 'functional-acknowledgement',
    functionalId: clean(functionalId, 2) || '??',
    groupControl: digits(control, 9),
    ...(version >= '005010' ? { version: clean(version, 12) } : {}),
    sets: group.sets.map(acknowledgeSet),
    status: group.status,
    included: digits(String(group.included), 6),
    received: digits(String(group.received), 6),
    accepted: digits(String(group.accepted), 6),
    ...listCodes(group.codes),
  };
}

function acknowledgeSet(set: GroupReport['sets'][number]): AcknowledgedSet {
  return {
    // AK201 and AK202 are mandatory, and an ST may lack what they repeat.
    set: clean(set.set, 3) || '???',
    control: clean(set.control, 9) || '0000',
    ...(set.implementation === undefined ? {} : { implementation: clean(set.implementation, 35) }),
    ...(set.segments.length === 0 ? {} : { segments: set.segments.map(acknowledgeSegment) }),
    status: set.status,
    ...listCodes(set.codes),
  };
}

/** AK502…AK506 and AK905…AK909: five places. */
function listCodes(codes: readonly string[]): { codes?: string[] } {
  return codes.length === 0 ? {} : { codes: codes.slice(0, 5) };
}

function acknowledgeSegment(problem: GroupReport['sets'][number]['segments'][number]): AcknowledgedSegment {
  return {
    segment: clean(problem.segment, 3).padEnd(2, '?'),
    position: digits(String(problem.position), 6),
    ...(problem.loop === undefined ? {} : { loop: clean(problem.loop, 4) }),
    code: problem.code,
    ...(problem.elements.length === 0 ? {} : { elements: problem.elements.map(acknowledgeElement) }),
  };
}

function acknowledgeElement(problem: ElementProblem): AcknowledgedElement {
  const { position, component, repetition, reference = '', code } = problem;
  const value = clean(problem.value ?? '', 99);
  return {
    position: String(Math.min(position, 99)),
    ...(component === undefined ? {} : { component: String(component) }),
    ...(repetition === undefined ? {} : { repetition: String(repetition) }),
    // AK402 is a number: the id of a composite has no place in it.
    ...(/^\d{1,4}$/.test(reference) ? { reference } : {}),
    code,
    ...(value === '' ? {} : { value }),
  };
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

/** A control number as the N0 that AK102 is, however it was sent. */
function digits(value: string, max: number): string {
  const found = value.replace(/\D/g, '').slice(0, max);
  return found === '' ? '0' : found;
}

/** The TA1 that answers an interchange. One whose ISA was cut off has nobody to send it to. */
export function interchangeAcknowledgement(report: InterchangeReport): SegmentData {
  const { control, date, time } = report.header;
  return [
    'TA1',
    clean(control, 9).padStart(9, '0'),
    clean(date, 6),
    clean(time, 4),
    report.status,
    report.note,
  ];
}

/** The same interchange refused for a reason that only the house knows: 006 unknown sender, 025 duplicate. */
export function refuseInterchange(
  report: InterchangeReport,
  note: string,
  message: string,
): InterchangeReport {
  const problem: Problem = { severity: 'error', code: note, message, offset: report.header.offset };
  return { ...report, status: 'R', note, problems: [...report.problems, problem] };
}
