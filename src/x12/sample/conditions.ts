import type { Condition } from '../standard/definition.ts';

/** What a relational condition (X12.6) finds wrong: the element that is told, and whether it is absent or excluded. */
export type Breach = {
  readonly condition: Condition;
  readonly kind: 'absent' | 'excluded';
  readonly position: number;
};

/** The breaches among the elements that are there, by position. */
export function findBreaches(conditions: readonly Condition[], present: ReadonlySet<number>): Breach[] {
  return conditions.flatMap((condition) => {
    const excluded = condition.kind === 'E';
    const positions = excluded
      ? condition.positions.filter((e) => present.has(e)).slice(1, 2)
      : lacks(condition, present);
    const kind = excluded ? ('excluded' as const) : ('absent' as const);
    return positions.map((position) => ({ condition, kind, position }));
  });
}

/** The elements that a condition misses; where one of several would do, the first of them. */
function lacks({ kind, positions }: Condition, present: ReadonlySet<number>): readonly number[] {
  const [head, ...rest] = positions as readonly [number, ...number[]];
  const absent = positions.filter((e) => !present.has(e));
  switch (kind) {
    case 'P':
      return absent.length < positions.length ? absent : [];
    case 'C':
      return present.has(head) ? absent : [];
    case 'R':
      return absent.length === positions.length ? [head] : [];
    case 'L':
      return present.has(head) && rest.every((e) => !present.has(e)) ? rest.slice(0, 1) : [];
    case 'E':
      return [];
  }
}
