import { findBreaches } from '../sample/conditions.ts';
import type { SegmentDefinition } from '../standard/definition.ts';
import type { Kind } from './kinds.ts';
import type { ElementFinding } from './outcome.ts';

/**
 * What a definition finds missing or excluded among the elements of a segment, or the components of a composite:
 * `position` counts in the definition, and one that is mandatory is not told as conditional as well.
 */
export function judgePresence(definition: SegmentDefinition, values: readonly string[]): ElementFinding[] {
  const present = new Set(values.flatMap((value, index) => (value === '' ? [] : [index + 1])));
  const reference = (position: number) => definition.elements[position - 1]!.ref;
  const missing = definition.elements.flatMap((use, index): ElementFinding[] =>
    use.mandatory && !present.has(index + 1) ? [{ position: index + 1, reference: use.ref, code: '1' }] : [],
  );
  const told = new Set(missing.map(({ position }) => position));
  const broken = findBreaches(definition.conditions, present).flatMap(
    ({ kind, position }): ElementFinding[] => {
      if (kind === 'excluded') {
        return [{ position, reference: reference(position), code: '10', value: values[position - 1]! }];
      }
      return told.has(position) ? [] : [{ position, reference: reference(position), code: '2' }];
    },
  );
  return [...missing, ...broken];
}

/** What to call a damage by what it leaves missing. */
export function kindOfAbsence(found: readonly ElementFinding[]): Kind {
  if (found.length === 0) return 'element-left-out';
  if (found.some(({ code }) => code === '1')) return 'missing-element';
  return found.some(({ code }) => code === '2') ? 'missing-conditional' : 'exclusion';
}
