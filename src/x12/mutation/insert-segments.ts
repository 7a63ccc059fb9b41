import {
  type Body,
  isNeeded,
  isOnlyPlace,
  mostOf,
  type Run,
  runsOf,
  segmentFinding,
  type Turn,
} from './body.ts';
import { type NewSegment, nameSegment, type SetDamage } from './damage.ts';
import { isWithin, placesBehind } from './instances.ts';
import type { Finding } from './outcome.ts';

/** Segments and loops added where they do not belong, or once too often. */
export function* insertSegments(body: Body): Generator<SetDamage> {
  yield* insertStrangers(body);
  for (const instance of body.instances) {
    for (const run of runsOf(body, instance)) {
      yield* repeatTooOften(body, run);
      if (run.node.opens) yield* insertInClosedLoops(body, run);
    }
  }
}

/** What cannot be an id, and ids that no version is likely to have. */
const UNKNOWN = ['ZZZ', 'QQ', 'ABCD', 'Q'];

/** Segments that frame what they stand in: added, they would do more than be in the wrong place. */
const FRAMES = new Set(['ISA', 'IEA', 'ISB', 'ISE', 'TA1', 'TA3', 'GS', 'GE', 'ST', 'SE']);

function* insertStrangers(body: Body): Generator<SetDamage> {
  const { definition, standard } = body.set;
  const unknown = UNKNOWN.filter((id) => !standard.segments.has(id));
  const used = new Set(definition.nodes.map(({ segment }) => segment));
  const foreign = [...standard.segments.keys()].filter((id) => !used.has(id) && !FRAMES.has(id));
  const last = body.set.last - body.set.first;
  for (let before = 0; before < last; before++) {
    const around = body.set.places[before]!;
    const stranger = (code: '1' | '6', id: string): SetDamage => {
      const finding = segmentFinding(body, code, before + 1, id, around);
      const kind = code === '1' ? 'unknown-segment' : 'segment-not-in-set';
      return insert(body, kind, before, [{ id, elements: ['1'] }], [finding]);
    };
    yield stranger('1', unknown[before % unknown.length]!);
    if (foreign.length > 0) yield stranger('6', foreign[before % foreign.length]!);
  }
}

/** Where more than these would have to be written, one more is not tried. */
const MOST_REPEATS = 200;

function* repeatTooOften(body: Body, run: Run): Generator<SetDamage> {
  const { node, turns } = run;
  const missing = mostOf(body, node) - turns.length + 1;
  const turn = turns.at(-1)!;
  if (missing > MOST_REPEATS || !isOnlyPlace(body, turn.last, node)) return;
  const copy = node.opens ? copyTurn(body, turn) : [segmentOf(body, turn.first)];
  if (node.opens && !endsOpen(body, copy, run)) return;
  const added = Array.from({ length: missing }, () => copy).flat();
  const [kind, code] = node.opens
    ? (['too-many-loops', '4'] as const)
    : (['too-many-segments', '5'] as const);
  const at = turn.last + 1 + added.length - copy.length;
  yield insert(body, kind, turn.last, added, [segmentFinding(body, code, at, node.segment, node)]);
}

/** A turn of a loop with no more than it needs. */
function copyTurn(body: Body, { first, inner }: Turn): NewSegment[] {
  const needed = inner === undefined ? [] : runsOf(body, inner).filter(({ node }) => isNeeded(body, node));
  return [segmentOf(body, first), ...needed.flatMap(({ turns }) => copyTurn(body, turns[0]!))];
}

/** Whether another turn, and nothing else, may follow the last segment of a copied one. */
function endsOpen({ set }: Body, copy: readonly NewSegment[], { node }: Run): boolean {
  const found = placesBehind(set.definition, copy.at(-1)!.node!, node.segment);
  return found.length === 1 && found[0] === node;
}

/** A segment of a loop near the beginning and at the end of the set, where that loop is not open. */
function* insertInClosedLoops(body: Body, { node, turns }: Run): Generator<SetDamage> {
  const { set } = body;
  const { definition, places } = set;
  const inner = places.slice(turns[0]!.first + 1, turns[0]!.last + 1);
  const lost = inner.findIndex(
    ({ segment, opens }) =>
      !opens &&
      definition.nodes.every(
        (one) => one.segment !== segment || (!one.opens && isWithin(definition, one, node.loop)),
      ),
  );
  if (lost < 0) return;
  const segment = segmentOf(body, turns[0]!.first + 1 + lost);
  for (const before of new Set([1, places.length - 2])) {
    const around = places[before]!;
    if (isWithin(definition, around, node.loop) || before > places.length - 2) continue;
    const finding = segmentFinding(body, '2', before + 1, segment.id, around);
    yield insert(body, 'loop-not-open', before, [{ ...segment, node: undefined }], [finding]);
  }
}

function segmentOf({ source, set }: Body, s: number): NewSegment {
  return source.segments[set.first + s]!;
}

/** Segments added behind place `before`; named for the first of them. */
function insert(
  { source, set }: Body,
  kind: SetDamage['kind'],
  before: number,
  added: readonly NewSegment[],
  findings: readonly Finding[],
): SetDamage {
  const at = set.first + before + 1;
  const place = `${added[0]!.id}-behind-${nameSegment(source, set, at - 1)}`;
  return { kind, place, splices: [{ at, remove: 0, insert: added }], findings };
}
