import { join } from 'node:path';
import { type Mistake, mistake } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import { checkMap } from '../../mapping/check/check-map.ts';
import { type CompiledMap, compileMap } from '../../mapping/compile/compile-map.ts';
import { type Codes, parseCodes } from '../../mapping/language/codes.ts';
import { documentSchema, documentTypes } from '../../mapping/language/documents.ts';
import type { MapFile } from '../../mapping/language/map-file.ts';
import { parseMap } from '../../mapping/language/parse-map.ts';
import { type Parts, parseParts } from '../../mapping/language/parts.ts';
import { resolveMap } from '../../mapping/language/resolve-map.ts';
import type { Standard } from '../../x12/standard/definition.ts';
import { readTexts } from './read-folder.ts';

/** A map with the one that it extends worked in. */
export type LoadedMap = {
  readonly map: MapFile;
  /** Of the file itself. A map with mistakes is looked through for more of them and never used. */
  readonly mistakes: readonly Mistake[];
  /** The map that it extends has mistakes, so that nothing can be said about what it changes. */
  readonly adrift: boolean;
};

/** The base maps by name (`x12/850`), the parts that maps share and the code tables that they translate with. */
export type MapLibrary = {
  readonly maps: ReadonlyMap<string, LoadedMap>;
  readonly parts: Parts;
  readonly codes: Codes;
};

export function loadMaps(mapsFolder: string): { library: MapLibrary; mistakes: readonly Mistake[] } {
  const shared = readTexts(mapsFolder, '.yaml');
  const { codes, mistakes } = parseCodes(join(mapsFolder, 'codes.yaml'), shared.get('codes.yaml') ?? '');
  const { parts, mistakes: inParts } = parseParts(
    join(mapsFolder, 'parts.yaml'),
    shared.get('parts.yaml') ?? '',
  );
  const texts = new Map(
    [...readTexts(join(mapsFolder, 'x12'), '.yaml')].map(([name, text]) => [
      `x12/${name.replace(/\.yaml$/, '')}`,
      { file: join(mapsFolder, 'x12', name), text },
    ]),
  );
  const maps = new Map<string, LoadedMap>();
  const load = (name: string, chain: readonly string[]): LoadedMap | undefined => {
    const source = texts.get(name);
    if (maps.has(name) || source === undefined || chain.includes(name)) return maps.get(name);
    const loaded = loadMap(source, parts, (base) => load(base, [...chain, name]));
    maps.set(name, loaded);
    return loaded;
  };
  for (const name of texts.keys()) load(name, []);
  const inMaps = [...maps.values()].flatMap((loaded) => loaded.mistakes);
  return { library: { maps, parts, codes }, mistakes: [...mistakes, ...inParts, ...inMaps] };
}

/** A partner's overlay with the map that it extends. */
export function loadOverlay(library: MapLibrary, file: string, text: string): LoadedMap {
  return loadMap({ file, text }, library.parts, (name) => library.maps.get(name));
}

function loadMap(
  { file, text }: { readonly file: string; readonly text: string },
  parts: Parts,
  lookup: (name: string) => LoadedMap | undefined,
): LoadedMap {
  const { map, mistakes } = parseMap(file, text, parts);
  const base = map.extends === undefined ? undefined : lookup(map.extends.text);
  if (base !== undefined && !isSound(base)) return { map, mistakes, adrift: true };
  const resolved = resolveMap(map, () => base?.map);
  return { map: resolved.map, mistakes: [...mistakes, ...resolved.mistakes], adrift: false };
}

function isSound(loaded: LoadedMap): boolean {
  return loaded.mistakes.length === 0 && !loaded.adrift;
}

/** A map against one version of the standard, with every mistake that it has. */
export type BuiltMap = {
  readonly mistakes: readonly Mistake[];
  readonly usable: boolean;
  /** Undefined where it is not usable. Made when first asked for: a process uses few of the maps that it checks. */
  readonly compile: () => CompiledMap | undefined;
};
export type BuildMap = (loaded: LoadedMap, standard: Standard) => BuiltMap;

/** Builds each map for each version once. */
export function createBuilder(codes: Codes): BuildMap {
  const built = new Map<LoadedMap, Map<string, BuiltMap>>();
  return (loaded, standard) => {
    const versions = built.get(loaded) ?? new Map<string, BuiltMap>();
    built.set(loaded, versions);
    const made = versions.get(standard.version) ?? buildMap(loaded, standard, codes);
    versions.set(standard.version, made);
    return made;
  };
}

/** Whether a version is older than those that the map serves. */
export function isBefore(map: MapFile, version: string): boolean {
  return map.since !== undefined && version < map.since.text;
}

function buildMap(loaded: LoadedMap, standard: Standard, codes: Codes): BuiltMap {
  const { map } = loaded;
  // What names no set or document was told when the file was read.
  if (loaded.adrift || map.set === undefined || map.document === undefined) return unusable([]);
  if (isBefore(map, standard.version)) return unusable([]);
  const set = standard.sets.get(map.set.text);
  const document = documentSchema(map.document.text);
  if (set === undefined) {
    const hint = suggest(map.set.text, standard.sets.keys());
    const message = `set ${map.set.text} is not defined in ${standard.version}${hint}`;
    return unusable([mistake(map.set.place, message)]);
  }
  if (document === undefined) {
    const message = `there is no canonical document \`${map.document.text}\`${suggest(map.document.text, Object.keys(documentTypes))}`;
    return unusable([mistake(map.document.place, message)]);
  }
  // The plan is made anew for compiling: to keep those of all maps and versions would take more than all else.
  const check = () => checkMap(map, { set, standard, document, codes });
  const { plan, mistakes } = check();
  if (plan === undefined || !isSound(loaded)) return unusable(mistakes);
  let compiled: CompiledMap | undefined;
  const compile = () => {
    compiled ??= compileMap(check().plan!);
    return compiled;
  };
  return { mistakes, usable: true, compile };
}

function unusable(mistakes: readonly Mistake[]): BuiltMap {
  return { mistakes, usable: false, compile: () => undefined };
}
