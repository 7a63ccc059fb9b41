import type { CompiledElement, CompiledSegment } from '../standard/compile.ts';
import { tellTrailing, tolerateValue } from '../tolerate/tolerate.ts';
import { breaks, tellCondition } from './check-conditions.ts';
import { checkValue } from './check-value.ts';
import { expectation } from './expectation.ts';
import { addElementFinding, type ElementPlace, type Findings } from './findings.ts';

/** A composite, or an element of a segment that may hold repeats: rare, and slower. */
export function checkRepeats(element: CompiledElement, place: ElementPlace, findings: Findings): void {
  const { segments, start, end } = place;
  const { repetition } = segments.separators;
  const parts =
    repetition === undefined ? [[start, end] as const] : split(segments.bytes, start, end, repetition);
  if (parts.length > element.repeat) {
    const most = element.repeat === 1 ? 'once' : `${element.repeat} times`;
    addElementFinding(findings, place, element, '12', `it may be there ${most} and is ${parts.length} times`);
  }
  parts.forEach(([from, to], index) => {
    if (to === from) return;
    const one = { ...place, start: from, end: to, repetition: parts.length > 1 ? index + 1 : undefined };
    if (element.composite !== undefined) checkComposite(element, element.composite, one, findings);
    else checkSimple(element, one, findings);
  });
}

/** Whether there is a value. */
function checkSimple(element: CompiledElement, place: ElementPlace, findings: Findings): boolean {
  const { segments, start, end } = place;
  const code = checkValue(element, segments.bytes, start, end, 1, segments);
  if (code === undefined) return true;
  const meant = tolerateValue(findings, place, element, code);
  if (meant === 'wrong') addElementFinding(findings, place, element, code, expectation(element, code));
  return meant !== 'empty';
}

function checkComposite(
  whole: CompiledElement,
  compiled: CompiledSegment,
  place: ElementPlace,
  findings: Findings,
): void {
  const { segments, start, end } = place;
  const parts = split(segments.bytes, start, end, segments.separators.component);
  let present = 0;
  parts.forEach(([from, to], index) => {
    const element = compiled.elements[index];
    if (to === from || element === undefined) return;
    const one = { ...place, component: index + 1, start: from, end: to };
    if (checkSimple(element, one, findings)) present |= 1 << (index + 1);
  });
  const extra = parts.slice(compiled.elements.length).some(([from, to]) => to > from);
  if (extra) {
    addElementFinding(findings, place, whole, '13', `it has ${compiled.elements.length} components`);
  }
  const last = parts.length - 1;
  if (last > 0 && parts[last]![0] === end) {
    const trailing = parts.findLastIndex(([from, to]) => to > from) + 1;
    const behind = { ...place, component: trailing + 1, start: end, end };
    tellTrailing(findings, behind, compiled.elements[trailing], '13');
  }
  const at = (component: number) => {
    const [from, to] = parts[component - 1] ?? [end, end];
    return { ...place, component, start: from, end: to };
  };
  compiled.elements.forEach((element, index) => {
    const there = (present & (1 << (index + 1))) !== 0;
    if (element.use.mandatory && !there) {
      addElementFinding(findings, at(index + 1), element, '1', 'it is mandatory');
    }
  });
  let told = compiled.mandatory & ~present;
  for (const one of compiled.conditions) {
    if (breaks(one, present)) told = tellCondition(compiled, one.condition, present, told, at, findings);
  }
}

/** Places between separators. */
function split(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
): (readonly [number, number])[] {
  const parts: [number, number][] = [];
  let from = start;
  for (let i = start; i < end; i++) {
    if (bytes[i] !== separator) continue;
    parts.push([from, i]);
    from = i + 1;
  }
  parts.push([from, end]);
  return parts;
}
