import { type Mistake, mistake, type Say } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import type { SetDefinition, Standard } from '../../x12/standard/definition.ts';
import { type Address, formatAddress, type Narrowing } from '../language/map-file.ts';

/** What a partner's guide demands beyond the standard, found for one set. */
export type Rule = {
  readonly kind: 'require' | 'forbid' | 'codes';
  readonly address: Address;
  readonly codes: ReadonlySet<string>;
  /** Places in the set that the segment of the address may take. */
  readonly nodes: ReadonlySet<number>;
  /** Loop in which `require` of a segment looks, 0 for the set. */
  readonly loop: number;
  readonly reference: string | undefined;
};

export type NarrowingProgram = { readonly set: SetDefinition; readonly rules: readonly Rule[] };

/** Resolves the addresses under `require:`, `forbid:` and `codes:`; those that name no place are mistakes. */
export function compileNarrowing(
  narrowing: Narrowing,
  set: SetDefinition,
  standard: Standard,
): { program: NarrowingProgram; mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const none: readonly string[] = [];
  const asked: readonly Asked[] = [
    ...narrowing.require.map((address) => ({ kind: 'require' as const, address, codes: none })),
    ...narrowing.forbid.map((address) => ({ kind: 'forbid' as const, address, codes: none })),
    ...narrowing.codes.map(({ address, codes }) => ({ kind: 'codes' as const, address, codes })),
  ];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  const rules = asked.flatMap((one) => compileRule(one, set, standard, say) ?? []);
  return { program: { set, rules }, mistakes };
}

type Asked = Pick<Rule, 'kind' | 'address'> & { readonly codes: readonly string[] };

function compileRule(
  { kind, address, codes }: Asked,
  set: SetDefinition,
  standard: Standard,
  say: Say,
): Rule | undefined {
  const { segment } = address.step;
  const place = findPlace(address, set);
  if (place === undefined) {
    const known = set.nodes.map((node) => node.segment);
    const hint = suggest(segment, known.includes(segment) ? [] : known);
    say(address.place, `there is no \`${formatAddress(address)}\` in set ${set.set}${hint}`);
    return undefined;
  }
  const told = address.loops.find((step) => step.qualifier !== undefined);
  if (told !== undefined) {
    const plain = { ...address, loops: address.loops.map((step) => ({ ...step, qualifier: undefined })) };
    const right = `it holds for every loop ${told.segment}, so write \`${formatAddress(plain)}\``;
    say(address.place, `\`${formatAddress(address)}\`: ${right}`);
    return undefined;
  }
  const uses = standard.segments.get(segment)?.elements ?? [];
  const use = address.element === undefined ? undefined : uses[address.element - 1];
  if (address.element !== undefined && use === undefined) {
    const last = `${segment} ends at element ${uses.length}`;
    say(address.place, `there is no \`${formatAddress(address)}\`: ${last}`);
    return undefined;
  }
  return { kind, address, codes: new Set(codes), ...place, reference: use?.ref };
}

function findPlace(address: Address, set: SetDefinition): Pick<Rule, 'nodes' | 'loop'> | undefined {
  let loop = 0;
  for (const step of address.loops) {
    const next = set.loops.find((one) => one.parent === loop && one.id === step.segment);
    if (next === undefined) return undefined;
    loop = next.index;
  }
  const nodes = set.nodes.filter(
    (node) =>
      node.segment === address.step.segment &&
      (node.loop === loop || (node.opens && set.loops[node.loop]!.parent === loop)),
  );
  return nodes.length === 0 ? undefined : { nodes: new Set(nodes.map((node) => node.index)), loop };
}
