import { copySegment } from '../interchange/open-interchange.ts';
import type { GroupReport, InterchangeReport, Problem } from '../interchange/report.ts';
import type { IsaHeader } from '../scan/isa.ts';
import type { Segments } from '../scan/segments.ts';
import type { Separators } from '../scan/separators.ts';
import type { Standard } from '../standard/definition.ts';
import { buildRows, type ElementTold } from './rows.ts';
import type { Fact, GroupView, InterchangeView, SegmentView, Told } from './view.ts';
import { sayDate, sayInWords, sayTime } from './words.ts';

/** The element of the segment that a code of the envelope is about. */
const ELEMENTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ISA: {
    '005': 5,
    '006': 6,
    '007': 7,
    '008': 8,
    '009': 8,
    '010': 1,
    '011': 2,
    '012': 3,
    '013': 4,
    '014': 9,
    '015': 10,
    '016': 11,
    '017': 12,
    '018': 13,
    '019': 14,
    '020': 15,
    '025': 13,
    '027': 16,
  },
  GS: { '1': 1, '2': 8, '6': 6 },
  GE: { '4': 2, '5': 1 },
  IEA: { '001': 2, '021': 1 },
};

/** What is said of an envelope: TA105 of an interchange, AK905 of a group. */
export type EnvelopeProblem = Problem & { readonly list: 'TA105' | 'AK905' };

export function tell({ severity, code, list, message, offset }: EnvelopeProblem): Told {
  return { severity, code: code === undefined ? undefined : `${list} ${code}`, message, offset };
}

/** A segment outside any set, with what is said of it under the element concerned. */
export function inspectEnvelope(
  values: readonly string[],
  offset: number,
  standard: Standard | undefined,
  separators: Separators | undefined,
  problems: readonly EnvelopeProblem[],
  meant = values,
): SegmentView {
  const id = values[0]!.toUpperCase();
  const definition = standard?.segments.get(id);
  const segment: Told[] = [];
  const elements: ElementTold[] = [];
  for (const problem of problems) {
    const element = problem.code === undefined ? undefined : ELEMENTS[id]?.[problem.code];
    if (element === undefined) segment.push(tell(problem));
    else elements.push({ element, component: undefined, repetition: undefined, told: tell(problem) });
  }
  const source = { id, values, meant, definition, standard, separators, fieldOf: () => undefined };
  return {
    kind: 'segment',
    id: values[0]!,
    name: definition?.name ?? '',
    position: undefined,
    offset,
    depth: 0,
    loop: undefined,
    rows: buildRows(source, elements),
    told: segment,
  };
}

export function inspectInterchange(
  isa: IsaHeader,
  report: InterchangeReport,
  repeated: boolean,
  standard: Standard | undefined,
  problems: readonly EnvelopeProblem[],
): InterchangeView {
  const { header, status, note } = report;
  const { control, sender, receiver, version, usage, date, time } = header;
  const readable = isa.broken === undefined;
  const facts: Fact[] = [
    fact('from', sender === ':' ? '' : sender, wordsOf(standard, 'ISA', 5, header.elements[5])),
    fact('to', receiver === ':' ? '' : receiver, wordsOf(standard, 'ISA', 7, header.elements[7])),
    fact('sent', `${date} ${time}`.trim(), sayMoment(date, time)),
    fact('version', version),
    fact('usage', usage, wordsOf(standard, 'ISA', 15, usage)),
    fact('TA1', header.acknowledgementRequested ? 'asked for' : readable ? 'not asked for' : ''),
    fact('separators', readable ? describeSeparators(isa.separators) : ''),
  ];
  return {
    kind: 'interchange',
    control,
    status,
    note,
    repeated,
    facts: facts.filter(({ value }) => value !== ''),
    segment: inspectEnvelope(isa.elements, header.offset, standard, undefined, problems, header.elements),
  };
}

export function inspectGroup(
  gs: Segments,
  report: GroupReport,
  lost: boolean,
  standard: Standard | undefined,
  problems: readonly EnvelopeProblem[],
): GroupView {
  const { header, status, codes, accepted, received } = report;
  const { functionalId, sender, receiver, date, time, control, version } = header;
  const facts = [
    fact('from', sender),
    fact('to', receiver),
    fact('sent', `${date} ${time}`.trim(), sayMoment(date, time)),
    fact('version', version),
  ];
  return {
    kind: 'group',
    control,
    functionalId,
    name: nameGroup(standard, functionalId),
    status,
    codes,
    accepted,
    received,
    lost,
    facts: facts.filter(({ value }) => value !== ''),
    segment: inspectEnvelope(copySegment(gs) as string[], gs.offset, standard, gs.separators, problems),
  };
}

function fact(name: string, value: string, words?: string): Fact {
  return { name, value, words };
}

/** The name of GS01's code, else those of the sets that such a group holds. */
function nameGroup(standard: Standard | undefined, functionalId: string): string {
  const sets = [...(standard?.sets.values() ?? [])].filter(({ group }) => group === functionalId);
  return wordsOf(standard, 'GS', 1, functionalId) ?? sets.map(({ name }) => name).join(', ');
}

function wordsOf(
  standard: Standard | undefined,
  segment: string,
  position: number,
  value: string | undefined,
): string | undefined {
  const ref = standard?.segments.get(segment)?.elements[position - 1]?.ref ?? '';
  const element = standard?.elements.get(ref);
  return element === undefined || !value ? undefined : sayInWords(standard!, element, value);
}

function sayMoment(date: string, time: string): string | undefined {
  const day = sayDate(date);
  return day === undefined ? undefined : [day, sayTime(time) ?? ''].join(' ').trim();
}

function describeSeparators({ element, component, repetition, terminator }: Separators): string {
  const named = { element, component, repetition, terminator };
  return Object.entries(named)
    .flatMap(([name, byte]) => (byte === undefined ? [] : [`${name} ${nameSign(byte)}`]))
    .join(', ');
}

function nameSign(byte: number): string {
  if (byte === 0x0a) return 'LF';
  if (byte === 0x0d) return 'CR';
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `0x${byte.toString(16).padStart(2, '0')}`;
}
