import type { ScopePlan } from '../language/plan.ts';
import { isList, type JsonSchema } from '../language/schema.ts';
import { type Bits, FINISHED, masksOf } from './touched.ts';

/**
 * Makes an object of the canonical type from the slots that the bindings in `touched` have filled, and empties them
 * for the next; undefined where the object would be empty.
 */
export type BuildObject = (slots: unknown[], touched: number) => Record<string, unknown> | undefined;

/** Room for every field of a scope, all of them absent. */
export function newSlots(scope: ScopePlan): unknown[] {
  return new Array(scope.fields.size).fill(undefined);
}

/** All of one shape, because every object that is made asks many of them. */
type Member = {
  readonly name: string;
  /** -1 for a constant or a group of fields. */
  readonly slot: number;
  /** Bindings that may fill it. */
  readonly mask: number;
  /** Absent values are an empty list. */
  readonly list: boolean;
  readonly constant: string | undefined;
  readonly members: readonly Member[] | undefined;
};

const ALWAYS = -1;

/**
 * Keys come in the order of the canonical type and absent fields have none, so objects with the same fields
 * have the same shape. Without `bits` one binding fills all of it.
 */
export function compileBuild(scope: ScopePlan, bits?: Bits): BuildObject {
  const masks = bits === undefined ? [] : masksOf(bits, scope.fields.size);
  const all = compileMembers(scope, scope.schema, masks, '');
  const touchable = new Map<number, readonly Member[]>();
  return (slots, touched) => {
    let members = touchable.get(touched);
    if (members === undefined) {
      members = filterMembers(all, touched);
      touchable.set(touched, members);
    }
    return buildObject(members, slots);
  };
}

function compileMembers(
  scope: ScopePlan,
  schema: JsonSchema,
  masks: readonly number[],
  prefix: string,
): readonly Member[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly Member[] => {
    const ref = scope.fields.get(prefix + name);
    if (field.const !== undefined) {
      return [{ name, slot: -1, mask: ALWAYS, list: false, constant: field.const, members: undefined }];
    }
    // A list that every document has is there when nothing fills it: its slot may lie past those in use.
    const list = isList(field) && schema.required?.includes(name) === true;
    if (list || ref !== undefined) {
      const mask = list || ref === undefined ? ALWAYS : (masks[ref.slot] ?? ALWAYS);
      return [{ name, slot: ref?.slot ?? -1, mask, list, constant: undefined, members: undefined }];
    }
    const inner = [...scope.fields.keys()].some((path) => path.startsWith(`${prefix}${name}.`));
    if (!inner) return [];
    const members = compileMembers(scope, field, masks, `${prefix}${name}.`);
    const mask = members.reduce((all, one) => all | one.mask, FINISHED);
    return [{ name, slot: -1, mask, list: false, constant: undefined, members }];
  });
}

function filterMembers(members: readonly Member[], touched: number): readonly Member[] {
  return members
    .filter(({ mask }) => (mask & touched) !== 0)
    .map((one) => ({ ...one, members: one.members && filterMembers(one.members, touched) }));
}

function buildObject(members: readonly Member[], slots: unknown[]): Record<string, unknown> | undefined {
  let object: Record<string, unknown> | undefined;
  for (let i = 0; i < members.length; i++) {
    const member = members[i]!;
    const { slot } = member;
    let value: unknown;
    if (slot < 0) value = valueWithoutSlot(member, slots);
    else {
      value = slots[slot];
      slots[slot] = undefined;
    }
    if (value === undefined && !member.list) continue;
    if (object === undefined) object = {};
    object[member.name] = value ?? [];
  }
  return object;
}

function valueWithoutSlot({ constant, members }: Member, slots: unknown[]): unknown {
  return members === undefined ? constant : buildObject(members, slots);
}
