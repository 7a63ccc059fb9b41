import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { explainRead, type ReadOrigin } from '../../src/mapping/run/lineage.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { SetReading } from '../../src/x12/interchange/reading.ts';
import { element, elementCount, keepSegments, segmentId } from '../../src/x12/scan/segments.ts';
import { chooseStandard } from '../../src/x12/standard/standard.ts';
import { FOLDER } from '../corpus/folder.ts';
import { hasCorpus } from '../corpus/presence.ts';
import { baseMap, codes, lookup, printSegments, readBack, standards } from './support.ts';

if (hasCorpus()) {
  for (const folder of readdirSync(FOLDER).filter((name) => name.startsWith('x12-'))) {
    for (const name of readdirSync(new URL(`${folder}/`, FOLDER))) {
      const bytes = readFileSync(new URL(`${folder}/${name}`, FOLDER));
      for (const [i, reading] of listSets(bytes).entries()) {
        const title = `${folder}/${name} set ${i + 1} (${reading.report.set}, ${reading.report.status})`;

        test(`nothing is lost of ${title}`, (t) => {
          const { map } = mapOf(reading);
          const { document, origins } = explainRead(map, reading);
          t.deepEqual(readSet(map, reading), document);
          for (const [s, e, value] of listElements(reading)) {
            const here = origins.filter(
              (one) => one.segment === s && (one.element === e || one.element === 0),
            );
            t.true(here.length > 0, `${segmentId(reading.segments, s)} ${e} "${value}" is nowhere`);
            t.true(
              here.some((one) => holds(document, one, value)),
              `${JSON.stringify(here)} does not hold "${value}"`,
            );
          }
        });

        if (reading.report.status === 'A') {
          test(`reading what was written gives the same document: ${title}`, (t) => {
            const { map, version } = mapOf(reading);
            const document = readSet(map, reading);
            const { segments, problems, unwritten } = writeSet(map, document);
            t.deepEqual([problems, unwritten], [[], []]);
            const again = readBack(reading.report.set, segments, version);
            t.deepEqual(readSet(map, again), document, printSegments(segments));
          });
        }
      }
    }
  }
}

function listSets(bytes: Uint8Array): SetReading[] {
  const sets: SetReading[] = [];
  for (const reading of readInterchanges(bytes, { standards })) {
    if (reading.kind !== 'set' || reading.definition === undefined) continue;
    const map = lookup(`x12/${reading.report.set}`);
    if (map === undefined || versionOf(reading) < (map.since?.text ?? '')) continue;
    sets.push({
      ...reading,
      segments: keepSegments(reading.segments),
      nodes: reading.nodes.slice(0, reading.segments.count),
    });
  }
  return sets;
}

function versionOf(reading: SetReading): string {
  return chooseStandard(standards, reading.group.version)!.standard.version;
}

function mapOf(reading: SetReading): { map: ReturnType<typeof baseMap>; version: string } {
  const version = versionOf(reading);
  return { map: baseMap(reading.report.set, version), version };
}

function listElements({ segments }: SetReading): [number, number, string][] {
  const found: [number, number, string][] = [];
  for (let s = 0; s < segments.count; s++) {
    if (['ST', 'SE'].includes(segmentId(segments, s))) continue;
    for (let e = 1; e <= elementCount(segments, s); e++) {
      const value = element(segments, s, e);
      if (value !== '') found.push([s, e, value]);
    }
  }
  return found;
}

/** Whether the place that the lineage names holds the value, as text, as a date or as the name of a code. */
function holds(document: Record<string, unknown>, { path, rule }: ReadOrigin, value: string): boolean {
  if (path === undefined) return rule !== undefined;
  const there = valueAt(document, path);
  if (path.startsWith('unmapped')) {
    const plain = (there as { value: unknown[] }).value.flat(2).join('');
    return plain.includes(value.replace(/[>:^\\]/g, '')) || plain.includes(value);
  }
  if (typeof there !== 'string') return false;
  const named = [...codes.tables.values()].some(({ nameOf }) => nameOf.get(value) === there);
  // Dates and times lose their separators on the wire, implied decimals their point.
  const plain = there.replaceAll(/[-:.]/g, '').replace(/^0+(?=\d)/, '');
  return (
    there === value ||
    plain === value.replace(/^0+(?=\d)/, '') ||
    value.includes(there) ||
    there === 'other' ||
    named
  );
}

function valueAt(document: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}
