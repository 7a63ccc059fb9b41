import { type Acknowledgement, acknowledgeGroup } from '../../x12/acknowledge/acknowledge.ts';
import type { GroupReport } from '../../x12/interchange/report.ts';
import type { Verdict } from '../process/verdict.ts';
import type { DraftRules } from './drafts.ts';
import type { GroupOutline, SetOutline } from './write-outlines.ts';

/** The version that brought the 999, and the guide for it where what is answered follows a guide as well. */
const [FIRST_999, GUIDE_999] = ['005010', '005010X231A1'];

/** The 997s and 999s for the groups of an interchange: each answers in the version of its group. */
export function draftGroupAcknowledgements(
  verdict: Extract<Verdict, { kind: 'taken' }>,
  rules: DraftRules,
): GroupOutline[] {
  const groups = new Map<string, SetOutline[]>();
  for (const group of verdict.report.groups) {
    const version = rules.answerVersion(group.header.version);
    const set = chooseAcknowledgement(group, version, rules);
    const document = set && acknowledgeGroup(group, set);
    if (set === undefined || document === undefined) continue;
    const told = set === '999' && version === FIRST_999 && followsGuide(group) ? GUIDE_999 : version;
    const sets = groups.get(told) ?? [];
    // ST03 of a 999 says what GS08 says; a 997 leaves it out.
    const implementation = set === '999' ? told : undefined;
    sets.push({ set, version, document, implementation, about: `group ${group.header.control}` });
    groups.set(told, sets);
  }
  return [...groups].map(([version, sets]) => ({ functionalId: 'FA', version, sets }));
}

/** What the sets of a group are answered with; undefined for nothing. There is no 999 before 005010. */
function chooseAcknowledgement(
  { sets }: GroupReport,
  version: string,
  rules: DraftRules,
): Acknowledgement | undefined {
  const ids = sets.length === 0 ? [''] : sets.map(({ set }) => set);
  const agreed = new Set(ids.map(rules.acknowledgement));
  if (agreed.has('999') && version >= FIRST_999) return '999';
  return agreed.has('997') || agreed.has('999') ? '997' : undefined;
}

/** GS08 or ST03 names an implementation guide, such as 005010X222A1. */
function followsGuide({ header, sets }: GroupReport): boolean {
  return /^\d{6}./.test(header.version) || sets.some(({ implementation }) => implementation !== undefined);
}
