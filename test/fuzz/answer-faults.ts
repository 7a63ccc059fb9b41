import type { Configuration } from '../../src/pipeline/configuration/configuration.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { InterchangeReport, SetReport } from '../../src/x12/interchange/report.ts';
import type { SegmentData } from '../../src/x12/scan/segment-data.ts';

/** A value that came, and the place in an answer where it returns. */
type Echo = { readonly place: string; readonly original: string };

/**
 * What our own definitions find wrong with an answer of ours. It must repeat what names the thing that it answers, or
 * the sender could not tell which it is: such a value may be as wrong as it came, and nothing else may.
 */
export function findAnswerFaults(
  answer: Uint8Array,
  reports: readonly InterchangeReport[],
  { standards }: Configuration,
): string[] {
  const echoes = reports.flatMap(listEchoes);
  return [...readInterchanges(answer, { standards })].flatMap((reading) => {
    if (reading.kind === 'junk') return [reading.problem.message];
    if (reading.kind === 'set') return findSetFaults(reading.report, echoes);
    const { header, problems, groups } = reading.report;
    const values = [
      ...reading.ta1s.flatMap(listTa1),
      ['ISA06', header.elements[6]!],
      ['ISA08', header.elements[8]!],
    ];
    const excused = values
      .filter(([place, value]) => isEcho(place!, value!, echoes))
      .map(([place]) => `${place} `);
    return (
      [...problems, ...groups.flatMap((group) => group.problems)]
        .map(({ message }) => message)
        .filter((message) => !excused.some((place) => message.startsWith(place)))
        // The names under which we and they exchange are theirs to choose, codes of I05 or not.
        .filter((message) => !message.endsWith('which is no code of element I05'))
    );
  });
}

function findSetFaults(
  { set, status, codes, problems, segments }: SetReport,
  echoes: readonly Echo[],
): string[] {
  const elements = segments.flatMap(({ segment, elements }) =>
    elements.map(({ position, value = '', message }) => ({
      place: `${segment}-${position}`,
      value,
      message,
    })),
  );
  const faults = elements
    .filter(({ place, value }) => !isEcho(place, value, echoes))
    .map(({ message }) => message);
  const others = segments.filter((one) => one.elements.length === 0);
  faults.push(...[...others, ...problems].map(({ message }) => message));
  const excused = elements.length > faults.length && codes.join() === '5';
  return faults.length > 0 || status === 'A' || excused ? faults : [`${set} is ${status} ${codes.join()}`];
}

function listTa1([, control, date, time]: SegmentData): string[][] {
  return [control, date, time].map((value, i) => [`TA10${i + 1}`, String(value)]);
}

function listEchoes({ header, groups }: InterchangeReport): Echo[] {
  const { control, date, time, elements } = header;
  const sets = groups.flatMap((group) => group.sets);
  const echoes: [place: string, original: string | undefined][] = [
    ['TA101', control],
    ['TA102', date],
    ['TA103', time],
    // Who sent it is answered, and who was meant answers.
    ['ISA08', elements[6]],
    ['ISA06', elements[8]],
    ...groups.flatMap(({ header: { functionalId, version } }): typeof echoes => [
      ['AK1-1', functionalId],
      ['AK1-3', version],
    ]),
    ...sets.flatMap(({ set, control: st02, implementation, segments }): typeof echoes => [
      ['AK2-1', set],
      ['AK2-2', st02],
      ['AK2-3', implementation],
      ...segments.map(({ segment }): [string, string] => ['AK3-1', segment]),
    ]),
  ];
  return echoes.map(([place, original = '']) => ({ place, original }));
}

/**
 * Such a place has the same shape and codes as the one that it repeats: what is wrong with an echo was wrong before. A
 * sign that an answer cannot carry comes back as a blank, what was not there at all as `?`, and zeros fill TA101.
 */
function isEcho(place: string, value: string, echoes: readonly Echo[]): boolean {
  const bare = (text: string): string => (place === 'TA101' ? text.replace(/^0+/, '') : text);
  const shown = [...bare(value)];
  return echoes.some((echo) => {
    const original = bare(echo.original);
    if (echo.place !== place || (value === '' && /[A-Za-z0-9]/.test(original))) return false;
    // Blanks at its ends are gone.
    return [...original, ''].some((_, from) =>
      shown.every((sign, i) => sign === original[from + i] || ' ?'.includes(sign)),
    );
  });
}
