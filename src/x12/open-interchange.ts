import type { EnvelopeFinding } from './envelope.ts';
import { addGroupProblem, closeGroup, type OpenGroup } from './group.ts';
import type { GroupReport, InterchangeHeader, Problem } from './report.ts';
import type { SegmentData } from './segment-data.ts';
import { element, elementCount, type Segments, segmentId } from './segments.ts';
import type { Separators } from './separators.ts';

/** An interchange being read. */
export type OpenInterchange = {
  readonly header: InterchangeHeader;
  readonly separators: Separators;
  readonly findings: EnvelopeFinding[];
  readonly warnings: Problem[];
  readonly groups: GroupReport[];
  /** GS06 of its groups. */
  readonly controls: Set<string>;
  readonly ta1s: SegmentData[];
  group: OpenGroup | undefined;
  refusedSets: number;
};

/** Whether an IEA without terminator lacks no byte of its control number. */
export function isWholeIea(open: OpenInterchange, segments: Segments, id: string): boolean {
  if (id !== 'IEA' || elementCount(segments, 0) < 2) return false;
  const [control, awaited] = [element(segments, 0, 2), open.header.control];
  return control === awaited || !awaited.startsWith(control);
}

export function readGe(open: OpenInterchange, segments: Segments): void {
  if (open.group === undefined) refuse(open, '022', 'GE without a GS', segments.offset);
  else endGroup(open, segments);
}

/** Closes the group that is open, if any; without its GE unless one is given. */
export function endGroup(open: OpenInterchange, ge: Segments | undefined): void {
  if (open.group === undefined) return;
  open.groups.push(closeGroup(open.group, ge));
  open.group = undefined;
}

/** A segment where none belongs is told once for each group or interchange: what it lacks will show in the counts. */
export function stray(open: OpenInterchange, segments: Segments, id: string): void {
  const name = id.slice(0, 20);
  if (open.group === undefined) {
    refuse(open, '024', `"${name}" lies outside any group`, segments.offset);
  } else if (!open.group.strayed) {
    open.group.strayed = true;
    addGroupProblem(open.group, undefined, `"${name}" lies outside any set`, segments.offset);
  }
}

/** Refuses the interchange; of many findings the first hundred are kept. */
export function refuse(open: OpenInterchange, code: string, message: string, offset: number): void {
  if (open.findings.length < 100) open.findings.push({ code, status: 'R', message, offset });
}

export function copySegment(segments: Segments): SegmentData {
  const data = [segmentId(segments, 0)];
  for (let e = 1; e <= elementCount(segments, 0); e++) data.push(element(segments, 0, e));
  return data;
}
