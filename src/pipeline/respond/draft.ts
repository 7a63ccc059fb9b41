import { acknowledgeOrder } from '../../domain/order/acknowledge-order.ts';
import type { PlainDate } from '../../lib/dates.ts';
import { acknowledgeGroup, interchangeAcknowledgement } from '../../x12/acknowledge.ts';
import type { InterchangeHeader } from '../../x12/report.ts';
import type { SegmentData } from '../../x12/segment-data.ts';
import type { CanonicalDocument } from '../process/interpret.ts';
import type { JudgedSet, Verdict } from '../process/judge.ts';

/** An outbound interchange before it has control numbers. */
export type Draft = {
  /** The inbound interchange that it answers. */
  readonly answers: Verdict;
  readonly usage: 'P' | 'T';
  /** ISA12 of what it answers, where no group gives a version. */
  readonly interchangeVersion: string;
  readonly acknowledgement: SegmentData | undefined;
  readonly groups: readonly DraftGroup[];
};

export type DraftGroup = {
  readonly functionalId: string;
  readonly version: string;
  readonly sets: readonly DraftSet[];
};

export type DraftSet = {
  readonly set: string;
  readonly document: CanonicalDocument;
  readonly segments: readonly SegmentData[];
  /** The inbound set that it answers; absent for a 997, which answers a group. */
  readonly answers: JudgedSet | undefined;
};

/** A document as segments, or what hinders it from leaving. */
export type WrittenDocument = {
  readonly segments: readonly SegmentData[];
  readonly problems: readonly string[];
};

/** Turns canonical documents into segments with the partner's map, one for one. */
export type WriteDocuments = (
  set: string,
  version: string,
  documents: readonly CanonicalDocument[],
) => readonly WrittenDocument[];

export type DraftRules = {
  readonly today: PlainDate;
  /** When a TA1 goes back. */
  readonly ta1: 'requested' | 'errors' | 'never';
  /** Sets whose group is answered with a 997. */
  readonly acknowledges: (set: string) => boolean;
  /** Version of what we send of our own accord. */
  readonly version: string;
  /** The held version that stands for a GS08: an answer uses the version of what it answers. */
  readonly answerVersion: (gs08: string) => string;
  readonly write: WriteDocuments;
};

/** Something that should have been answered and could not be written. */
export type Unwritten = {
  readonly verdict: Verdict;
  readonly answers: JudgedSet | undefined;
  readonly message: string;
};

export type Drafts = { readonly interchanges: readonly Draft[]; readonly unwritten: readonly Unwritten[] };

/** Everything that goes back for a judged file: for each interchange its TA1 and 997s, and its 855s. */
export function draftAnswers(verdicts: readonly Verdict[], rules: DraftRules): Drafts {
  const acknowledgements = draftAcknowledgements(verdicts, rules);
  const unwritten = [...acknowledgements.unwritten];
  const answers = verdicts.flatMap((verdict) => draftOrderAnswers(verdict, rules, unwritten));
  return { interchanges: [...acknowledgements.interchanges, ...answers], unwritten };
}

/** What the standard itself calls for: TA1 and 997, without any business answer. */
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
  const acknowledgement = owesTa1(verdict, rules) ? interchangeAcknowledgement(report) : undefined;
  if (acknowledgement === undefined && groups.length === 0) return [];
  const { header } = report;
  return [
    {
      answers: verdict,
      usage: usageOf(header.usage),
      interchangeVersion: chooseInterchangeVersion(header.version, rules),
      acknowledgement,
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

function draftGroupAcknowledgements(
  verdict: Extract<Verdict, { kind: 'taken' }>,
  rules: DraftRules,
  unwritten: Unwritten[],
): DraftGroup[] {
  const groups = new Map<string, DraftSet[]>();
  for (const group of verdict.report.groups) {
    const document = acknowledgeGroup(group);
    if (
      document === undefined ||
      (!group.sets.some((set) => rules.acknowledges(set.set)) && group.sets.length > 0)
    )
      continue;
    const version = rules.answerVersion(group.header.version);
    const [written] = rules.write('997', version, [document]) as readonly [WrittenDocument];
    if (written.problems.length > 0) {
      unwritten.push({
        verdict,
        answers: undefined,
        message: `997 for group ${group.header.control}: ${written.problems.join('; ')}`,
      });
      continue;
    }
    const sets = groups.get(version) ?? [];
    sets.push({ set: '997', document, segments: written.segments, answers: undefined });
    groups.set(version, sets);
  }
  return [...groups].map(([version, sets]) => ({ functionalId: 'FA', version, sets }));
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
      acknowledgement: undefined,
      groups,
    },
  ];
}

/** ISA12 of what it answers, unless that is nothing to be written in an ISA. */
function chooseInterchangeVersion(isa12: string, rules: DraftRules): string {
  return /^00[2-9]\d\d$/.test(isa12) ? isa12 : rules.version.slice(0, 5);
}

function usageOf(isa15: string): 'P' | 'T' {
  return isa15 === 'T' ? 'T' : 'P';
}
