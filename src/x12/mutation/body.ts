import type { SegmentNode } from '../standard/definition.ts';
import { type Instance, placesBehind } from './instances.ts';
import type { Finding } from './outcome.ts';
import { loopIdOf, type Source, type SourceSet } from './source.ts';

/** A set of a source with the turns of its loops. Places in it count from ST, which is 0. */
export type Body = {
  readonly source: Source;
  readonly set: SourceSet;
  readonly instances: readonly Instance[];
};

/** What stands at one place in a turn of a loop: the repeats of a segment, or the turns of an inner loop. */
export type Run = { readonly node: SegmentNode; readonly turns: readonly Turn[] };

/** One of them, from its first segment to its last. */
export type Turn = { readonly first: number; readonly last: number; readonly inner: Instance | undefined };

/** What stands in a turn of a loop behind its opener, or in the set between ST and SE. */
export function runsOf({ set }: Pick<Body, 'set'>, instance: Instance): readonly Run[] {
  const inner = new Map(instance.inner.map((one) => [one.first, one]));
  const runs: { node: SegmentNode; turns: Turn[] }[] = [];
  const end = instance.loop === 0 ? instance.last - 1 : instance.last;
  for (let s = instance.first + 1; s <= end; s++) {
    const turn = { first: s, last: inner.get(s)?.last ?? s, inner: inner.get(s) };
    const node = set.places[s]!;
    const run = runs.at(-1);
    if (run?.node === node) run.turns.push(turn);
    else runs.push({ node, turns: [turn] });
    s = turn.last;
  }
  return runs;
}

/** Whether the standard asks for what stands at a place: the loop, when the place opens one. */
export function isNeeded({ set }: Pick<Body, 'set'>, node: SegmentNode): boolean {
  return node.opens ? set.definition.loops[node.loop]!.mandatory : node.mandatory;
}

/** How often it may be there. */
export function mostOf({ set }: Pick<Body, 'set'>, node: SegmentNode): number {
  return node.opens ? set.definition.loops[node.loop]!.repeat : node.repeat;
}

/** Whether segment `next` goes where it does in the source as well when it stands right behind segment `before`. */
export function staysBehind({ set }: Body, before: number, next: number): boolean {
  const { definition, places } = set;
  const node = places[next]!;
  return placesBehind(definition, places[before]!, node.segment)[0] === node;
}

/** The same for a segment of which it is known that it cannot go anywhere else. */
export function isOnlyPlace({ set }: Body, before: number, node: SegmentNode): boolean {
  const found = placesBehind(set.definition, set.places[before]!, node.segment);
  return found.length === 1 && found[0] === node;
}

/** AK304 about place `at` of the changed set. */
export function segmentFinding(
  { set }: Body,
  code: '1' | '2' | '3' | '4' | '5' | '6' | '7',
  at: number,
  segment: string,
  around: SegmentNode,
): Finding {
  return { segment, position: at + 1, loop: loopIdOf(set.definition, around), code };
}

/** Whether a place stands directly in a loop or in one of those around it. */
export function isAround({ set }: Pick<Body, 'set'>, node: SegmentNode, loop: number): boolean {
  const { loops } = set.definition;
  const own = node.opens ? loops[node.loop]!.parent! : node.loop;
  for (let at: number | undefined = loop; at !== undefined; at = loops[at]!.parent)
    if (at === own) return true;
  return false;
}
