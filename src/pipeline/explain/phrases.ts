import type { Reason } from '../../domain/reason.ts';
import { makeSafe, measure, wrap } from '../../render/visible.ts';
import type { StoredException } from '../../store/exceptions.ts';

const WIDTH = 11;

/** Lines under one word at their left; none where there is nothing to say. */
export function labelled(label: string, said: readonly string[]): string[] {
  return said.map((one, i) => `  ${(i === 0 ? label : '').padEnd(WIDTH)}${one}`);
}

/** `2026-11-21 10:00` */
export function sayMoment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** What a person must do something about; its message only where the reasons do not say it already. */
export function sayWait(reasons: readonly Reason[]): (exception: StoredException) => string {
  return ({ kind, team, dueAt, message, id }) => {
    const told = reasons.some(({ text }) => message.endsWith(text));
    return `for ${team} until ${sayMoment(dueAt)}, ${kind}${told ? '' : `: ${message}`}  [${id}]`;
  };
}

/** For a terminal: what a partner wrote does nothing there, and long lines go on under their beginning. */
export function foldLines(lines: readonly string[], columns: number = Number.POSITIVE_INFINITY): string {
  return lines.flatMap((line) => foldLine(makeSafe(line), columns)).join('\n');
}

function foldLine(line: string, columns: number): string[] {
  if (measure(line) <= columns) return [line];
  const indent = line.startsWith('  ') ? WIDTH + 2 : 4;
  const [first, rest] = [line.slice(0, indent), line.slice(indent)];
  return wrap(rest, columns - indent).map((part, i) => `${i === 0 ? first : ' '.repeat(indent)}${part}`);
}
