import type { ExceptionKind } from '../exception/exception-kinds.ts';
import type { PlanDecision } from './plan.ts';

/** A decision on a schedule or receiving advice while it is made. */
export type PlanSheet = {
  -readonly [K in Exclude<keyof PlanDecision, 'repeated'>]: PlanDecision[K] extends readonly (infer T)[]
    ? T[]
    : never;
};

export function startSheet(): PlanSheet {
  return { reasons: [], exceptions: [], bookings: [], plans: [], counts: [], releases: [], settled: [] };
}

/** Where a line stands in its document, counted from 1: `LIN[2]`. */
export function placeOf(segment: 'LIN' | 'RCD', index: number): string {
  return `${segment}[${index + 1}]`;
}

export function tellOf(sheet: PlanSheet, place: string, code: string, text: string): void {
  sheet.reasons.push({ code, text: `${place}: ${text}` });
}

/** A person is asked; what it says is told as well. */
export function askOf(
  sheet: PlanSheet,
  place: string,
  kind: ExceptionKind,
  text: string,
  line?: string | undefined,
): void {
  tellOf(sheet, place, kind, text);
  sheet.exceptions.push({ kind, message: `${place}: ${text}`, ...(line === undefined ? {} : { line }) });
}

export const REPEATED: PlanDecision = { ...startSheet(), repeated: true };
