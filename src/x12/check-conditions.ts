import type { CompiledCondition, CompiledSegment } from './compile.ts';
import type { Condition } from './definition.ts';
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

export function tellCondition(
  compiled: CompiledSegment,
  { kind, positions }: Condition,
  present: number,
  place: (position: number) => ElementPlace,
  findings: Findings,
): void {
  const tell = (position: number, code: '2' | '10', why: string) =>
    addElementFinding(findings, place(position), compiled.elements[position - 1], code, why);
  const isThere = (position: number) => (present & (1 << position)) !== 0;
  const absent = positions.filter((position) => !isThere(position));
  const [head, ...rest] = positions as readonly [number, ...number[]];
  switch (kind) {
    case 'P':
      for (const position of absent) tell(position, '2', `${list(positions)} come together or not at all`);
      return;
    case 'R':
      tell(head, '2', `at least one of ${list(positions)} is required`);
      return;
    case 'E':
      tell(positions.filter(isThere)[1]!, '10', `only one of ${list(positions)} may be there`);
      return;
    case 'C':
      for (const position of absent) tell(position, '2', `required because element ${head} is there`);
      return;
    case 'L':
      tell(rest[0]!, '2', `one of ${list(rest)} is required because element ${head} is there`);
  }
}

function list(positions: readonly number[]): string {
  return `elements ${positions.slice(0, -1).join(', ')} and ${positions.at(-1)}`;
}
