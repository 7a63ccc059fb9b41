import { acknowledgeChange } from '../../domain/order/acknowledge-change.ts';
import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import { interchangeAcknowledgement } from '../../x12/acknowledge/acknowledge.ts';
import type { InterchangeHeader } from '../../x12/interchange/report.ts';
import type { Verdict } from '../process/verdict.ts';
import { draftGroupAcknowledgements } from './draft-acknowledgements.ts';
import type { DraftRules, Drafts } from './drafts.ts';
import { type DraftOutline, type SetOutline, writeOutlines } from './write-outlines.ts';

/** Everything that goes back for a judged file: for each interchange its TA1 and 997s or 999s, and its 855s. */
export function draftAnswers(verdicts: readonly Verdict[], rules: DraftRules): Drafts {
  const acknowledgements = verdicts.flatMap((verdict) => draftAcknowledgement(verdict, rules));
  const answers = verdicts.flatMap((verdict) => draftOrderAnswers(verdict, rules));
  return writeOutlines([...acknowledgements, ...answers], rules.write);
}

/** What the standard itself calls for: TA1 and 997 or 999, without any business answer. */
export function draftAcknowledgements(verdicts: readonly Verdict[], rules: DraftRules): Drafts {
  return writeOutlines(
    verdicts.flatMap((verdict) => draftAcknowledgement(verdict, rules)),
    rules.write,
  );
}

function draftAcknowledgement(verdict: Verdict, rules: DraftRules): DraftOutline[] {
  if (verdict.kind === 'repeated') return [];
  const { report } = verdict;
  const { header } = report;
  return [
    {
      answers: verdict,
      usage: usageOf(header.usage),
      interchangeVersion: chooseInterchangeVersion(header.version, rules),
      ta1s: owesTa1(verdict, rules) ? [interchangeAcknowledgement(report)] : [],
      groups: verdict.kind === 'taken' ? draftGroupAcknowledgements(verdict, rules) : [],
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

/** One interchange of 855s and 865s for the orders and changes of an inbound one: every one is answered once. */
function draftOrderAnswers(verdict: Verdict, rules: DraftRules): DraftOutline[] {
  if (verdict.kind !== 'taken' || rules.answers === 'silent') return [];
  const { version } = rules;
  const orders = verdict.sets.flatMap((judged): SetOutline[] => {
    if (judged.order === undefined) return [];
    const { order, decision } = judged.order;
    const document = acknowledgeOrder(order, decision, rules);
    return [{ set: '855', version, document, answers: judged, about: `order ${order.poNumber}` }];
  });
  const changes = verdict.sets.flatMap((judged) =>
    (judged.changes ?? []).flatMap((change): SetOutline[] => {
      const document = acknowledgeChange(change.change, change.decision, rules);
      if (document === undefined) return [];
      const about = `order ${change.change.poNumber}`;
      return [{ set: '865', version, document, answers: judged, change, about }];
    }),
  );
  const { header } = verdict.report;
  return [
    {
      answers: verdict,
      usage: usageOf(header.usage),
      interchangeVersion: chooseInterchangeVersion(header.version, rules),
      ta1s: [],
      groups: [
        { functionalId: 'PR', version, sets: orders },
        { functionalId: 'CA', version, sets: changes },
      ],
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
