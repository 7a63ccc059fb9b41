import { element, type Segments } from '../scan/segments.ts';
import type { SetDefinition, Standard } from '../standard/definition.ts';
import { chooseStandard, versionOf } from '../standard/standard.ts';
import type { Tolerance } from '../tolerate/tolerance.ts';
import { makePrintable } from './printable.ts';
import type { ReaderOptions, Standards } from './reading.ts';
import type { GroupHeader, GroupReport, Problem, SetReport } from './report.ts';

type TakenSets = NonNullable<ReaderOptions['sets']>;

/** A functional group being read. */
export type OpenGroup = {
  readonly header: GroupHeader;
  readonly tolerance: Tolerance;
  readonly taken: TakenSets;
  readonly standard: Standard | undefined;
  readonly exact: boolean;
  readonly codes: Set<string>;
  readonly problems: Problem[];
  readonly sets: SetReport[];
  /** ST02 of the sets so far: it must be unique in its group. */
  readonly controls: Set<string>;
  received: number;
  strayed: boolean;
  /** Refused for its version: no other judges its sets. */
  unheld: boolean;
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
  tolerance: Tolerance,
  taken: TakenSets,
): OpenGroup {
  const chosen = chooseStandard(standards, header.version);
  const group: OpenGroup = {
    header,
    tolerance,
    taken,
    standard: chosen?.standard,
    exact: chosen?.exact ?? false,
    codes: new Set(),
    problems: [],
    sets: [],
    controls: new Set(),
    received: 0,
    strayed: false,
    unheld: false,
  };
  checkKind(group, standards);
  checkVersion(group);
  if (!/^\d{1,9}$/.test(header.control)) {
    const message = `GS06 control number is "${header.control}": one to nine digits expected`;
    addGroupProblem(group, '6', message, header.offset);
  }
  return group;
}

/** AK905 1: none of the sets that are taken is of such a group. */
function checkKind(group: OpenGroup, standards: Standards): void {
  if (mayCome(group, standards)) return;
  const { taken, header } = group;
  const what = taken === 'held' ? 'held' : 'agreed';
  const message = `GS01 is "${header.functionalId}": no set of such a group is ${what}`;
  addGroupProblem(group, '1', message, header.offset);
}

function mayCome({ taken, header, standard }: OpenGroup, standards: Standards): boolean {
  const isOfGroup = ({ group }: SetDefinition) => group === header.functionalId;
  if (taken === 'any') return true;
  if (taken === 'held') return standard?.sets.values().some(isOfGroup) === true;
  return taken.values().some((set) => {
    const definitions = [...standards.values()].flatMap((version) => version.sets.get(set) ?? []);
    // Of a set that nobody defines, nobody knows the group.
    return definitions.length === 0 || definitions.some(isOfGroup);
  });
}

/** Whether a set may come: one that no held version knows is then taken on its envelope. */
export function isTaken({ taken, standard }: OpenGroup, set: string): boolean {
  if (taken === 'held') return standard?.sets.has(set) === true;
  return taken === 'any' || taken.has(set);
}

/** AK905 2. */
function checkVersion(group: OpenGroup): void {
  const { header, standard, exact, tolerance } = group;
  const { version, offset } = header;
  if (versionOf(version) === undefined) {
    addGroupProblem(group, '2', `GS08 is "${version}": 004010 or the like expected`, offset);
    return;
  }
  const reaction = tolerance['unknown-version'];
  if (standard === undefined || exact || reaction === 'accept') return;
  if (reaction === 'refuse') {
    group.unheld = true;
    addGroupProblem(group, '2', `version ${version} is not held`, offset);
    return;
  }
  const message = `version ${version} is not held: ${standard.version} serves, and findings only warn`;
  const severity = reaction === 'note' ? 'error' : 'warning';
  group.problems.push({ severity, code: undefined, message, offset });
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
  const { sets, received } = group;
  const problems = group.problems.map((one) => ({ ...one, message: makePrintable(one.message) }));
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
