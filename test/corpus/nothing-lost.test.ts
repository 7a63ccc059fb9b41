import test from 'ava';
import { writeSet } from '../../src/mapping/write-set.ts';
import { interpretSet } from '../../src/pipeline/process/interpret.ts';
import { readInterchanges } from '../../src/x12/interchange.ts';
import type { SetReading } from '../../src/x12/reading.ts';
import type { ElementData, SegmentData } from '../../src/x12/segment-data.ts';
import { chooseStandard } from '../../src/x12/standard.ts';
import { rowsOf } from '../x12/support.ts';
import { configuration, openProfile, readSample } from './corpus.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

if (hasCorpus()) {
  for (const [path, reads] of TABLE.filter(([, reads]) => reads > 0)) {
    test(`every value of ${path} is in its ${reads} documents`, (t) => {
      let documents = 0;
      for (const reading of readInterchanges(readSample(path), openProfile)) {
        if (reading.kind === 'interchange') documents += reading.ta1s.length;
        if (reading.kind !== 'set') continue;
        const written = writeBack(reading);
        if (written === undefined) continue;
        documents++;
        const { component, repetition } = reading.separators;
        const sent = rowsOf(reading.segments).slice(1, -1);
        const kept = written.map((row) => row.map((data) => sayElement(data, component, repetition)));
        const [before, after] = [listValues(sent, component), listValues(kept, component)];
        t.deepEqual(findMore(before, after), []);
        t.deepEqual(
          findMore(after, before).filter((value) => !isComputed(value)),
          [],
        );
      }
      t.is(documents, reads);
    });
  }
}

/**
 * What the document alone says, as segments: the base map writes what it bound, and what is under `unmapped` goes
 * back to its place. A value that is not in the document cannot come out of it.
 */
function writeBack(reading: SetReading): readonly SegmentData[] | undefined {
  const { document } = interpretSet(reading, openProfile);
  const standard = chooseStandard(configuration.standards, reading.group.version)?.standard;
  if (document === undefined || standard === undefined) return undefined;
  return writeSet(configuration.mapFor(undefined, reading.report.set, standard)!, document).segments;
}

/** Each value with its segment id; where it stands is what `written-again.test.ts` looks at. */
function listValues(rows: readonly (readonly string[])[], component: number): string[] {
  return rows.flatMap(([id, ...values]) =>
    values.flatMap((value) => {
      const said = trimEnd(value, component);
      // Totals are computed again: 000001 lines are 1 line.
      return said === '' ? [] : [`${id} ${id === 'CTT' ? said.replace(/^0+(?=\d)/, '') : said}`];
    }),
  );
}

/** What is in `these` more often than in `those`. */
function findMore(these: readonly string[], those: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const value of those) left.set(value, (left.get(value) ?? 0) + 1);
  return these.filter((value) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count < 1;
  });
}

/** Line numbers, totals and HL04 are written although the sender left them out. */
function isComputed(value: string): boolean {
  return /^(?:PO1 \d+|CTT [\d.]+|HL [01])$/.test(value);
}

function trimEnd(value: string, component: number): string {
  let end = value.length;
  while (end > 0 && value.charCodeAt(end - 1) === component) end--;
  return value.slice(0, end);
}

function sayElement(data: ElementData, component: number, repetition: number | undefined): string {
  if (typeof data === 'string') return data;
  const glue = (separator: number) => String.fromCharCode(separator);
  if ('repeats' in data)
    return data.repeats.map((one) => sayElement(one, component, repetition)).join(glue(repetition!));
  return data.join(glue(component));
}
