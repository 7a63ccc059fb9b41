import type { CompiledCondition, CompiledSegment } from '../standard/compile.ts';
import type { Condition } from '../standard/definition.ts';
import { addElementFinding, type ElementPlace, type Findings } from './findings.ts';

/** Relational conditions (X12.6): P paired, R one required, E exclusion, C conditional, L list conditional. */
export function breaks({ condition, mask, firstMask }: CompiledCondition, present: number): boolean {
  const there = present & mask;
  switch (condition.kind) {
    case 'P':
      return there !== 0 && there !== mask;
    case 'R':
      return there === 0;
    case 'E':
      return (there & (there - 1)) !== 0;
    case 'C':
      return (there & firstMask) !== 0 && there !== mask;
    case 'L':
      return there === firstMask;
  }
}

/**
 * Tells what a broken condition misses or excludes, each element once however many conditions ask for it: `told` has
 * the bits of those that were told, and so has what is returned.
 */
export function tellCondition(
  compiled: CompiledSegment,
  { kind, positions }: Condition,
  present: number,
  told: number,
  place: (position: number) => ElementPlace,
  findings: Findings,
): number {
  let all = told;
  const tell = (position: number, code: '2' | '10', why: string, trigger?: number) => {
    if ((all & (1 << position)) !== 0) return;
    all |= 1 << position;
    addElementFinding(findings, place(position), compiled.elements[position - 1], code, why, { trigger });
  };
  const isThere = (position: number) => (present & (1 << position)) !== 0;
  const absent = positions.filter((position) => !isThere(position));
  const given = positions.filter(isThere);
  const [head, ...rest] = positions as readonly [number, ...number[]];
  switch (kind) {
    case 'P':
      for (const position of absent) {
        tell(position, '2', `${list(positions)} come together or not at all`, given[0]);
      }
      break;
    case 'R':
      tell(head, '2', `at least one of ${list(positions)} is required`);
      break;
    case 'E':
      tell(given[1]!, '10', `only one of ${list(positions)} may be there`, given[0]);
      break;
    case 'C':
      for (const position of absent) tell(position, '2', `required because element ${head} is there`, head);
      break;
    case 'L':
      tell(rest[0]!, '2', `one of ${list(rest)} is required because element ${head} is there`, head);
  }
  return all;
}

function list(positions: readonly number[]): string {
  return `elements ${positions.slice(0, -1).join(', ')} and ${positions.at(-1)}`;
}
