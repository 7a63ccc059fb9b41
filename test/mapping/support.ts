import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatMistake, type Mistake } from '../../src/lib/mistake.ts';
import { checkMap } from '../../src/mapping/check/check-map.ts';
import { type CompiledMap, compileMap } from '../../src/mapping/compile/compile-map.ts';
import { type Codes, parseCodes } from '../../src/mapping/language/codes.ts';
import { documentSchema } from '../../src/mapping/language/documents.ts';
import type { MapFile } from '../../src/mapping/language/map-file.ts';
import { parseMap } from '../../src/mapping/language/parse-map.ts';
import { type Parts, parseParts } from '../../src/mapping/language/parts.ts';
import { resolveMap } from '../../src/mapping/language/resolve-map.ts';
import { loadStandards } from '../../src/pipeline/configuration/load-standards.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { SetReading } from '../../src/x12/interchange/reading.ts';
import type { SegmentData } from '../../src/x12/scan/segment-data.ts';
import { writeInterchange } from '../../src/x12/write/write.ts';

const maps = new URL('../../maps/', import.meta.url);

export const { standards } = loadStandards(fileURLToPath(maps));

export const codes: Codes = parseCodes('codes.yaml', readFileSync(new URL('codes.yaml', maps), 'utf8')).codes;

const parts = parseParts('parts.yaml', readFileSync(new URL('parts.yaml', maps), 'utf8')).parts;

/** A base map, as `extends:` finds it. */
export function lookup(name: string): MapFile | undefined {
  try {
    return parseMap(`maps/${name}.yaml`, readFileSync(new URL(`${name}.yaml`, maps), 'utf8'), parts).map;
  } catch {
    return undefined;
  }
}

/** Parses, resolves, checks and compiles a map as the gateway does. */
export function buildMap(
  source: string,
  version = '004010',
  shared: Parts = parts,
): { map: CompiledMap | undefined; mistakes: readonly Mistake[] } {
  const parsed = parseMap('map.yaml', source, shared);
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

const baseMaps = new Map<string, CompiledMap>();

export function baseMap(set: string, version = '004010'): CompiledMap {
  const name = `${set} ${version}`;
  const map = baseMaps.get(name) ?? soundMap(readFileSync(new URL(`x12/${set}.yaml`, maps), 'utf8'), version);
  baseMaps.set(name, map);
  return map;
}

/** No text of a test or of the corpus holds them. */
const CONTROL_SEPARATORS = { element: 29, component: 31, repetition: 28, terminator: 30 };

/** The segments inside an interchange of their own, read and validated. The views hold until the next call. */
export function readBack(set: string, segments: readonly SegmentData[], version = '004010'): SetReading {
  const envelope = {
    sender: { qualifier: 'ZZ', id: 'ACME' },
    receiver: { qualifier: 'ZZ', id: 'US' },
    date: '260104',
    time: '0415',
    version: version.slice(0, 5),
    control: '000000001',
    usage: 'P' as const,
    separators: CONTROL_SEPARATORS,
    newline: false,
  };
  const group = {
    functionalId: standards.get(version)!.sets.get(set)!.group,
    sender: 'ACME',
    receiver: 'US',
    date: version < '004010' ? '260104' : '20260104',
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
