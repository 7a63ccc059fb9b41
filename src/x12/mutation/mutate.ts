import { judgeByRules } from './agreed-rules.ts';
import type { Expected } from './answer.ts';
import type { Body } from './body.ts';
import {
  applyChange,
  completeDamage,
  type Damage,
  type NewSegment,
  nameSegment,
  type SetDamage,
} from './damage.ts';
import { breakRules } from './damage-agreed.ts';
import { cutBytes, damageSeparators, redressBytes } from './damage-bytes.ts';
import { damageConditions } from './damage-conditions.ts';
import { type Content, damageElements } from './damage-elements.ts';
import { damageGroup } from './damage-group.ts';
import { damageInterchange } from './damage-interchange.ts';
import { damageHeader, damageTrailer, repeatSetControl } from './damage-set-envelope.ts';
import { insertSegments } from './insert-segments.ts';
import { findInstances } from './instances.ts';
import type { Kind } from './kinds.ts';
import { damageLevels, judgeLevels } from './levels.ts';
import { moveSegments } from './move-segments.ts';
import { addNeighbours } from './neighbours.ts';
import { type Finding, outcomeOf, settleOutcome } from './outcome.ts';
import { removeSegments } from './remove-segments.ts';
import type { MutationSetting } from './setting.ts';
import { openSource, type Source, type SourceSet } from './source.ts';

/** A damaged interchange, and the answer that the standard asks for. */
export type Mutant = {
  readonly kind: Kind;
  /** For people and file names: `PO1-07`. */
  readonly place: string;
  readonly write: () => Uint8Array;
  readonly expect: () => Expected;
};

/** Every mutant of a sound interchange, one after the other: there may be many more than fit into memory. */
export function* mutate(bytes: Uint8Array, setting: MutationSetting): Generator<Mutant> {
  const source = openSource(bytes, setting.standards);
  for (const damage of damageSource(source, setting)) yield makeMutant(source, damage, setting);
  const besides = addNeighbours(source, setting.standards);
  if (besides === undefined) return;
  for (const damage of damageBesides(besides, setting)) yield makeMutant(besides.source, damage, setting);
}

function makeMutant(source: Source, damage: Damage, setting: MutationSetting): Mutant {
  const { kind, place, change, lead } = damage;
  return {
    kind,
    place,
    write: () => applyChange(source, change),
    expect: () => settleOutcome(lead(outcomeOf(source)), setting.policy),
  };
}

function* damageSource(source: Source, setting: MutationSetting): Generator<Damage> {
  const look = (set: SourceSet, segments: readonly NewSegment[]) => lookAtWhole(set, segments, setting);
  for (const group of source.groups) {
    for (const set of group.sets) yield* damageSet(source, set, setting);
    yield* damageGroup(source, group, setting);
  }
  yield* damageInterchange(source);
  yield* damageSeparators(source);
  yield* redressBytes(source);
  yield* cutBytes(source, setting.tolerance, look);
}

function* damageSet(source: Source, set: SourceSet, setting: MutationSetting): Generator<Damage> {
  for (const damage of listSetDamages(source, set, setting)) {
    yield completeDamage(source, set, damage, (segments) => lookAtWhole(set, segments, setting));
  }
  yield* damageHeader(source, set, setting);
}

function* listSetDamages(source: Source, set: SourceSet, setting: MutationSetting): Generator<SetDamage> {
  for (let s = set.first + 1; s < set.last; s++) {
    const segment = source.segments[s]!;
    const definition = set.standard.segments.get(segment.id)!;
    const content: Content = { source, set, s, segment, definition, name: nameSegment(source, set, s) };
    yield* damageElements(content, setting);
    yield* damageConditions(content);
  }
  const body: Body = { source, set, instances: findInstances(set) };
  yield* removeSegments(body);
  yield* insertSegments(body);
  yield* moveSegments(body);
  yield* damageLevels(source, set);
  yield* breakRules(body, setting.rulesFor(set));
  yield* damageTrailer(source, set);
  yield* repeatSetControl(source, set);
}

/** What is asked of a set as a whole, whatever the damage was: its levels, and the rules of the partner. */
function lookAtWhole(
  set: SourceSet,
  segments: readonly NewSegment[],
  { rulesFor }: MutationSetting,
): Finding[] {
  return [...judgeLevels(set, segments), ...judgeByRules(set.definition, rulesFor(set), segments)];
}

/** One damage of each kind to a set that has sound neighbours, which nothing of it touches. */
function* damageBesides(
  { source, set }: { source: Source; set: SourceSet },
  setting: MutationSetting,
): Generator<Damage> {
  const done = new Set<Kind>();
  for (const damage of damageSet(source, set, setting)) {
    if (done.has(damage.kind)) continue;
    done.add(damage.kind);
    if (damage.kind === 'repeated-set-control') yield damage;
    else yield { ...damage, kind: 'beside-sound-sets', place: `${damage.kind}-${damage.place}` };
  }
}
