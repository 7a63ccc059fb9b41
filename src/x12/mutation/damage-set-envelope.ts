import {
  type Damage,
  replaceSegment,
  type SetDamage,
  type Splice,
  setElement,
  setOutcomeOf,
} from './damage.ts';
import type { Kind } from './kinds.ts';
import type { MutationSetting } from './setting.ts';
import type { Source, SourceSet } from './source.ts';

/** ST and SE, as far as the content of the set is judged as before. */
export function* damageTrailer(source: Source, set: SourceSet): Generator<SetDamage> {
  const [st, se] = [source.segments[set.first]!, source.segments[set.last]!];
  const trailer = (kind: Kind, place: string, e: number, value: string, code: string): SetDamage => ({
    kind,
    place,
    splices: [replaceSegment(set.last, setElement(se, e, value))],
    codes: [code],
  });
  const count = set.last - set.first + 1;
  for (const wrong of [count + 1, count - 1, 'X', '']) {
    yield trailer('wrong-segment-count', 'SE-01', 1, String(wrong), '4');
  }
  const control = st.elements[1]!;
  for (const wrong of [otherControl(control), ''])
    yield trailer('set-controls-differ', 'SE-02', 2, wrong, '3');
  for (const wrong of ['123', '1234567890', '']) {
    yield {
      kind: 'bad-set-control',
      place: 'ST-02',
      splices: numberSet(source, set, wrong),
      control: wrong,
      codes: ['7'],
    };
  }
  yield {
    kind: 'missing-set-trailer',
    place: 'SE',
    splices: [{ at: set.last, remove: 1, insert: [] }],
    codes: ['2'],
  };
}

/** ST01 and ST02, where they change what the set is; and the set without its ST. */
export function* damageHeader(source: Source, set: SourceSet, setting: MutationSetting): Generator<Damage> {
  const st = source.segments[set.first]!;
  const unknown = ['000', '998', 'ZZZ'].find((id) => !set.standard.sets.has(id) && !isAgreed(setting, id));
  const ids: [Kind, string, string[]][] = [
    ['bad-set-id', '85', ['6']],
    ['bad-set-id', '', ['6']],
  ];
  if (unknown !== undefined) ids.push(['unknown-set', unknown, setting.sets === 'any' ? [] : ['1']]);
  for (const [kind, id, codes] of ids) {
    yield {
      kind,
      place: 'ST-01',
      change: { kind: 'splices', splices: [replaceSegment(set.first, setElement(st, 1, id))] },
      lead: (outcome) => {
        const target = setOutcomeOf(outcome, set);
        target.set = id;
        target.codes.push(...codes);
        return outcome;
      },
    };
  }
  yield {
    kind: 'missing-set-header',
    place: 'ST',
    change: { kind: 'splices', splices: [{ at: set.first, remove: 1, insert: [] }] },
    lead: (outcome) => {
      const group = outcome.groups[set.group]!;
      group.sets = group.sets.filter((_, index) => index !== set.index);
      // GE01 counts a set that nobody has seen.
      group.codes.push('5');
      return outcome;
    },
  };
}

/** Whether the partner may send a set by name, whether anybody knows it or not. */
function isAgreed({ sets }: MutationSetting, set: string): boolean {
  return typeof sets === 'object' && sets.has(set);
}

/** The control number of the first set of its group given to a later one. */
export function* repeatSetControl(source: Source, set: SourceSet): Generator<SetDamage> {
  if (set.index === 0) return;
  const first = source.groups[set.group]!.sets[0]!;
  const control = source.segments[first.first]!.elements[1]!;
  yield {
    kind: 'repeated-set-control',
    place: 'ST-02',
    splices: numberSet(source, set, control),
    control,
    codes: ['23'],
  };
}

/** ST02 and SE02. */
export function numberSet({ segments }: Source, { first, last }: SourceSet, control: string): Splice[] {
  return [first, last].map((s) => replaceSegment(s, setElement(segments[s]!, 2, control)));
}

/** As long, with another last sign. */
export function otherControl(control: string): string {
  return control.slice(0, -1) + (control.endsWith('9') ? '8' : '9');
}
