import { createHash } from 'node:crypto';
import { decideReceipt } from './decide-receipt.ts';
import { dayOf, decideSchedule } from './decide-schedule.ts';
import type { PlanDecision, PlanDocument, PlanFacts } from './plan.ts';
import { askOf, REPEATED, startSheet } from './plan-sheet.ts';

/**
 * Facts in, decision out. The same document again does nothing. Another receiving advice under the same number books
 * nothing until a person has looked: what it says may be booked already. A schedule says how things stand, and the last
 * one counts.
 */
export function decidePlan(document: PlanDocument, facts: PlanFacts): PlanDecision {
  const hash = hashPlan(document);
  if (facts.settled === undefined) {
    if (facts.earlier.some(({ contentHash }) => contentHash === hash)) return REPEATED;
    if (document.kind === 'receiving-advice' && facts.earlier.length > 0) {
      const sheet = startSheet();
      const text = `receiving advice ${document.adviceNumber} came before with other content: nothing of this one is booked`;
      askOf(sheet, 'BRA', 'advice-again', text);
      return { ...sheet, repeated: false };
    }
  }
  return document.kind === 'receiving-advice'
    ? decideReceipt(document, facts)
    : decideSchedule(document, facts);
}

/** What the document says, whatever envelope it came in and whether or not it calls itself a duplicate. */
export function hashPlan(document: PlanDocument): string {
  const { source: _source, purpose: _purpose, purposeCode: _code, ...content } = document;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Its own number, by which it is told from others of its kind. */
export function numberOf(document: PlanDocument): string {
  if (document.kind === 'receiving-advice') return document.adviceNumber;
  return document.scheduleNumber ?? document.releaseNumber ?? dayOf(document);
}
