import { type Body, isNeeded, type Run, runsOf, segmentFinding, staysBehind, type Turn } from './body.ts';
import { nameSegment, type SetDamage } from './damage.ts';
import { isWithin } from './instances.ts';
import type { Finding } from './outcome.ts';

/**
 * Segments and loops taken out. What the standard asks for is missed where the next segment stands; only changes after
 * which that one still goes to its own place are made.
 */
export function* removeSegments(body: Body): Generator<SetDamage> {
  for (const instance of body.instances) {
    for (const run of runsOf(body, instance)) {
      const { node, turns } = run;
      if (isNeeded(body, node)) yield* removeAll(body, run);
      if (!isNeeded(body, node) || turns.length > 1)
        for (const turn of turns) yield* removeTurn(body, run, turn);
      if (node.opens) yield* removeOpener(body, run);
    }
  }
}

function* removeAll(body: Body, { node, turns }: Run): Generator<SetDamage> {
  const [first, last] = [turns[0]!.first, turns.at(-1)!.last];
  if (!staysBehind(body, first - 1, last + 1)) return;
  const kind = node.opens ? 'missing-loop' : 'missing-segment';
  yield remove(body, kind, first, last, [segmentFinding(body, '3', first, node.segment, node)]);
}

function* removeTurn(body: Body, { node }: Run, { first, last }: Turn): Generator<SetDamage> {
  if (!staysBehind(body, first - 1, last + 1)) return;
  yield remove(body, node.opens ? 'loop-left-out' : 'segment-left-out', first, last, []);
}

/** Without its first segment a loop is not open: what is in it is unexpected, when it can stand nowhere else. */
function* removeOpener(body: Body, { node, turns }: Run): Generator<SetDamage> {
  const { set } = body;
  const { definition, places } = set;
  const [{ first, last }] = turns as readonly [Turn, ...Turn[]];
  const orphans = places.slice(first + 1, last + 1);
  const homeless = (id: string) =>
    id !== node.segment &&
    definition.nodes.every((one) => one.segment !== id || isWithin(definition, one, node.loop));
  if (orphans.length === 0 || !orphans.every(({ segment }) => homeless(segment))) return;
  if (!staysBehind(body, first - 1, last + 1)) return;
  const before = places[first - 1]!;
  const findings = orphans.map(({ segment }, index) =>
    segmentFinding(body, '2', first + index, segment, before),
  );
  if (isNeeded(body, node) && turns.length === 1) {
    findings.push(segmentFinding(body, '3', last, node.segment, node));
  }
  yield remove(body, 'missing-opener', first, first, findings);
}

function remove(
  { source, set }: Body,
  kind: SetDamage['kind'],
  first: number,
  last: number,
  findings: readonly Finding[],
): SetDamage {
  const at = set.first + first;
  const splices = [{ at, remove: last - first + 1, insert: [] }];
  return { kind, place: nameSegment(source, set, at), splices, findings };
}
