import { breaks, tellCondition } from './check-conditions.ts';
import { checkValue } from './check-value.ts';
import type { CompiledElement, CompiledSegment } from './compile.ts';
import { expectation } from './expectation.ts';
import { addElementFinding, type ElementPlace, type Findings } from './findings.ts';

/** A composite, or an element that may repeat: rare, and slower. */
export function checkRepeats(element: CompiledElement, place: ElementPlace, findings: Findings): void {
  const { segments, start, end } = place;
  const { repetition } = segments.separators;
  const parts =
    repetition === undefined ? [[start, end] as const] : split(segments.bytes, start, end, repetition);
  if (parts.length > element.repeat) {
    addElementFinding(
      findings,
      place,
      element,
      '12',
      `it may repeat ${element.repeat} times and does ${parts.length}`,
    );
  }
  parts.forEach(([from, to], index) => {
    if (to === from) return;
    const one = { ...place, start: from, end: to, repetition: parts.length > 1 ? index + 1 : undefined };
    if (element.composite !== undefined) checkComposite(element, element.composite, one, findings);
    else checkSimple(element, one, findings);
  });
}

function checkSimple(element: CompiledElement, place: ElementPlace, findings: Findings): void {
  const { segments, start, end } = place;
  const code = checkValue(element, segments.bytes, start, end, 1, segments);
  if (code !== undefined) addElementFinding(findings, place, element, code, expectation(element, code));
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
    present |= 1 << (index + 1);
    checkSimple(element, { ...place, component: index + 1, start: from, end: to }, findings);
  });
  const extra = parts.slice(compiled.elements.length).some(([from, to]) => to > from);
  if (extra) {
    addElementFinding(findings, place, whole, '13', `it has ${compiled.elements.length} components`);
  }
  const absent = (component: number) => ({ ...place, component, start: end, end });
  compiled.elements.forEach((element, index) => {
    const there = (present & (1 << (index + 1))) !== 0;
    if (element.use.mandatory && !there) {
      addElementFinding(findings, absent(index + 1), element, '1', 'it is mandatory');
    }
  });
  for (const one of compiled.conditions) {
    if (breaks(one, present)) tellCondition(compiled, one.condition, present, absent, findings);
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
