import { join } from 'node:path';
import type { Mistake } from '../../lib/yaml-file.ts';
import { checkMap } from '../../mapping/check-map.ts';
import { type Codes, parseCodes } from '../../mapping/codes.ts';
import { type CompiledMap, compileMap } from '../../mapping/compile-map.ts';
import { documentSchema } from '../../mapping/documents.ts';
import type { MapFile } from '../../mapping/map-file.ts';
import { parseMap } from '../../mapping/parse-map.ts';
import { resolveMap } from '../../mapping/resolve-map.ts';
import type { Standard } from '../../x12/definition.ts';
import { readTexts } from './read-folder.ts';

/** The base maps by name (`x12/850`) and the code tables that maps translate with. */
export type MapLibrary = { readonly maps: ReadonlyMap<string, MapFile>; readonly codes: Codes };

export function loadMaps(mapsFolder: string): { library: MapLibrary; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const tables = readTexts(mapsFolder, '.yaml').get('codes.yaml') ?? '';
  const { codes, mistakes: inCodes } = parseCodes(join(mapsFolder, 'codes.yaml'), tables);
  mistakes.push(...inCodes);
  const maps = new Map<string, MapFile>();
  for (const [name, text] of readTexts(join(mapsFolder, 'x12'), '.yaml')) {
    const parsed = parseMap(join(mapsFolder, 'x12', name), text);
    mistakes.push(...parsed.mistakes);
    maps.set(`x12/${name.replace(/\.yaml$/, '')}`, parsed.map);
  }
  return { library: { maps, codes }, mistakes };
}

/** A partner's overlay with the map that it extends. */
export function loadOverlay(
  library: MapLibrary,
  file: string,
  text: string,
): { map: MapFile; mistakes: readonly Mistake[] } {
  const parsed = parseMap(file, text);
  const resolved = resolveMap(parsed.map, (name) => library.maps.get(name));
  return { map: resolved.map, mistakes: [...parsed.mistakes, ...resolved.mistakes] };
}

/** Checks a map against one version of the standard and compiles it; every mistake when it has any. */
export function buildMap(
  map: MapFile,
  standard: Standard,
  codes: Codes,
): { compiled: CompiledMap | undefined; mistakes: readonly Mistake[] } {
  const set = standard.sets.get(map.set?.text ?? '');
  const document = documentSchema(map.document?.text ?? '');
  if (set === undefined || document === undefined) {
    const place = map.set?.place ?? { file: map.file, line: 1, column: 1 };
    const message =
      set === undefined
        ? `set ${map.set?.text} is not defined in ${standard.version}`
        : `there is no canonical document "${map.document?.text}"`;
    return { compiled: undefined, mistakes: [{ ...place, message }] };
  }
  const { plan, mistakes } = checkMap(map, { set, standard, document, codes });
  return { compiled: plan === undefined ? undefined : compileMap(plan), mistakes };
}
