import type { Condition } from '../standard/definition.ts';
import { findingAt, isBare, replaceSegment, type SetDamage, setElement } from './damage.ts';
import type { Content } from './damage-elements.ts';
import { fillElement } from './fill-element.ts';
import { judgePresence } from './presence.ts';

/** Positions that are filled and emptied so that a condition is broken. */
type Break = { readonly fill: readonly number[]; readonly empty: readonly number[] };

/**
 * Every relational condition of a segment broken, in the ways that emptying a single element does not: that is done
 * for each element anyway. Whatever else the change breaks is expected as well.
 */
export function* damageConditions(content: Content): Generator<SetDamage> {
  const { source, set, s, segment, definition, name } = content;
  const present = (e: number) => (segment.elements[e - 1] ?? '') !== '';
  for (const condition of definition.conditions) {
    for (const { fill, empty } of breaksOf(condition, present)) {
      let broken = segment;
      for (const e of empty) broken = setElement(broken, e, '');
      for (const e of fill)
        broken = setElement(broken, e, fillElement(source, set.standard, definition.elements[e - 1]!));
      if (isBare(broken)) continue;
      const found = judgePresence(definition, broken.elements);
      yield {
        kind: condition.kind === 'E' ? 'exclusion' : 'missing-conditional',
        place: `${name}-${condition.kind}${condition.positions.map((e) => String(e).padStart(2, '0')).join('')}`,
        splices: [replaceSegment(s, broken)],
        findings: found.map((one) => findingAt(set, s, one)),
      };
    }
  }
}

function breaksOf({ kind, positions }: Condition, present: (e: number) => boolean): Break[] {
  const [head, ...rest] = positions as readonly [number, ...number[]];
  const there = positions.filter(present);
  const absent = positions.filter((e) => !present(e));
  switch (kind) {
    case 'P':
      return there.length === 0 ? positions.map((e) => ({ fill: [e], empty: [] })) : [];
    case 'R':
      return there.length > 1 ? [{ fill: [], empty: there }] : [];
    case 'C':
      return present(head) ? [] : rest.map((e) => ({ fill: [head], empty: [e] }));
    case 'L':
      if (present(head) && there.length === 2) return [];
      return [{ fill: present(head) ? [] : [head], empty: rest.filter(present) }];
    case 'E':
      if (there.length === 0) return [{ fill: [positions[0]!, positions[1]!], empty: [] }];
      return there.length === 1 ? absent.map((e) => ({ fill: [e], empty: [] })) : [];
  }
}
