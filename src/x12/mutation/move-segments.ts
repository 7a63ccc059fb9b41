import { type Body, isAround, runsOf, segmentFinding, staysBehind } from './body.ts';
import { nameSegment, type SetDamage } from './damage.ts';
import { placesBehind } from './instances.ts';

/**
 * A segment behind its neighbour in the same turn of a loop, where it can only be out of order: there is no place for
 * it further on, and no other place of its name before.
 */
export function* moveSegments(body: Body): Generator<SetDamage> {
  const { source, set } = body;
  const { definition, places } = set;
  for (const instance of body.instances) {
    const runs = runsOf(body, instance);
    for (const [index, { node, turns }] of runs.entries()) {
      const next = runs[index + 1];
      if (node.opens || next === undefined || next.node.opens) continue;
      const at = turns.at(-1)!.first;
      // When repeats stay behind, the neighbour still follows one of them.
      const before = at - 1;
      const namesakes = definition.nodes.filter(
        (one) => one !== node && one.segment === node.segment && isAround(body, one, node.loop),
      );
      const ahead = placesBehind(definition, next.node, node.segment);
      if (namesakes.length > 0 || ahead.length > 0 || !staysBehind(body, before, at + 1)) continue;
      const here = set.first + at;
      yield {
        kind: 'segment-out-of-order',
        place: nameSegment(source, set, here),
        splices: [
          { at: here, remove: 1, insert: [] },
          { at: here + 2, remove: 0, insert: [source.segments[here]!] },
        ],
        findings: [segmentFinding(body, '7', at + 1, places[at]!.segment, node)],
      };
    }
  }
}
