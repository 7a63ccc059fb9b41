import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import { interchangeAcknowledgement } from '../../x12/acknowledge/acknowledge.ts';
import type { InterchangeHeader } from '../../x12/interchange/report.ts';
import type { Verdict } from '../process/judge.ts';
import { draftGroupAcknowledgements } from './draft-acknowledgements.ts';
import type { Draft, DraftRules, DraftSet, Drafts, Unwritten } from './drafts.ts';

/** Everything that goes back for a judged file: for each interchange its TA1 and 997s or 999s, and its 855s. */
export function draftAnswers(verdicts: readonly Verdict[], rules: DraftRules): Drafts {
  const acknowledgements = draftAcknowledgements(verdicts, rules);
  const unwritten = [...acknowledgements.unwritten];
  const answers = verdicts.flatMap((verdict) => draftOrderAnswers(verdict, rules, unwritten));
  return { interchanges: [...acknowledgements.interchanges, ...answers], unwritten };
}

/** What the standard itself calls for: TA1 and 997 or 999, without any business answer. */
export function draftAcknowledgements(verdicts: readonly Verdict[], rules: DraftRules): Drafts {
  const unwritten: Unwritten[] = [];
  return {
    interchanges: verdicts.flatMap((verdict) => draftAcknowledgement(verdict, rules, unwritten)),
    unwritten,
  };
}

function draftAcknowledgement(verdict: Verdict, rules: DraftRules, unwritten: Unwritten[]): Draft[] {
  if (verdict.kind === 'repeated') return [];
  const { report } = verdict;
  const groups = verdict.kind === 'taken' ? draftGroupAcknowledgements(verdict, rules, unwritten) : [];
  const ta1s = owesTa1(verdict, rules) ? [interchangeAcknowledgement(report)] : [];
  if (ta1s.length === 0 && groups.length === 0) return [];
  const { header } = report;
  return [
    {
      answers: verdict,
      usage: usageOf(header.usage),
      interchangeVersion: chooseInterchangeVersion(header.version, rules),
      ta1s,
      groups,
    },
  ];
}

function owesTa1({ of, report }: Exclude<Verdict, { kind: 'repeated' }>, rules: DraftRules): boolean {
  const { header, groups, status } = report;
  if (rules.ta1 === 'never' || !isNamed(header)) return false;
  // Two gateways that answered each other's TA1s would never end.
  if (groups.length === 0 && of.reading.ta1s.length > 0) return false;
  // Of an interchange of nothing but 997s the sender hears only when it must be sent again.
  if (groups.length > 0 && groups.every((group) => group.header.functionalId === 'FA')) return status === 'R';
  return status !== 'A' || (rules.ta1 === 'requested' && header.acknowledgementRequested);
}

/**
 * TA101 repeats ISA13. A file cut inside its ISA is answered (TA1 023) as soon as ISA13 is whole; before that nothing
 * names the interchange, and X12 has no answer for it.
 */
function isNamed({ elements, control }: InterchangeHeader): boolean {
  const whole = elements.length === 17;
  return whole || /^\d{9}$/.test(control);
}

/** One interchange of 855s for the orders of an inbound one: every order is answered once. */
function draftOrderAnswers(verdict: Verdict, rules: DraftRules, unwritten: Unwritten[]): Draft[] {
  if (verdict.kind !== 'taken') return [];
  const sets: DraftSet[] = [];
  const answered = verdict.sets.flatMap((judged) => {
    if (judged.order === undefined) return [];
    const { order, decision } = judged.order;
    return [{ judged, order, document: acknowledgeOrder(order, decision, rules.today) }];
  });
  const documents = answered.map(({ document }) => document);
  rules.write('855', rules.version, documents).forEach(({ segments, problems }, i) => {
    const { judged, order, document } = answered[i]!;
    if (problems.length === 0) sets.push({ set: '855', document, segments, answers: judged });
    else {
      const message = `855 for order ${order.poNumber}: ${problems.join('; ')}`;
      unwritten.push({ verdict, answers: judged, message });
    }
  });
  if (sets.length === 0) return [];
  const groups = [{ functionalId: 'PR', version: rules.version, sets }];
  const { header } = verdict.report;
  return [
    {
      answers: verdict,
      usage: usageOf(header.usage),
      interchangeVersion: chooseInterchangeVersion(header.version, rules),
      ta1s: [],
      groups,
    },
  ];
}

/** ISA12 of what it answers, unless that is nothing to be written in an ISA. */
function chooseInterchangeVersion(isa12: string, rules: DraftRules): string {
  return /^00[2-8]\d\d$/.test(isa12) ? isa12 : rules.version.slice(0, 5);
}

function usageOf(isa15: string): 'P' | 'T' {
  return isa15 === 'T' ? 'T' : 'P';
}
