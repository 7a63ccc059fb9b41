import type {
  GroupReport,
  InterchangeReport,
  SegmentProblem,
  SetReport,
} from '../../x12/interchange/report.ts';

const STATUS = { A: 'accepted', E: 'accepted, errors noted', P: 'partly accepted', R: 'refused' } as const;

/** What is wrong with an interchange, segment by segment, indented as it is nested. */
export function describeInterchange(report: InterchangeReport): string[] {
  const { control, sender, receiver, offset } = report.header;
  const note = report.status === 'A' ? '' : `, TA1 ${report.status} ${report.note}`;
  return [
    `interchange ${control} from ${sender} to ${receiver} at byte ${offset}: ${STATUS[report.status]}${note}`,
    ...report.problems.map(
      (problem) => `  ${problem.severity} at byte ${problem.offset}: ${problem.message}`,
    ),
    ...report.groups.flatMap(describeGroup),
  ];
}

function describeGroup(group: GroupReport): string[] {
  const { functionalId, control, version } = group.header;
  const codes = group.codes.length === 0 ? '' : `, AK905 ${group.codes.join(' ')}`;
  return [
    `  group ${functionalId} ${control} (${version}): ${STATUS[group.status]}, ${group.accepted} of ${group.received} sets${codes}`,
    ...group.problems.map(
      (problem) => `    ${problem.severity} at byte ${problem.offset}: ${problem.message}`,
    ),
    ...group.sets.flatMap(describeSet),
  ];
}

function describeSet(set: SetReport): string[] {
  const codes = set.codes.length === 0 ? '' : `, AK502 ${set.codes.join(' ')}`;
  return [
    `    set ${set.set} ${set.control} at byte ${set.offset}: ${STATUS[set.status]}${codes}`,
    ...set.problems.map(
      (problem) => `      ${problem.severity} at byte ${problem.offset}: ${problem.message}`,
    ),
    ...set.segments.flatMap(describeSegment),
  ];
}

function describeSegment(segment: SegmentProblem): string[] {
  const loop = segment.loop === undefined ? '' : ` in loop ${segment.loop}`;
  return [
    `      segment ${segment.position} ${segment.segment}${loop} at byte ${segment.offset} [AK304 ${segment.code}]: ${segment.message}`,
    ...segment.elements.map(
      (element) => `        at byte ${element.offset} [AK403 ${element.code}]: ${element.message}`,
    ),
  ];
}

/** All findings of a set in one line, each with its place; at most twenty. */
export function describeSetProblems(report: SetReport): string {
  const segments = report.segments.flatMap((segment) => [
    ...(segment.elements.length === 0 ? [`segment ${segment.position}: ${segment.message}`] : []),
    ...segment.elements.map((element) => `segment ${segment.position}: ${element.message}`),
  ]);
  return [...report.problems.map((problem) => problem.message), ...segments].slice(0, 20).join('; ');
}
