import type { Segments } from '../scan/segments.ts';
import type { CompiledSegment } from '../standard/compile.ts';
import { tolerateTrailing, tolerateValue } from '../tolerate/tolerate.ts';
import { checkRepeats } from './check-composite.ts';
import { breaks, tellCondition } from './check-conditions.ts';
import { checkValue } from './check-value.ts';
import { expectation } from './expectation.ts';
import { addElementFinding, type ElementPlace, type Findings } from './findings.ts';

/** Checks the elements of segment `s`; when all is well nothing is allocated. */
export function checkSegment(
  compiled: CompiledSegment,
  segments: Segments,
  s: number,
  loop: string | undefined,
  findings: Findings,
): void {
  const { bytes, edges, first, odd, separators } = segments;
  const { elements } = compiled;
  const base = first[s]!;
  const count = first[s + 1]! - base - 2;
  const known = Math.min(count, elements.length);
  const oddHere = odd[s]!;
  let present = 0;
  let start = edges[base + 1]!;
  for (let e = 1; e <= known; e++) {
    const next = edges[base + e + 1]!;
    const end = next - 1;
    if (end > start) {
      // No segment of the standard has a mandatory or conditional element behind the thirty-first.
      if (e <= 31) present |= 1 << e;
      const element = elements[e - 1]!;
      if (element.composite !== undefined || (oddHere === 1 && separators.repetition !== undefined)) {
        checkRepeats(element, placeOf(segments, s, loop, e, start, end), findings);
      } else {
        const code = checkValue(element, bytes, start, end, oddHere, segments);
        if (code !== undefined) {
          const place = placeOf(segments, s, loop, e, start, end);
          const meant = tolerateValue(findings, place, element, code);
          if (meant === 'wrong')
            addElementFinding(findings, place, element, code, expectation(element, code));
          else if (meant === 'empty') present &= ~(1 << e);
        }
      }
    }
    start = next;
  }
  if (count > known) tellExtra(segments, s, loop, known, count, findings);
  if (count > 0 && edges[base + count + 1]! - edges[base + count]! === 1) {
    tolerateTrailing(findings, segments, s, loop, elements);
  }
  if ((present & compiled.mandatory) !== compiled.mandatory)
    tellMissing(compiled, segments, s, loop, findings);
  let told = compiled.mandatory & ~present;
  for (const one of compiled.conditions) {
    if (breaks(one, present))
      told = tellCondition(compiled, one.condition, present, told, placeAt(segments, s, loop), findings);
  }
}

function placeOf(
  segments: Segments,
  s: number,
  loop: string | undefined,
  position: number,
  start: number,
  end: number,
): ElementPlace {
  return { segments, s, loop, position, component: undefined, repetition: undefined, start, end };
}

/** Where an element is; one that is not there at its empty place, or at the end of the segment. */
function placeAt(
  segments: Segments,
  s: number,
  loop: string | undefined,
): (position: number) => ElementPlace {
  return (position) => {
    const last = segments.first[s + 1]! - 1;
    const edge = Math.min(segments.first[s]! + position, last);
    const start = segments.edges[edge]!;
    const end = edge === last ? start : segments.edges[edge + 1]! - 1;
    return placeOf(segments, s, loop, position, start, end);
  };
}

function tellExtra(
  segments: Segments,
  s: number,
  loop: string | undefined,
  known: number,
  count: number,
  findings: Findings,
): void {
  const base = segments.first[s]!;
  for (let e = known + 1; e <= count; e++) {
    const start = segments.edges[base + e]!;
    const end = segments.edges[base + e + 1]! - 1;
    if (end === start) continue;
    const place = placeOf(segments, s, loop, e, start, end);
    addElementFinding(findings, place, undefined, '3', `the segment has ${known} elements`);
    return;
  }
}

function tellMissing(
  compiled: CompiledSegment,
  segments: Segments,
  s: number,
  loop: string | undefined,
  findings: Findings,
): void {
  const place = placeAt(segments, s, loop);
  compiled.elements.forEach((element, e) => {
    if (!element.use.mandatory) return;
    const edge = segments.first[s]! + e + 1;
    const beyond = edge + 1 >= segments.first[s + 1]!;
    if (!beyond && segments.edges[edge + 1]! - 1 > segments.edges[edge]!) return;
    addElementFinding(findings, place(e + 1), element, '1', 'it is mandatory');
  });
}
