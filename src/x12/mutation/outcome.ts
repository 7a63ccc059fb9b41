import {
  ELEMENT_KINDS,
  type ElementCode,
  type ErrorKind,
  SEGMENT_KINDS,
  type SegmentCode,
  type ValidationPolicy,
} from '../validate/policy.ts';
import type { ElementAnswer, Expected, GroupAnswer, SegmentAnswer, SetAnswer } from './answer.ts';
import type { Source } from './source.ts';

/** What a damage leads to, before it is known what follows from that: an answer without its statuses. */
export type Outcome = {
  /** TA105, and whether it refuses (R) or is only noted (E). */
  note: { readonly code: string; readonly status: 'E' | 'R' } | undefined;
  groups: GroupOutcome[];
};

export type GroupOutcome = {
  control: string;
  codes: string[];
  /** GE01; undefined when there is none to be read. */
  included: number | undefined;
  /** From 005010 on, AK403 knows 12 and 13. */
  readonly later: boolean;
  sets: SetOutcome[];
};

export type SetOutcome = {
  set: string;
  control: string;
  readonly codes: string[];
  findings: readonly Finding[];
};

/** One AK3, or one AK4 under it. */
export type Finding = {
  readonly segment: string;
  readonly position: number;
  readonly loop: string | undefined;
  /** A partner's own rule refuses whatever the policy puts up with. */
  readonly agreed?: true;
} & (
  | { readonly code: SegmentCode; readonly element?: undefined }
  | { readonly code: '8'; readonly element: ElementFinding }
);

export type ElementFinding = {
  readonly position: number;
  readonly component?: number | undefined;
  readonly repetition?: number | undefined;
  readonly reference?: string | undefined;
  readonly code: ElementCode;
  readonly value?: string | undefined;
};

/** What the source itself leads to: all is well. */
export function outcomeOf({ segments, groups }: Source): Outcome {
  const at = (segment: number, e: number) => segments[segment]!.elements[e - 1] ?? '';
  return {
    note: undefined,
    groups: groups.map(({ first, sets }) => ({
      control: at(first, 6),
      codes: [],
      included: sets.length,
      later: at(first, 8) >= '005010',
      sets: sets.map((set) => ({
        set: at(set.first, 1),
        control: at(set.first, 2),
        codes: [],
        findings: [],
      })),
    })),
  };
}

/** What errors lead to, by set. */
type Policies = (set: string) => ValidationPolicy;

/** Adds what follows by the rules of 997 and TA1. */
export function settleOutcome(outcome: Outcome | undefined, policy: Policies): Expected {
  if (outcome === undefined) return { interchanges: [], junk: true, taken: 0 };
  const groups = outcome.groups.map((group) => settleGroup(group, policy));
  const { status, code } = outcome.note ?? { status: 'A', code: '000' };
  const accepted = groups.reduce((sum, group) => sum + group.accepted, 0);
  return {
    interchanges: [{ status, note: code, groups }],
    junk: false,
    taken: status === 'R' ? 0 : accepted,
  };
}

/** A group whose own envelope is wrong is refused whole; else as its sets are. */
function settleGroup(group: GroupOutcome, policy: Policies): GroupAnswer {
  const { control, codes, later } = group;
  const sets = group.sets.map((set) => settleSet(set, policy(set.set), later));
  const received = sets.length;
  const sound = sets.filter(({ status }) => status !== 'R').length;
  const noted = sets.some(({ status }) => status === 'E');
  const refused = codes.length > 0 || (received > 0 && sound === 0);
  const status = refused ? 'R' : sound < received ? 'P' : noted ? 'E' : 'A';
  const [included, accepted] = [group.included ?? received, refused ? 0 : sound];
  return { control, status, codes, included, received, accepted, sets };
}

function settleSet(outcome: SetOutcome, policy: ValidationPolicy, later: boolean): SetAnswer {
  const told = outcome.findings.filter((one) => one.agreed || !policy.warned.has(kindOf(one)));
  const refused = told.some((one) => one.agreed || !policy.noted.has(kindOf(one)));
  const codes = refused ? [...outcome.codes, '5'] : outcome.codes;
  const status = codes.length > 0 ? 'R' : told.length > 0 ? 'E' : 'A';
  const { set, control } = outcome;
  return { set, control, status, codes, segments: joinFindings(told, later) };
}

function kindOf(finding: Finding): ErrorKind {
  return finding.element === undefined ? SEGMENT_KINDS[finding.code] : ELEMENT_KINDS[finding.element.code];
}

/** One AK3 with code 8 a segment, whatever is wrong with its elements, and one AK4 a place and code. */
function joinFindings(findings: readonly Finding[], later: boolean): SegmentAnswer[] {
  const answers: (SegmentAnswer & { readonly elements: ElementAnswer[] })[] = [];
  for (const { segment, position, loop, code, element } of findings) {
    let answer = answers.find(
      (one) => one.position === position && one.code === code && one.segment === segment,
    );
    if (answer === undefined) {
      answer = { segment, position, loop, code, elements: [] };
      answers.push(answer);
    }
    if (element === undefined) continue;
    const told = answerElement(element, later);
    const same = answer.elements.some(
      (one) => one.position === told.position && one.component === told.component && one.code === told.code,
    );
    if (!same) answer.elements.push(told);
  }
  return answers;
}

/** Before 005010, AK403 has only 3 for too many repeats and components. */
function answerElement(element: ElementFinding, later: boolean): ElementAnswer {
  const { position, component, repetition, reference, value } = element;
  const code = !later && (element.code === '12' || element.code === '13') ? '3' : element.code;
  return { position, component, repetition, reference, code, value };
}
