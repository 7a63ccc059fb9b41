import type { JunkEvent } from '../scan/scan-events.ts';
import { ENVELOPE, type Strayed, type Tolerance } from '../tolerate/tolerance.ts';
import { readJunk } from './junk.ts';
import type { JunkReading } from './reading.ts';

/** What was odd since the last interchange is the next one's, if one comes. */
export type Between = { readonly tolerance: Tolerance; readonly between: Strayed[] };

/** Junk before an interchange is that one's; behind the last nobody but our people can be told. `none` came yet. */
export function readJunkBetween(
  event: JunkEvent,
  none: boolean,
  { tolerance, between }: Between,
): JunkReading | undefined {
  const reading = readJunk(event, event.last && none);
  const { problem } = reading;
  const reaction = tolerance.junk;
  if (problem.severity === 'error' || reaction === 'warn') return reading;
  if (reaction === 'accept') return undefined;
  if (event.last)
    return reaction === 'note' ? reading : { ...reading, problem: { ...problem, severity: 'error' } };
  between.push({ oddity: 'junk', offset: event.offset, message: problem.message });
  return undefined;
}

/** What is odd behind the last interchange: X12 has no answer for it. */
export function readBehind({ tolerance, between }: Between): JunkReading[] {
  return between.splice(0).flatMap(({ oddity, offset }) => {
    const reaction = tolerance[oddity];
    if (reaction === 'accept') return [];
    const severity = reaction === 'refuse' ? 'error' : 'warning';
    const { message } = ENVELOPE[oddity];
    return [{ kind: 'junk', offset, length: 1, problem: { severity, code: undefined, message, offset } }];
  });
}
