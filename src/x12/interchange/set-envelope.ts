import type { SetEvent } from '../scan/scan-events.ts';
import { element, elementCount, type Segments, segmentId } from '../scan/segments.ts';
import type { SetDefinition } from '../standard/definition.ts';
import { repairSegments } from '../tolerate/repair.ts';
import { tolerateElement, tolerateTrailing } from '../tolerate/tolerate.ts';
import type { Findings } from '../validate/findings.ts';
import { isTaken, type OpenGroup } from './group.ts';

/** Tells an error of the envelope: AK502. */
export type TellSet = (code: string, message: string) => void;

/** ST and SE as they were meant: no definition judges them. */
export function tidyEnvelope(segments: Segments, findings: Findings): Segments {
  const last = segments.count - 1;
  tidySegment(segments, 0, findings);
  if (last > 0 && segmentId(segments, last) === 'SE') tidySegment(segments, last, findings);
  return findings.repairs.length === 0 ? segments : repairSegments(segments, findings.repairs.splice(0));
}

function tidySegment(segments: Segments, s: number, findings: Findings): void {
  const { edges, first } = segments;
  const count = elementCount(segments, s);
  for (let e = 1; e <= count; e++) tolerateElement(findings, segments, s, e);
  const last = first[s]! + count;
  if (count > 0 && edges[last + 1]! - edges[last]! === 1) {
    tolerateTrailing(findings, segments, s, undefined, undefined);
  }
}

/** ST01 and ST02. */
export function checkIdentity(
  set: string,
  control: string,
  definition: SetDefinition | undefined,
  group: OpenGroup,
  findings: Findings,
  offset: number,
  tell: TellSet,
): void {
  const { version } = group.header;
  if (!/^[0-9A-Z]{3}$/.test(set)) tell('6', `ST01 is "${set}": a set id such as 850 expected`);
  else if (!isTaken(group, set)) {
    const held = definition === undefined ? `is not held in version ${version}` : 'is not agreed';
    tell('1', `set ${set} ${held}`);
  } else if (definition === undefined) {
    const message = `set ${set} is not held in this version: accepted on its envelope`;
    findings.warnings.push({ severity: 'warning', code: undefined, message, offset });
  } else checkGroup(definition, group, findings, offset, tell);
  if (!/^[0-9A-Za-z]{4,9}$/.test(control)) {
    tell('7', `ST02 control number is "${control}": four to nine characters expected`);
  } else if (group.controls.has(control)) {
    tell('23', `ST02 control number ${control} was in this group before`);
  }
  group.controls.add(control);
}

function checkGroup(
  { set, group: kind }: SetDefinition,
  { header, tolerance }: OpenGroup,
  findings: Findings,
  offset: number,
  tell: TellSet,
): void {
  const reaction = tolerance['foreign-group'];
  if (kind === header.functionalId || reaction === 'accept') return;
  const message = `set ${set} belongs in a group ${kind}, and GS01 is "${header.functionalId}"`;
  if (reaction === 'refuse') tell('6', message);
  else {
    if (reaction === 'note') findings.noted++;
    findings.warnings.push({ severity: 'warning', code: '6', message, offset });
  }
}

/** SE01 and SE02. */
export function checkTrailer(event: SetEvent, segments: Segments, control: string, tell: TellSet): void {
  const last = segments.count - 1;
  if (!event.complete || last < 1 || segmentId(segments, last) !== 'SE') {
    tell('2', `set ${control} has no SE`);
    return;
  }
  const [count, repeated] = [element(segments, last, 1), element(segments, last, 2)];
  if (repeated !== control) tell('3', `SE02 is "${repeated}" and ST02 "${control}"`);
  if (!/^\d{1,10}$/.test(count) || Number(count) !== event.received) {
    tell('4', `SE01 is "${count}" and the set has ${event.received} segments`);
  }
}
