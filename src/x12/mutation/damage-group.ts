import { type Damage, replaceSegment, type Splice, setElement } from './damage.ts';
import { otherControl } from './damage-set-envelope.ts';
import type { Kind } from './kinds.ts';
import type { GroupOutcome } from './outcome.ts';
import type { MutationSetting } from './setting.ts';
import type { Source, SourceGroup } from './source.ts';

/** GS and GE of one group. */
export function* damageGroup(
  source: Source,
  group: SourceGroup,
  setting: MutationSetting,
): Generator<Damage> {
  const { first, last, sets, index } = group;
  const [gs, ge] = [source.segments[first]!, source.segments[last]!];
  const damage = (
    kind: Kind,
    place: string,
    splices: Splice[],
    lead: (group: GroupOutcome) => void,
  ): Damage => ({
    kind,
    place,
    change: { kind: 'splices', splices },
    lead: (outcome) => {
      lead(outcome.groups[index]!);
      return outcome;
    },
  });
  const trailer = (kind: Kind, e: number, value: string, lead: (group: GroupOutcome) => void) =>
    damage(kind, `GE-0${e}`, [replaceSegment(last, setElement(ge, e, value))], lead);
  const header = (kind: Kind, e: number, value: string, lead: (group: GroupOutcome) => void) =>
    damage(kind, `GS-0${e}`, [replaceSegment(first, setElement(gs, e, value))], lead);

  for (const count of [String(sets.length + 1), 'X', '']) {
    yield trailer('wrong-set-count', 1, count, (one) => {
      one.codes.push('5');
      one.included = /^\d+$/.test(count) ? Number(count) : undefined;
    });
  }
  for (const control of [otherControl(gs.elements[5]!), '']) {
    yield trailer('group-controls-differ', 2, control, (one) => one.codes.push('4'));
  }
  for (const control of ['ABC', '1234567890', '']) {
    const both = [
      replaceSegment(first, setElement(gs, 6, control)),
      replaceSegment(last, setElement(ge, 2, control)),
    ];
    yield damage('bad-group-control', 'GS-06', both, (one) => {
      one.codes.push('6');
      one.control = control;
    });
  }
  yield damage('missing-group-trailer', 'GE', [{ at: last, remove: 1, insert: [] }], (one) => {
    one.codes.push('3');
    one.included = undefined;
  });
  yield* damageIdentity(source, group, setting, header);
}

type Header = (kind: Kind, e: number, value: string, lead: (group: GroupOutcome) => void) => Damage;

/** GS01 and GS08: what the group says that its sets are. */
function* damageIdentity(
  { segments }: Source,
  { first, sets }: SourceGroup,
  setting: MutationSetting,
  header: Header,
): Generator<Damage> {
  const { standards, tolerance } = setting;
  const [groups, unknown] = groupsOf(setting);
  const own = segments[first]!.elements[0];
  // FA is never answered.
  const other = [...groups].find((id) => id !== own && id !== 'FA');
  const refuseSets = (group: GroupOutcome) => {
    for (const set of group.sets) set.codes.push('6');
  };
  if (tolerance['foreign-group'] === 'refuse') {
    if (other !== undefined) yield header('group-of-another-set', 1, other, refuseSets);
    for (const id of ['QQ', '']) {
      yield header('unknown-group', 1, id, (group) => {
        if (unknown === 'refused') group.codes.push('1');
        refuseSets(group);
      });
    }
  }
  // By a version that is none the oldest held one serves, and what it finds in a set does not count.
  const oldest = standards.get([...standards.keys()].sort()[0]!)!;
  for (const version of ['4010', 'ABC', '']) {
    yield header('bad-version', 8, version, (group) => {
      group.codes.push('2');
      group.sets.forEach((set, index) => {
        const known = oldest.sets.has(sets[index]!.definition.set);
        if (!known && setting.sets === 'held') set.codes.push('1');
      });
    });
  }
}

/** Groups of the sets that are taken, and whether one of another is refused: not where a set may be of any. */
function groupsOf({ standards, sets }: MutationSetting): readonly [ReadonlySet<string>, 'refused' | 'taken'] {
  const all = [...standards.values()].flatMap((standard) => [...standard.sets.values()]);
  const taken = typeof sets === 'object' ? all.filter(({ set }) => sets.has(set)) : all;
  const defined = new Set(all.map(({ set }) => set));
  const open = sets === 'any' || (sets !== 'held' && [...sets].some((set) => !defined.has(set)));
  return [new Set(taken.map(({ group }) => group)), open ? 'taken' : 'refused'];
}
