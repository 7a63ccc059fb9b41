import { findTa1Faults, readTa1 } from '../acknowledge/ta1.ts';
import type { SegmentData } from '../scan/segment-data.ts';
import { element, elementCount, type Segments, segmentId } from '../scan/segments.ts';
import type { Separators } from '../scan/separators.ts';
import { ENVELOPE, type EnvelopeOddity, type Strayed, type Tolerance } from '../tolerate/tolerance.ts';
import type { EnvelopeFinding } from './envelope.ts';
import { addGroupProblem, closeGroup, type OpenGroup } from './group.ts';
import type { Standards } from './reading.ts';
import type { GroupReport, InterchangeHeader, Problem } from './report.ts';

/** An interchange being read. */
export type OpenInterchange = {
  readonly header: InterchangeHeader;
  readonly separators: Separators;
  readonly standards: Standards;
  readonly tolerance: Tolerance;
  readonly told: Set<EnvelopeOddity>;
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

/** Puts what is odd about an interchange where its partner's agreement wants it, once of each kind. */
export function weighOddity(
  { tolerance, told, findings, warnings }: OpenInterchange,
  { oddity, offset, code = ENVELOPE[oddity].code, message = ENVELOPE[oddity].message }: Strayed,
): void {
  if (told.has(oddity)) return;
  told.add(oddity);
  const reaction = tolerance[oddity];
  if (reaction === 'warn') warnings.push({ severity: 'warning', code, message, offset });
  else if (reaction !== 'accept') {
    findings.push({ code, status: reaction === 'note' ? 'E' : 'R', message, offset });
  }
}

/** Of many findings, and of many warnings, the first hundred are kept. */
const MOST_FINDINGS = 100;

export function addFindings(open: OpenInterchange, found: readonly EnvelopeFinding[]): void {
  if (open.findings.length < MOST_FINDINGS) open.findings.push(...found);
}

/** Refuses the interchange. */
export function refuse(open: OpenInterchange, code: string, message: string, offset: number): void {
  addFindings(open, [{ code, status: 'R', message, offset }]);
}

/** A TA1 answers an interchange of ours, and is itself never answered: its faults are told to us. */
export function keepTa1(open: OpenInterchange, segments: Segments): void {
  const segment = copySegment(segments);
  open.ta1s.push(segment);
  if (open.warnings.length > MOST_FINDINGS) return;
  for (const message of findTa1Faults(readTa1(segment))) {
    open.warnings.push({ severity: 'warning', code: undefined, message, offset: segments.offset });
  }
}

export function copySegment(segments: Segments): SegmentData {
  const data = [segmentId(segments, 0)];
  for (let e = 1; e <= elementCount(segments, 0); e++) data.push(element(segments, 0, e));
  return data;
}
