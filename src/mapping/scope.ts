import type { Claim, FieldRef, ScopePlan } from './plan.ts';
import type { JsonSchema } from './schema.ts';

export function newScope(path: string, schema: JsonSchema): ScopePlan {
  return { path, schema, fields: new Map() };
}

/** The slot of a field of the scope, given out at its first binding. Two bindings of one list share its item scope. */
export function fieldRef(scope: ScopePlan, path: string, schema: JsonSchema): FieldRef {
  const known = scope.fields.get(path);
  if (known !== undefined) return known;
  const objects = schema.items?.properties !== undefined;
  const ref: FieldRef = {
    slot: scope.fields.size,
    path,
    keys: path.split('.'),
    items: objects ? newScope(`${scope.path}${path}[].`, schema.items!) : undefined,
  };
  scope.fields.set(path, ref);
  return ref;
}

/** One binding of a field or list, in the order in which it was met. */
export type Bound = {
  readonly scope: ScopePlan;
  readonly slot: number;
  readonly node: number;
  readonly claim: Claim;
};

export function claimField(bound: Bound[], scope: ScopePlan, slot: number, node: number): Claim {
  const claim: Claim = { written: true };
  bound.push({ scope, slot, node, claim });
  return claim;
}

/** Of several bindings of one field, the first in the order of the standard is written; the others only read. */
export function settleClaims(bound: readonly Bound[]): void {
  const first = new Map<ScopePlan, Set<number>>();
  for (const { scope, slot, claim } of bound.toSorted((a, b) => a.node - b.node)) {
    const slots = first.get(scope) ?? new Set();
    first.set(scope, slots);
    claim.written = !slots.has(slot);
    slots.add(slot);
  }
}
