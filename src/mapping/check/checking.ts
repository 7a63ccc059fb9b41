import type { Say } from '../../lib/mistake.ts';
import type {
  ElementDefinition,
  SegmentDefinition,
  SegmentNode,
  SetDefinition,
  Standard,
} from '../../x12/standard/definition.ts';
import type { Codes } from '../language/codes.ts';
import type { Entry } from '../language/map-file.ts';
import type { LoopPlan, ScopePlan, SegmentPlan } from '../language/plan.ts';
import type { JsonSchema } from '../language/schema.ts';
import type { Bound } from '../language/scope.ts';

export type CheckContext = {
  readonly set: SetDefinition;
  readonly standard: Standard;
  /** JSON Schema of the canonical type. */
  readonly document: JsonSchema;
  readonly codes: Codes;
};

export type Crowded = {
  readonly entry: Entry;
  readonly plan: SegmentPlan | LoopPlan;
  readonly others: readonly (SegmentPlan | LoopPlan)[];
};

/** What the parts of the checker share while they look at one map. */
export type Checking = CheckContext & {
  readonly say: Say;
  /** What the map needs is broken elsewhere, where it is told: the map cannot be used. */
  readonly hinder: () => void;
  /** Every field binding met, to find those that bind a field twice. */
  readonly bound: Bound[];
  /** Every binding of a place that has one already. */
  readonly crowded: Crowded[];
};

/** Where the checker stands: one segment of the map and the objects that its elements may name. */
export type AtSegment = {
  readonly checking: Checking;
  readonly definition: SegmentDefinition;
  readonly node: SegmentNode;
  readonly scope: ScopePlan;
  /** The segment is one of `each:` a list of text, and `.` is its item. */
  readonly texts: boolean;
};

export function elementAt(at: AtSegment, position: number): ElementDefinition | undefined {
  return at.checking.standard.elements.get(at.definition.elements[position - 1]?.ref ?? '');
}

export function nameElement(at: AtSegment, position: number): string {
  return `${at.definition.id}-${String(position).padStart(2, '0')}`;
}
