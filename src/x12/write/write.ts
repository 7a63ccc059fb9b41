import type { ElementData, SegmentData } from '../scan/segment-data.ts';
import type { Separators } from '../scan/separators.ts';
import {
  createSink,
  type Sink,
  takeBytes,
  type WriteProblem,
  writeByte,
  writeRaw,
  writeText,
} from './sink.ts';

export type { WriteProblem } from './sink.ts';

/** Thrown when something cannot be said in X12: all of it at once. Nothing is written then. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly problems: readonly WriteProblem[];

  constructor(problems: readonly WriteProblem[]) {
    super(problems.map((one) => one.message).join('\n'));
    this.problems = problems;
  }
}

type Party = { readonly qualifier: string; readonly id: string };

/** What an ISA says. Dates and control numbers are arguments: the same input gives the same bytes. */
export type InterchangeEnvelope = {
  readonly sender: Party;
  readonly receiver: Party;
  /** YYMMDD and HHMM. */
  readonly date: string;
  readonly time: string;
  /** ISA12: `00401`. */
  readonly version: string;
  /** ISA13, nine digits. */
  readonly control: string;
  readonly usage: 'P' | 'T' | 'I';
  readonly acknowledgementRequested?: boolean;
  readonly separators: Separators;
  /** A line end after each terminator, for people. */
  readonly newline?: boolean;
  readonly charset?: 'utf-8' | 'latin1';
  /**
   * X12 has no way to escape: a separator, a control character or a character outside the character set in data
   * becomes `replacement` (a space by default) or a WriteError.
   */
  readonly onSeparatorInData?: 'replace' | 'refuse';
  readonly replacement?: string;
  /** TA1 segments, ahead of the groups. */
  readonly ta1s?: readonly SegmentData[];
};

export type GroupEnvelope = {
  readonly functionalId: string;
  readonly sender: string;
  readonly receiver: string;
  /** CCYYMMDD and HHMM. */
  readonly date: string;
  readonly time: string;
  readonly control: string;
  /** GS07, X by default. */
  readonly agency?: string;
  /** GS08: `004010`. */
  readonly version: string;
  readonly sets: readonly SetEnvelope[];
};

export type SetEnvelope = {
  readonly set: string;
  readonly control: string;
  /** ST03, from 005010 on. */
  readonly implementation?: string | undefined;
  /** The segments between ST and SE. */
  readonly segments: readonly SegmentData[];
};

/** The usual separators; the repetition separator matters from 00402 on. */
export const USUAL_SEPARATORS: Separators = {
  element: 0x2a,
  component: 0x3e,
  repetition: undefined,
  terminator: 0x7e,
};

/** Widths of ISA01…ISA15. */
const WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

/** A whole interchange as bytes, with its counts and trailers. */
export function writeInterchange(
  envelope: InterchangeEnvelope,
  groups: readonly GroupEnvelope[],
): Uint8Array {
  const separators = completeSeparators(envelope);
  const sink = createSink({
    separators,
    charset: envelope.charset ?? 'utf-8',
    refuse: envelope.onSeparatorInData === 'refuse',
    replacement: envelope.replacement ?? ' ',
    newline: envelope.newline ?? false,
  });
  writeIsa(sink, { ...envelope, separators });
  for (const ta1 of envelope.ta1s ?? []) writeSegment(sink, ta1);
  for (const group of groups) writeGroup(sink, group);
  sink.set = undefined;
  writeSegment(sink, ['IEA', String(groups.length), envelope.control]);
  if (sink.problems.length > 0) throw new WriteError(sink.problems);
  return takeBytes(sink);
}

/** From 00402 on ISA11 is a separator, whether anything repeats or not; before that it names a standard. */
function completeSeparators({ separators, version }: InterchangeEnvelope): Separators {
  if (version < '00402') return { ...separators, repetition: undefined };
  if (separators.repetition !== undefined) return separators;
  const { element, component, terminator } = separators;
  const free = [...'^!|'].map((sign) => sign.charCodeAt(0));
  const repetition = free.find((sign) => ![element, component, terminator].includes(sign));
  return { ...separators, repetition };
}

function writeIsa(sink: Sink, envelope: InterchangeEnvelope): void {
  const { separators, sender, receiver, version } = envelope;
  const { repetition } = separators;
  const eleventh = version >= '00402' && repetition !== undefined ? String.fromCharCode(repetition) : 'U';
  const values = ['00', '', '00', '', sender.qualifier, sender.id, receiver.qualifier, receiver.id];
  const acknowledge = envelope.acknowledgementRequested === true ? '1' : '0';
  values.push(envelope.date, envelope.time, eleventh, version, envelope.control, acknowledge, envelope.usage);
  sink.segment = 'ISA';
  sink.position = 0;
  writeRaw(sink, 'ISA');
  values.forEach((value, index) => {
    const width = WIDTHS[index]!;
    const fits = index === 10 || /^[\x20-\x7e]*$/.test(value);
    if (value.length > width || !fits || (EXACT.has(index) && value.length !== width)) {
      refuseValue(sink, index + 1, `is "${value}": ${width} characters expected`);
    }
    writeByte(sink, separators.element);
    // ISA11 holds the repetition separator itself, the one place where a separator is data.
    if (index === 10) writeRaw(sink, value);
    else writePadded(sink, value, width, index + 1);
  });
  writeByte(sink, separators.element);
  writeByte(sink, separators.component);
  endSegment(sink);
}

/** Elements that are never padded: date, time, version, control number. */
const EXACT = new Set([8, 9, 11, 12]);

function writePadded(sink: Sink, value: string, width: number, element: number): void {
  sink.element = element;
  writeText(sink, value.slice(0, width).padEnd(width));
}

function refuseValue(sink: Sink, element: number, why: string): void {
  const place = {
    set: sink.set,
    segment: sink.segment,
    position: sink.position,
    element,
    component: undefined,
  };
  const message = `${sink.segment}${String(element).padStart(2, '0')} ${why}`;
  sink.problems.push({ ...place, message });
}

function writeGroup(sink: Sink, group: GroupEnvelope): void {
  const { functionalId, sender, receiver, date, time, control, version, sets } = group;
  sink.set = undefined;
  writeSegment(sink, [
    'GS',
    functionalId,
    sender,
    receiver,
    // GS04 is DT 6/6 before 004010.
    /^00[1-3]/.test(version) ? date.slice(2) : date,
    time,
    control,
    group.agency ?? 'X',
    version,
  ]);
  for (const set of sets) writeSet(sink, set);
  sink.set = undefined;
  writeSegment(sink, ['GE', String(sets.length), control]);
}

function writeSet(sink: Sink, set: SetEnvelope): void {
  sink.set = set.control;
  sink.position = 0;
  writeSegment(sink, ['ST', set.set, set.control, set.implementation ?? '']);
  for (const segment of set.segments) writeSegment(sink, segment);
  writeSegment(sink, ['SE', String(set.segments.length + 2), set.control]);
}

/** One segment; empty elements at its end are left out (X12.6). */
function writeSegment(sink: Sink, segment: SegmentData): void {
  const id = segment[0];
  sink.position++;
  sink.segment = typeof id === 'string' ? id : '';
  if (!/^[A-Z][A-Z0-9]{1,2}$/.test(sink.segment)) refuseValue(sink, 0, 'is no segment id');
  writeRaw(sink, sink.segment);
  let pending = 0;
  for (let e = 1; e < segment.length; e++) {
    pending++;
    const data = segment[e]!;
    if (isEmpty(data)) continue;
    for (; pending > 0; pending--) writeByte(sink, sink.separators.element);
    sink.element = e;
    writeElement(sink, data);
  }
  endSegment(sink);
}

function endSegment(sink: Sink): void {
  writeByte(sink, sink.separators.terminator);
  if (sink.newline) writeByte(sink, 10);
}

function isEmpty(data: ElementData): boolean {
  if (typeof data === 'string') return data === '';
  return 'repeats' in data ? data.repeats.every(isEmpty) : data.every((component) => component === '');
}

function writeElement(sink: Sink, data: ElementData): void {
  sink.component = undefined;
  if (typeof data === 'string') {
    writeText(sink, data);
  } else if ('repeats' in data) {
    writeRepeats(sink, data.repeats);
  } else {
    let pending = -1;
    data.forEach((component, index) => {
      pending++;
      if (component === '') return;
      for (; pending > 0; pending--) writeByte(sink, sink.separators.component);
      sink.component = index + 1;
      writeText(sink, component);
    });
  }
}

function writeRepeats(sink: Sink, repeats: readonly ElementData[]): void {
  const last = repeats.findLastIndex((one) => !isEmpty(one));
  const { repetition } = sink.separators;
  if (last > 0 && repetition === undefined) {
    refuseValue(sink, sink.element, 'repeats, and this version has no repetition separator');
    return;
  }
  repeats.slice(0, last + 1).forEach((one, index) => {
    if (index > 0) writeByte(sink, repetition!);
    writeElement(sink, one);
  });
}
