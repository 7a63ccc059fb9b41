import type { Digest } from '../x12/inspect/digest.ts';
import type { GroupView, InterchangeView, SetView } from '../x12/inspect/view.ts';
import { makeSafe } from './visible.ts';

/** What is shown, for the head of the page. */
export type ShownFile = {
  readonly name: string;
  /** The one control number that was asked for. */
  readonly set: string | undefined;
  readonly sound: boolean;
  /** What a file without any interchange looks like. */
  readonly foreign: string | undefined;
  readonly digest: Digest;
};

export type Verdict = { readonly tone: 'good' | 'warning' | 'error'; readonly text: string };

/** The whole file in one line. */
export function describeFile({ sound, foreign, digest }: ShownFile): Verdict {
  const { interchanges, sets, refused, noted, errors, warnings } = digest;
  if (interchanges === 0) {
    const like = foreign === undefined ? '' : `: it looks like ${foreign}, and only X12 is shown`;
    return { tone: 'error', text: `no X12 was found${like}` };
  }
  const held = `${count(interchanges, 'interchange')}, ${count(sets, 'set')}`;
  const told = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  const problems = told.length === 0 ? 'no problems' : told.join(', ');
  if (!sound) {
    const of = refused === 0 || refused === sets ? '' : ` in part: ${refused} of ${sets} sets`;
    return { tone: 'error', text: `refused${of} · ${problems} · ${held}` };
  }
  const tone = errors > 0 || warnings > 0 ? 'warning' : 'good';
  return { tone, text: `accepted${noted > 0 ? ', errors noted' : ''} · ${problems} · ${held}` };
}

export function describeInterchange({ status, note, repeated }: InterchangeView): Verdict {
  if (status === 'R') return { tone: 'error', text: `refused, TA1 ${note}` };
  if (repeated) return { tone: 'warning', text: 'repeats one before it' };
  if (status === 'E') return { tone: 'warning', text: `accepted, errors noted, TA1 ${note}` };
  return { tone: 'good', text: 'accepted' };
}

export function describeGroup({ status, codes, accepted, received, lost }: GroupView): Verdict {
  const said = codes.length === 0 ? '' : `, AK905 ${codes.join(' ')}`;
  if (lost && status !== 'R') return { tone: 'error', text: 'not taken: its interchange is refused' };
  switch (status) {
    case 'A':
      return { tone: 'good', text: `accepted${said}` };
    case 'E':
      return { tone: 'warning', text: `accepted, errors noted${said}` };
    case 'P':
      return { tone: 'error', text: `${accepted} of ${received} sets accepted${said}` };
    case 'R':
      return { tone: 'error', text: `refused${said}` };
  }
}

export function describeSet({ status, codes, lost, problems }: SetView): Verdict {
  const said = codes.length === 0 ? '' : `, AK502 ${codes.join(' ')}`;
  if (status === 'R') return { tone: 'error', text: `refused${said}` };
  if (lost !== undefined) return { tone: 'error', text: `not taken: its ${lost} is refused` };
  if (status === 'E') return { tone: 'warning', text: 'accepted, errors noted' };
  return problems > 0
    ? { tone: 'warning', text: `accepted, ${count(problems, 'warning')}` }
    : { tone: 'good', text: 'accepted' };
}

export function titleOfSet({ set, name, defined, control }: SetView): string {
  return makeSafe(`${set} ${name}${defined ? '' : ' (no definition held)'} · ${control}`.replace('  ', ' '));
}

/** A value that goes on for pages helps nobody find anything. */
const MOST_SHOWN = 2000;

export function clipValue(value: string): { readonly shown: string; readonly more: string | undefined } {
  if (value.length <= MOST_SHOWN) return { shown: value, more: undefined };
  return { shown: value.slice(0, MOST_SHOWN), more: `… ${value.length - MOST_SHOWN} more characters` };
}

export function count(number: number, what: string): string {
  return `${groupDigits(number)} ${what}${number === 1 ? '' : 's'}`;
}

export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
