import { readdirSync, readFileSync } from 'node:fs';
import { formatMistake, type Mistake } from '../../src/lib/mistake.ts';
import { checkMap } from '../../src/mapping/check-map.ts';
import { type Codes, parseCodes } from '../../src/mapping/codes.ts';
import { type CompiledMap, compileMap } from '../../src/mapping/compile-map.ts';
import { documentSchema } from '../../src/mapping/documents.ts';
import type { MapFile } from '../../src/mapping/map-file.ts';
import { parseMap } from '../../src/mapping/parse-map.ts';
import { resolveMap } from '../../src/mapping/resolve-map.ts';
import type { Standard } from '../../src/x12/definition.ts';
import { readInterchanges } from '../../src/x12/interchange.ts';
import type { SetReading } from '../../src/x12/reading.ts';
import type { SegmentData } from '../../src/x12/segment-data.ts';
import { parseStandard } from '../../src/x12/standard.ts';
import { writeInterchange } from '../../src/x12/write.ts';

const maps = new URL('../../maps/', import.meta.url);

function loadStandard(version: string, base?: Standard): Standard {
  const folder = new URL(`standards/x12/${version}/`, maps);
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const names = readdirSync(new URL('sets/', folder));
  return parseStandard(
    {
      version: read('version.yaml'),
      elements: read('elements.yaml'),
      segments: read('segments.yaml'),
      composites: read('composites.yaml'),
      sets: Object.fromEntries(names.map((name) => [name, read(`sets/${name}`)])),
    },
    base,
  );
}

const v4010 = loadStandard('004010');
export const standards: ReadonlyMap<string, Standard> = new Map([
  ['004010', v4010],
  ['005010', loadStandard('005010', v4010)],
]);

export const codes: Codes = parseCodes('codes.yaml', readFileSync(new URL('codes.yaml', maps), 'utf8')).codes;

/** A base map, as `extends:` finds it. */
export function lookup(name: string): MapFile | undefined {
  try {
    return parseMap(`maps/${name}.yaml`, readFileSync(new URL(`${name}.yaml`, maps), 'utf8')).map;
  } catch {
    return undefined;
  }
}

/** Parses, resolves, checks and compiles a map as the gateway does. */
export function buildMap(
  source: string,
  version = '004010',
): { map: CompiledMap | undefined; mistakes: readonly Mistake[] } {
  const parsed = parseMap('map.yaml', source);
  const resolved = resolveMap(parsed.map, lookup);
  const standard = standards.get(version)!;
  const set = standard.sets.get(resolved.map.set?.text ?? '');
  const document = documentSchema(resolved.map.document?.text ?? '');
  const before = [...parsed.mistakes, ...resolved.mistakes];
  if (set === undefined || document === undefined) return { map: undefined, mistakes: before };
  const checked = checkMap(resolved.map, { set, standard, document, codes });
  const mistakes = [...before, ...checked.mistakes];
  return { map: checked.plan === undefined ? undefined : compileMap(checked.plan), mistakes };
}

/** A map that must be free of mistakes. */
export function soundMap(source: string, version = '004010'): CompiledMap {
  const { map, mistakes } = buildMap(source, version);
  if (map === undefined || mistakes.length > 0) throw new Error(mistakes.map(formatMistake).join('\n'));
  return map;
}

export function baseMap(set: string, version = '004010'): CompiledMap {
  return soundMap(readFileSync(new URL(`x12/${set}.yaml`, maps), 'utf8'), version);
}

const FUNCTIONAL_IDS: Readonly<Record<string, string>> = { '850': 'PO', '855': 'PR', '997': 'FA' };

/** No text of a test or of the corpus holds them. */
const CONTROL_SEPARATORS = { element: 29, component: 31, repetition: 28, terminator: 30 };

/** The segments inside an interchange of their own, read and validated. The views hold until the next call. */
export function readBack(set: string, segments: readonly SegmentData[], version = '004010'): SetReading {
  const envelope = {
    sender: { qualifier: 'ZZ', id: 'ACME' },
    receiver: { qualifier: 'ZZ', id: 'US' },
    date: '260104',
    time: '0415',
    version: version === '004010' ? '00401' : '00501',
    control: '000000001',
    usage: 'P' as const,
    separators: CONTROL_SEPARATORS,
    newline: false,
  };
  const group = {
    functionalId: FUNCTIONAL_IDS[set]!,
    sender: 'ACME',
    receiver: 'US',
    date: '20260104',
    time: '0415',
    control: '1',
    version,
    sets: [{ set, control: '0001', segments }],
  };
  return firstSet(writeInterchange(envelope, [group]));
}

export function firstSet(bytes: Uint8Array): SetReading {
  for (const reading of readInterchanges(bytes, { standards })) if (reading.kind === 'set') return reading;
  throw new Error('no set was read');
}

/** Segments as text, `REF*CT*C-77`. */
export function parseSegments(text: string): SegmentData[] {
  return text
    .split(/[~\n]/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '')
    .map((segment) => segment.split('*'));
}

export function printSegments(segments: readonly SegmentData[]): string {
  return segments
    .map((segment) =>
      segment.map((element) => (Array.isArray(element) ? element.join('>') : element)).join('*'),
    )
    .join('~');
}
