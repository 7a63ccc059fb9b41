import type { JunkEvent } from '../scan/scan-events.ts';
import { makePrintable } from './printable.ts';
import type { JunkReading } from './reading.ts';

/** What an interchange consists of: without its ISA nobody can be told, and it must not pass for mere junk. */
const ORPHAN = /^(GS|ST|SE|GE|IEA)[^A-Za-z0-9]/;

/** What lies outside any interchange; `none` says that the file has no ISA at all. */
export function readJunk(event: JunkEvent, none: boolean): JunkReading {
  const { offset, end } = event;
  const sample = event.sample.trimEnd();
  const length = end - offset;
  const orphan = ORPHAN.test(sample);
  const message = none
    ? `no ISA found: this begins with ${JSON.stringify(sample)}`
    : `${length} bytes outside any interchange, beginning with ${JSON.stringify(sample)}${orphan ? ': their ISA is missing' : ''}`;
  return {
    kind: 'junk',
    offset,
    length,
    problem: {
      severity: none || orphan ? 'error' : 'warning',
      code: undefined,
      message: makePrintable(message),
      offset,
    },
  };
}

/** A file without anything in it. */
export function readEmpty(length: number): JunkReading {
  const message = length === 0 ? 'no ISA found: there are no bytes' : 'no ISA found: there are only blanks';
  return {
    kind: 'junk',
    offset: 0,
    length,
    problem: { severity: 'error', code: undefined, message, offset: 0 },
  };
}
