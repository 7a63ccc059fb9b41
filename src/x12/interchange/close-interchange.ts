import type { CutEvent, SegmentEvent } from '../scan/scan-events.ts';
import { element, type Segments } from '../scan/segments.ts';
import { endGroup, type OpenInterchange, refuse, weighOddity } from './open-interchange.ts';
import { makePrintable } from './printable.ts';
import type { InterchangeReading } from './reading.ts';
import type { Problem } from './report.ts';

/** Checks the IEA, given as it was meant. */
export function closeWithIea(
  open: OpenInterchange,
  event: SegmentEvent,
  segments: Segments,
): InterchangeReading {
  endGroup(open, undefined);
  const [count, control] = [element(segments, 0, 1), element(segments, 0, 2)];
  if (control !== open.header.control) {
    refuse(open, '001', `IEA02 is "${control}" and ISA13 "${open.header.control}"`, segments.offset);
  }
  const { length } = open.groups;
  if (!/^\d{1,5}$/.test(count) || Number(count) !== length) {
    refuse(open, '021', `IEA01 is "${count}" and ${length} groups were received`, segments.offset);
  }
  if (!event.terminated) weighOddity(open, { oddity: 'missing-last-terminator', offset: event.end });
  return closeInterchange(open, event.end, true);
}

const REASONS = {
  eof: ['023', 'the file ends before the IEA'],
  isa: ['023', 'another ISA begins before the IEA'],
  overlong: ['004', 'no segment terminator for longer than a set may be'],
} as const;

export function closeCut(open: OpenInterchange, { reason, end }: CutEvent): InterchangeReading {
  endGroup(open, undefined);
  const [code, message] = REASONS[reason];
  refuse(open, code, message, end);
  return closeInterchange(open, end, false);
}

/** So much of it is in error that the rest is not read. */
export function giveUp(open: OpenInterchange, end: number): InterchangeReading {
  endGroup(open, undefined);
  const message = 'too much of this interchange is in error: the rest is not read';
  refuse(open, '024', message, open.header.offset);
  return closeInterchange(open, end, false);
}

function closeInterchange(open: OpenInterchange, end: number, complete: boolean): InterchangeReading {
  const { header, findings, groups, separators, ta1s } = open;
  const told = findings.find((one) => one.status === 'R') ?? findings[0];
  const problems: Problem[] = findings.map(({ status: _, ...finding }) => ({
    severity: 'error',
    ...finding,
  }));
  const report = {
    header,
    status: told?.status ?? 'A',
    note: told?.code ?? '000',
    problems: [...problems, ...open.warnings].map((one) => ({ ...one, message: makePrintable(one.message) })),
    groups,
  } as const;
  const { offset } = header;
  return { kind: 'interchange', report, separators, offset, length: end - offset, complete, ta1s };
}
