import { acknowledgeOrder } from '../domain/order/acknowledge-order.ts';
import type { PlainDate } from '../lib/dates.ts';
import { acknowledgeGroup, interchangeAcknowledgement } from '../x12/acknowledge.ts';
import type { SegmentData } from '../x12/segment-data.ts';
import type { CanonicalDocument } from './interpret.ts';
import type { JudgedSet, Verdict } from './judge.ts';

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

/** Turns a canonical document into segments with the partner's map, or says what hinders it. */
export type WriteDocument = (
  set: string,
  version: string,
  document: CanonicalDocument,
) => { readonly segments: readonly SegmentData[]; readonly problems: readonly string[] };

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
  readonly write: WriteDocument;
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
  const acknowledgement = owesTa1(report, rules) ? interchangeAcknowledgement(report) : undefined;
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

function owesTa1(report: Extract<Verdict, { kind: 'taken' }>['report'], rules: DraftRules): boolean {
  // A TA1 names its interchange by ISA13: one that is cut off before the end of it cannot be answered.
  if (rules.ta1 === 'never' || report.header.elements.length < 15) return false;
  const onlyAnswers =
    report.groups.length > 0 && report.groups.every((group) => group.header.functionalId === 'FA');
  if (report.status !== 'A') return true;
  return rules.ta1 === 'requested' && report.header.acknowledgementRequested && !onlyAnswers;
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
    const written = rules.write('997', version, document);
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
  for (const judged of verdict.sets) {
    if (judged.order === undefined) continue;
    const { order, decision } = judged.order;
    const document = acknowledgeOrder(order, decision, rules.today);
    const written = rules.write('855', rules.version, document);
    if (written.problems.length > 0) {
      const message = `855 for order ${order.poNumber}: ${written.problems.join('; ')}`;
      unwritten.push({ verdict, answers: judged, message });
      continue;
    }
    sets.push({ set: '855', document, segments: written.segments, answers: judged });
  }
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
  return /^\d{5}$/.test(isa12) ? isa12 : rules.version.slice(0, 5);
}

function usageOf(isa15: string): 'P' | 'T' {
  return isa15 === 'T' ? 'T' : 'P';
}
