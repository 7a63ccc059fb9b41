import type { Standard } from './definition.ts';
import type { ValidationPolicy } from './policy.ts';
import type { Standards } from './reading.ts';
import type { GroupHeader, GroupReport, Problem, SetReport } from './report.ts';
import { element, type Segments } from './segments.ts';
import { chooseStandard, versionOf } from './standard.ts';

/** A functional group being read. */
export type OpenGroup = {
  readonly header: GroupHeader;
  readonly policy: ValidationPolicy;
  readonly standard: Standard | undefined;
  readonly exact: boolean;
  readonly codes: Set<string>;
  readonly problems: Problem[];
  readonly sets: SetReport[];
  /** ST02 of the sets so far: it must be unique in its group. */
  readonly controls: Set<string>;
  received: number;
  strayed: boolean;
};

export function readGroupHeader(segments: Segments): GroupHeader {
  const at = (e: number) => element(segments, 0, e);
  return {
    offset: segments.offset,
    functionalId: at(1),
    sender: at(2),
    receiver: at(3),
    date: at(4),
    time: at(5),
    control: at(6),
    agency: at(7),
    version: at(8),
  };
}

export function openGroup(
  header: GroupHeader,
  standards: Standards,
  policy: ValidationPolicy,
  unknownSets: 'refuse' | 'accept',
): OpenGroup {
  const chosen = chooseStandard(standards, header.version);
  const group: OpenGroup = {
    header,
    policy,
    standard: chosen?.standard,
    exact: chosen?.exact ?? false,
    codes: new Set(),
    problems: [],
    sets: [],
    controls: new Set(),
    received: 0,
    strayed: false,
  };
  const sets = [...(chosen?.standard.sets.values() ?? [])];
  if (unknownSets === 'refuse' && !sets.some((set) => set.group === header.functionalId)) {
    addGroupProblem(
      group,
      '1',
      `GS01 is "${header.functionalId}": no set of such a group is held`,
      header.offset,
    );
  }
  if (versionOf(header.version) === undefined) {
    addGroupProblem(group, '2', `GS08 is "${header.version}": 004010 or the like expected`, header.offset);
  } else if (chosen !== undefined && !chosen.exact) {
    const message = `version ${header.version} is not held: ${chosen.standard.version} serves, and findings only warn`;
    group.problems.push({ severity: 'warning', code: undefined, message, offset: header.offset });
  }
  if (!/^\d{1,9}$/.test(header.control)) {
    const message = `GS06 control number is "${header.control}": one to nine digits expected`;
    addGroupProblem(group, '6', message, header.offset);
  }
  return group;
}

export function addGroupProblem(
  group: OpenGroup,
  code: string | undefined,
  message: string,
  offset: number,
): void {
  if (code !== undefined) group.codes.add(code);
  group.problems.push({ severity: 'error', code, message, offset });
}

/** Checks the GE; `undefined` when it is missing. */
export function closeGroup(group: OpenGroup, ge: Segments | undefined): GroupReport {
  const { header, codes } = group;
  let included = group.received;
  if (ge === undefined) {
    addGroupProblem(group, '3', `group ${header.control} has no GE`, header.offset);
  } else {
    const [count, control] = [element(ge, 0, 1), element(ge, 0, 2)];
    if (control !== header.control) {
      addGroupProblem(group, '4', `GE02 is "${control}" and GS06 "${header.control}"`, ge.offset);
    }
    if (!/^\d{1,6}$/.test(count) || Number(count) !== group.received) {
      addGroupProblem(group, '5', `GE01 is "${count}" and ${group.received} sets were received`, ge.offset);
    }
    if (/^\d{1,6}$/.test(count)) included = Number(count);
  }
  const taken = group.sets.filter((set) => set.status !== 'R');
  const status = weighGroup(group, taken.length);
  const accepted = status === 'R' ? 0 : taken.length;
  const { problems, sets, received } = group;
  return { header, status, codes: [...codes], included, received, accepted, problems, sets };
}

/** AK901. A group whose own envelope is wrong is refused whole: nobody can say which of its sets were meant. */
function weighGroup(group: OpenGroup, taken: number): GroupReport['status'] {
  if (group.codes.size > 0) return 'R';
  if (taken < group.received) return taken === 0 ? 'R' : 'P';
  const noted =
    group.sets.some((set) => set.status === 'E') || group.problems.some((one) => one.severity === 'error');
  return noted ? 'E' : 'A';
}
