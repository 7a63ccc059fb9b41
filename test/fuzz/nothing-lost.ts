import type { SetReading } from '../../src/x12/interchange/reading.ts';
import { element, elementCount } from '../../src/x12/scan/segments.ts';
import { explainDifferences } from '../sets/differences.ts';
import type { WrittenAgain } from '../sets/write-again.ts';

/** Values of a sound set that are not written again from its document, neither as they were nor otherwise by a rule. */
export function findLost(again: WrittenAgain): readonly string[] {
  const { exact, report, separators } = again.sent;
  if (!exact || report.status !== 'A' || explainDifferences(again)[0] !== 'unexplained') return [];
  // Where ISA16 is a sign of numbers too, nobody can say which of the two it is.
  if ('.-'.includes(String.fromCharCode(separators.component))) return [];
  // A map may add what the standard asks for: no harm as long as all that was sent is there.
  const written = listValues(again.written);
  return [...listValues(again.sent)].filter((value) => value !== '' && !written.has(value));
}

function listValues({ segments, separators }: SetReading): Set<string> {
  const signs = [separators.component, separators.repetition ?? separators.component];
  const [component, repetition] = signs.map((sign) => String.fromCharCode(sign));
  const values = new Set<string>();
  for (let s = 1; s < segments.count - 1; s++) {
    for (let e = 0; e <= elementCount(segments, s); e++) {
      const parts = element(segments, s, e).split(component!);
      // Numbers lose zeros in front and a point at the end.
      for (const part of parts.flatMap((one) => one.split(repetition!))) {
        values.add(part.replace(/^(-?)0+(?=\d)|\.$/g, '$1'));
      }
    }
  }
  return values;
}
