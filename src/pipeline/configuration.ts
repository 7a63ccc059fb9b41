import { readFileSync } from 'node:fs';
import type { CompanyFile } from '../domain/partner/partner.ts';
import type { Mistake } from '../lib/yaml-file.ts';
import type { CompiledMap } from '../mapping/compile-map.ts';
import type { MapFile } from '../mapping/map-file.ts';
import type { Standard } from '../x12/definition.ts';
import { chooseStandard } from '../x12/standard.ts';
import { buildMap, loadMaps, loadOverlay, type MapLibrary } from './configuration/load-maps.ts';
import {
  type LoadedPartner,
  loadCompany,
  loadPartners,
  type Partner,
} from './configuration/load-partners.ts';
import { loadStandards } from './configuration/load-standards.ts';

export type { Partner } from './configuration/load-partners.ts';

/** Standards, maps and partners as they lie on disk; loaded whole and replaced whole. */
export type Configuration = {
  /** Absent when company.yaml is missing or wrong: documents can be read, not exchanged. */
  readonly company: CompanyFile | undefined;
  readonly standards: ReadonlyMap<string, Standard>;
  readonly library: MapLibrary;
  /** Partners without mistakes, given that company.yaml has none: the others are not started and hinder nobody. */
  readonly partners: ReadonlyMap<string, Partner>;
  /** Every mistake, by the partner whose folder it is in; '' for what all share. */
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
  /** The compiled map of a set for a partner (or the base map), made at first use. */
  readonly mapFor: (partner: Partner | undefined, set: string, standard: Standard) => CompiledMap | undefined;
};

export type Folders = { readonly mapsFolder: string; readonly partnersFolder: string };

export function loadConfiguration(folders: Folders): Configuration {
  const { standards, mistakes: inStandards } = loadStandards(folders.mapsFolder);
  const { library, mistakes: inMaps } = loadMaps(folders.mapsFolder);
  const { company, mistakes: inCompany } = loadCompany(folders.partnersFolder);
  const loaded = loadPartners(folders.partnersFolder, library, standards);
  const mistakes = new Map<string, Mistake[]>([
    ['', [...inStandards, ...inMaps, ...inCompany, ...checkBaseMaps(library, standards)]],
  ]);
  const partners = new Map<string, Partner>();
  for (const [name, { partner, mistakes: own }] of loaded) {
    const all = [
      ...own,
      ...(partner === undefined ? [] : checkOverlays(partner, library, standards)),
      ...checkSharedNames(partner, loaded),
    ];
    if (all.length > 0) mistakes.set(name, all);
    if (partner !== undefined && !all.some((mistake) => mistake.warning !== true))
      partners.set(partner.id, partner);
  }
  return { company, standards, library, partners, mistakes, mapFor: compileOnce(library) };
}

/** A GS08 as the version that we hold for it. */
export function heldVersion(configuration: Configuration, gs08: string): string {
  return chooseStandard(configuration.standards, gs08)?.standard.version ?? gs08;
}

/** The configuration with one map, by name or by the path of its file, put before all others for its set. */
export function chooseMap(
  configuration: Configuration,
  name: string,
): { configuration: Configuration; mistakes: readonly Mistake[] } {
  const { library } = configuration;
  const known = library.maps.get(name);
  const { map, mistakes } =
    known !== undefined
      ? { map: known, mistakes: [] }
      : loadOverlay(library, name, readFileSync(name, 'utf8'));
  const chosen = new Map([[map.set?.text ?? '', map]]);
  return { configuration: { ...configuration, mapFor: compileOnce(library, chosen) }, mistakes };
}

function compileOnce(
  library: MapLibrary,
  chosen: ReadonlyMap<string, MapFile> = new Map(),
): Configuration['mapFor'] {
  const made = new Map<string, CompiledMap | undefined>();
  return (partner, set, standard) => {
    const map = chosen.get(set) ?? partner?.overlays.get(set) ?? library.maps.get(`x12/${set}`);
    if (map === undefined) return undefined;
    const key = `${map.file}\0${standard.version}`;
    if (!made.has(key)) made.set(key, buildMap(map, standard, library.codes).compiled);
    return made.get(key);
  };
}

function checkBaseMaps(library: MapLibrary, standards: ReadonlyMap<string, Standard>): Mistake[] {
  return [...library.maps.values()].flatMap((map) =>
    [...standards.values()]
      .filter((standard) => standard.sets.has(map.set?.text ?? ''))
      .flatMap((standard) => buildMap(map, standard, library.codes).mistakes),
  );
}

function checkOverlays(
  partner: Partner,
  library: MapLibrary,
  standards: ReadonlyMap<string, Standard>,
): Mistake[] {
  const standard = standards.get(partner.file.x12.version);
  if (standard === undefined) return [];
  return [...partner.overlays.values()].flatMap((map) => buildMap(map, standard, library.codes).mistakes);
}

/** Two partners under one identity or one login would receive each other's documents. */
function checkSharedNames(
  partner: Partner | undefined,
  loaded: ReadonlyMap<string, LoadedPartner>,
): Mistake[] {
  if (partner === undefined) return [];
  const found: Mistake[] = [];
  const place = { file: `${partner.folder}/partner.yaml`, line: 1, column: 1 };
  for (const { partner: other } of loaded.values()) {
    if (other === undefined || other.id === partner.id) continue;
    if (other.file.identity.x12.interchange === partner.file.identity.x12.interchange) {
      found.push({
        ...place,
        message: `interchange identity ${partner.file.identity.x12.interchange} is also that of ${other.id}`,
      });
    }
    const users = hostedUsers(other);
    for (const user of hostedUsers(partner)) {
      if (users.includes(user))
        found.push({ ...place, message: `SFTP user "${user}" is also that of ${other.id}` });
    }
  }
  return found;
}

function hostedUsers(partner: Partner): string[] {
  return partner.file.channels.flatMap((channel) => channel['sftp-hosted']?.user ?? []);
}
