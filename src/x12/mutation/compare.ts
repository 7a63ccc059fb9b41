import type { Reading } from '../interchange/reading.ts';
import type { ElementProblem, GroupReport, InterchangeReport, SetReport } from '../interchange/report.ts';
import type { Answer, ElementAnswer, Expected, GroupAnswer, SegmentAnswer, SetAnswer } from './answer.ts';

/** What a reader made of a mutant, in the shape of what is expected of it. */
export function observeReadings(readings: Iterable<Reading>): Expected {
  const interchanges: Answer[] = [];
  let taken = 0;
  let junk = false;
  for (const reading of readings) {
    if (reading.kind === 'junk') junk = true;
    if (reading.kind !== 'interchange') continue;
    const { report } = reading;
    interchanges.push(observeInterchange(report));
    if (report.status !== 'R') for (const { accepted } of report.groups) taken += accepted;
  }
  return { interchanges, junk, taken };
}

function observeInterchange({ status, note, groups }: InterchangeReport): Answer {
  return { status, note, groups: groups.map(observeGroup) };
}

function observeGroup({
  header,
  status,
  codes,
  included,
  received,
  accepted,
  sets,
}: GroupReport): GroupAnswer {
  return { control: header.control, status, codes, included, received, accepted, sets: sets.map(observeSet) };
}

function observeSet({ set, control, status, codes, segments }: SetReport): SetAnswer {
  const found = segments.map(({ segment, position, loop, code, elements }) => ({
    segment,
    position,
    loop,
    code,
    elements: elements.map(observeElement),
  }));
  return { set, control, status, codes, segments: found };
}

function observeElement(element: ElementProblem): ElementAnswer {
  const { position, component, repetition, reference, code, value } = element;
  return { position, component, repetition, reference, code, value };
}

/** Where what was observed is not what was expected, each as a line for a person; none when they are the same. */
export function compareAnswers(expected: Expected, observed: Expected): string[] {
  return compareValues('', arrange(expected), arrange(observed));
}

/** The order in which codes and findings are told says nothing. */
function arrange({ interchanges, ...rest }: Expected): Expected {
  const arrangeSet = (set: SetAnswer): SetAnswer => ({
    ...set,
    codes: [...set.codes].sort(),
    segments: set.segments.map(arrangeSegment).sort(bySegment),
  });
  const arrangeGroup = (group: GroupAnswer): GroupAnswer => ({
    ...group,
    codes: [...group.codes].sort(),
    sets: group.sets.map(arrangeSet),
  });
  return {
    ...rest,
    interchanges: interchanges.map((one) => ({ ...one, groups: one.groups.map(arrangeGroup) })),
  };
}

/** AK404 has room for 99 characters. */
function arrangeSegment(segment: SegmentAnswer): SegmentAnswer {
  const elements = segment.elements.map((one) => ({ ...one, value: one.value?.slice(0, 99) }));
  return { ...segment, elements: elements.sort(byElement) };
}

function bySegment(a: SegmentAnswer, b: SegmentAnswer): number {
  return a.position - b.position || order(`${a.code} ${a.segment}`, `${b.code} ${b.segment}`);
}

function byElement(a: ElementAnswer, b: ElementAnswer): number {
  const place = ({ position, component = 0, repetition = 0 }: ElementAnswer) =>
    (position * 1000 + component) * 1000 + repetition;
  return place(a) - place(b) || order(a.code, b.code);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareValues(path: string, expected: unknown, observed: unknown): string[] {
  if (!isObject(expected) || !isObject(observed)) {
    return Object.is(expected, observed)
      ? []
      : [`${path}: ${show(expected)} expected, ${show(observed)} answered`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(observed)]);
  const inner = Array.isArray(expected)
    ? (key: string) => `${path}[${key}]`
    : (key: string) => `${path} ${key}`.trim();
  return [...keys].flatMap((key) => compareValues(inner(key), expected[key], observed[key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
