import { latin1ToText } from '../../x12/scan/charset.ts';
import type { ElementPlan, FieldPlan, SegmentPlan } from '../language/plan.ts';
import { compileGroups, compilePairs, compileRepeats } from './compile-items.ts';
import { compileSpan, isOther, type ReadElement, type ReadSpan } from './compile-span.ts';

export function compileElement(plan: ElementPlan, segment: SegmentPlan): ReadElement {
  switch (plan.kind) {
    case 'pairs':
      return compilePairs(plan);
    case 'groups':
      return compileGroups(plan);
    case 'repeats':
      return compileRepeats(plan);
    case 'literal':
      // It was compared when the binding was chosen.
      return () => true;
    case 'field':
      return compilePlain(plan) ?? spread(compileSpan(plan, -1));
    default:
      return spread(compileSpan(plan, segment.list?.slot ?? -1));
  }
}

function spread(read: ReadSpan): ReadElement {
  return (reading, slots, edge) => read(reading, slots, reading.edges[edge]!, reading.edges[edge + 1]! - 1);
}

/** Text as it is: most elements. Written out because each call saved here is saved for every element. */
function compilePlain({ conversion, field }: FieldPlan): ReadElement | undefined {
  const { trim, upper, pad, as } = conversion;
  if (trim || upper || pad !== undefined || as.kind !== 'text') return undefined;
  const { slot } = field;
  return (reading, slots, edge) => {
    const { edges } = reading;
    const raw = reading.text.slice(edges[edge]!, edges[edge + 1]! - 1);
    const value = reading.encoded ? latin1ToText(raw, 'utf-8') : raw;
    if (isOther(slots[slot], value)) return false;
    slots[slot] = value;
    reading.filled++;
    return true;
  };
}
