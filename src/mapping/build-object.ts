import type { ScopePlan } from './plan.ts';
import { isList, type JsonSchema } from './schema.ts';

/** Makes an object of the canonical type from the slots of its scope; undefined where it would be empty. */
export type BuildObject = (slots: readonly unknown[]) => Record<string, unknown> | undefined;

/** Room for every field of a scope, all of them absent. */
export function newSlots(scope: ScopePlan): unknown[] {
  return new Array(scope.fields.size).fill(undefined);
}

type Member =
  | { readonly kind: 'slot'; readonly name: string; readonly slot: number }
  | { readonly kind: 'list'; readonly name: string; readonly slot: number }
  | { readonly kind: 'const'; readonly name: string; readonly value: string }
  | { readonly kind: 'object'; readonly name: string; readonly build: BuildObject };

/**
 * Keys come in the order of the canonical type and absent fields have none, so objects with the same fields
 * have the same shape.
 */
export function compileBuild(scope: ScopePlan): BuildObject {
  return compileMembers(scope, scope.schema, '');
}

function compileMembers(scope: ScopePlan, schema: JsonSchema, prefix: string): BuildObject {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly Member[] => {
    const ref = scope.fields.get(prefix + name);
    const required = schema.required?.includes(name) === true;
    if (field.const !== undefined) return [{ kind: 'const', name, value: field.const }];
    // A list that every document has is there when nothing fills it: its slot may lie past those in use.
    if (isList(field) && required) return [{ kind: 'list', name, slot: ref?.slot ?? -1 }];
    if (ref !== undefined) return [{ kind: 'slot', name, slot: ref.slot }];
    const inner = [...scope.fields.keys()].some((path) => path.startsWith(`${prefix}${name}.`));
    return inner ? [{ kind: 'object', name, build: compileMembers(scope, field, `${prefix}${name}.`) }] : [];
  });
  return (slots) => buildObject(members, slots);
}

function buildObject(
  members: readonly Member[],
  slots: readonly unknown[],
): Record<string, unknown> | undefined {
  const object: Record<string, unknown> = {};
  let filled = false;
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    const value = memberValue(member, slots);
    if (value === undefined) continue;
    object[member.name] = value;
    filled = true;
  }
  return filled ? object : undefined;
}

function memberValue(member: Member, slots: readonly unknown[]): unknown {
  switch (member.kind) {
    case 'slot':
      return slots[member.slot];
    case 'list':
      return slots[member.slot] ?? [];
    case 'const':
      return member.value;
    case 'object':
      return member.build(slots);
  }
}
