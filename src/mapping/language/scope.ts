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

/** That of a binding that has no field to share. */
export function newClaim(): Claim {
  return { written: true, shared: false };
}

export function claimField(bound: Bound[], scope: ScopePlan, slot: number, node: number): Claim {
  const claim = newClaim();
  bound.push({ scope, slot, node, claim });
  return claim;
}

/** Of several bindings of one field, the first in the order of the standard is written; the others only read. */
export function settleClaims(bound: readonly Bound[]): void {
  const firsts = new Map<ScopePlan, Map<number, Claim>>();
  for (const { scope, slot, claim } of bound.toSorted((a, b) => a.node - b.node)) {
    const slots = firsts.get(scope) ?? new Map<number, Claim>();
    firsts.set(scope, slots);
    const first = slots.get(slot);
    claim.written = first === undefined;
    claim.shared = first !== undefined;
    if (first === undefined) slots.set(slot, claim);
    else first.shared = true;
  }
}
