import { makeSegment } from '../sample/make-document.ts';
import type { SegmentDefinition } from '../standard/definition.ts';
import { type AgreedRule, isMeant } from './agreed-rules.ts';
import { type Body, isNeeded, mostOf, runsOf, segmentFinding, staysBehind } from './body.ts';
import {
  findingAt,
  isBare,
  type NewSegment,
  nameElement,
  nameSegment,
  replaceSegment,
  type SetDamage,
  setElement,
} from './damage.ts';
import { fillElement, writeElement } from './fill-element.ts';
import { placesBehind } from './instances.ts';
import { judgePresence } from './presence.ts';

/**
 * What a partner's guide demands beyond the standard, broken. What the rules find is looked for in every mutant, so
 * that a damage tells here only what the standard finds besides.
 */
export function* breakRules(body: Body, rules: readonly AgreedRule[]): Generator<SetDamage> {
  for (const rule of rules) {
    if (rule.element !== undefined) yield* breakElement(body, rule, rule.element);
    else if (rule.kind === 'require') yield* removeRequired(body, rule);
    else if (rule.kind === 'forbid') yield* insertForbidden(body, rule);
  }
}

function* breakElement({ source, set }: Body, rule: AgreedRule, e: number): Generator<SetDamage> {
  const value = { require: () => '', forbid: chooseAny, codes: chooseOther }[rule.kind];
  for (let s = set.first + 1; s < set.last; s++) {
    const segment = source.segments[s]!;
    if (!isMeant(rule, segment)) continue;
    const definition = set.standard.segments.get(segment.id)!;
    const made = value({ source, set }, rule, definition, e);
    const broken = made === undefined ? segment : setElement(segment, e, made);
    // A value that tells which segments are meant cannot be changed without meaning others.
    if (made === undefined || !isMeant(rule, broken) || isBare(broken)) continue;
    yield {
      kind: KIND_OF[rule.kind],
      place: nameElement(nameSegment(source, set, s), e),
      splices: [replaceSegment(s, broken)],
      findings: judgePresence(definition, broken.elements).map((one) => findingAt(set, s, one)),
    };
  }
}

const KIND_OF = {
  require: 'required-by-partner',
  forbid: 'forbidden-by-partner',
  codes: 'code-of-no-partner',
} as const;

type Made = Pick<Body, 'source' | 'set'>;

function chooseAny({ source, set }: Made, _: AgreedRule, definition: SegmentDefinition, e: number): string {
  return fillElement(source, set.standard, definition.elements[e - 1]!);
}

/** What the standard allows and the partner does not list. */
function chooseOther(
  { set }: Made,
  rule: AgreedRule,
  definition: SegmentDefinition,
  e: number,
): string | undefined {
  const element = set.standard.elements.get(definition.elements[e - 1]!.ref);
  if (element === undefined) return undefined;
  const { codes, min, max } = element;
  const free = ['A', 'B', '1', '2'].map((sign) => sign.repeat(Math.max(min, 1)));
  const candidates = [...(codes?.keys() ?? free)].filter((code) => code.length >= min && code.length <= max);
  return candidates.find((code) => !rule.codes.has(code));
}

/** All that the rule means, out of one turn of its loop after the other. */
function* removeRequired(body: Body, rule: AgreedRule): Generator<SetDamage> {
  const { source, set } = body;
  for (const instance of body.instances) {
    if (instance.loop !== rule.loop) continue;
    const found = runsOf(body, instance).flatMap((run) => {
      const turns = run.turns.filter(({ first }) => isMeant(rule, source.segments[set.first + first]!));
      return turns.length === 0 ? [] : [{ node: run.node, turns, all: turns.length === run.turns.length }];
    });
    const [run] = found;
    // Several places at once would have to be followed one by one; neighbours are enough.
    if (run === undefined || found.length > 1) continue;
    const [first, last] = [run.turns[0]!.first, run.turns.at(-1)!.last];
    const together = run.turns.every(
      (turn, index) => index === 0 || turn.first === run.turns[index - 1]!.last + 1,
    );
    if (!together || !staysBehind(body, first - 1, last + 1)) continue;
    const missed = run.all && isNeeded(body, run.node);
    yield {
      kind: 'required-by-partner',
      place: nameSegment(source, set, set.first + first),
      splices: [{ at: set.first + first, remove: last - first + 1, insert: [] }],
      findings: missed ? [segmentFinding(body, '3', first, rule.segment, run.node)] : [],
    };
  }
}

/** The segment at the first place where the standard would have it and all that follows keeps its place. */
function* insertForbidden(body: Body, rule: AgreedRule): Generator<SetDamage> {
  const { source, set } = body;
  const { definition, places, standard } = set;
  const plan = { standard, extent: 'least', size: 'usual', repeats: false, variant: 0 } as const;
  const [, ...data] = makeSegment(plan, rule.segment);
  const elements = data.map((one) => writeElement(source, one));
  if (rule.qualifier !== undefined) elements[0] = rule.qualifier;
  for (let before = 1; before < places.length - 1; before++) {
    const [node] = placesBehind(definition, places[before]!, rule.segment);
    const next = places[before + 1]!;
    if (node === undefined || !rule.nodes.has(node.index)) continue;
    const alone =
      !node.opens || definition.nodes.every((one) => one.loop !== node.loop || one.opens || !one.mandatory);
    const room = places.filter((one) => one === node).length < mostOf(body, node);
    if (!alone || !room || placesBehind(definition, node, next.segment)[0] !== next) continue;
    const added: NewSegment = { id: rule.segment, elements, node };
    const at = set.first + before + 1;
    const place = `${rule.segment}-behind-${nameSegment(source, set, at - 1)}`;
    yield { kind: 'forbidden-by-partner', place, splices: [{ at, remove: 0, insert: [added] }] };
    return;
  }
}
