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
        if (reading.kind !== 'set') continue;
        const sent = rowsOf(reading.segments).slice(1, -1);
        const written = writeBack(reading);
        if (written === undefined) continue;
        documents++;
        t.deepEqual(findLosses(sent, written, String.fromCharCode(reading.separators.component)), []);
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

/** Every segment must be there, in the order sent, each value in its place. */
function findLosses(
  sent: readonly string[][],
  written: readonly SegmentData[],
  component: string,
): { sent: string; written: string }[] {
  const losses = sent.flatMap((row, s) => {
    const back = (written[s] ?? []).map((data) => sayElement(data, component));
    const kept = row.every((value, e) => value === '' || isSame(back, e, trimEnd(value, component)));
    return kept && addsNothing(row, back) ? [] : [{ sent: row.join('*'), written: back.join('*') }];
  });
  const more = written.slice(sent.length).filter(([id]) => id !== 'CTT');
  return [...losses, ...more.map((row) => ({ sent: '', written: row.join('*') }))];
}

function isSame(back: readonly string[], e: number, value: string): boolean {
  // Totals are checked and computed again: 000001 lines are 1 line.
  return back[e] === value || (back[0] === 'CTT' && e < 3 && Number(back[e]) === Number(value));
}

/** Nothing may be said that was not sent, but for line numbers and totals that the sender left out. */
function addsNothing(row: readonly string[], back: readonly string[]): boolean {
  return back.every((value, e) => {
    const left = value === '' || (row[e] ?? '') !== '';
    return left || (back[0] === 'PO1' && e === 1) || (back[0] === 'CTT' && e < 3);
  });
}

function sayElement(data: ElementData, component: string): string {
  if (typeof data === 'string') return data;
  if ('repeats' in data) throw new Error('no sample repeats an element');
  return trimEnd(data.join(component), component);
}

function trimEnd(value: string, component: string): string {
  let end = value.length;
  while (end > 0 && value[end - 1] === component) end--;
  return value.slice(0, end);
}
