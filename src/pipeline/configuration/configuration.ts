import { readFileSync } from 'node:fs';
import { type Desk, USUAL_DESK } from '../../domain/exception/desk.ts';
import { readDesk } from '../../domain/exception/desk-file.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { formatMistake, type Mistake, sortMistakes } from '../../lib/mistake.ts';
import type { CompiledMap } from '../../mapping/compile/compile-map.ts';
import type { Standard } from '../../x12/standard/definition.ts';
import { chooseStandard } from '../../x12/standard/standard.ts';
import { type BuildMap, createBuilder, loadMaps, loadOverlay, type MapLibrary } from './load-maps.ts';
import { findUnusableMaps, loadCompany, loadPartners, type Partner, type Shared } from './load-partners.ts';
import { loadStandards, type Standards } from './load-standards.ts';
import { loadTemplates, type TemplateFiles } from './load-templates.ts';
import { findSharedNames } from './shared-names.ts';
import { shortenPath } from './shorten-path.ts';

export type { Partner } from './load-partners.ts';

/** Standards, maps and partners as they lie on disk; loaded whole and replaced whole. */
export type Configuration = {
  /** Absent when company.yaml is missing or wrong: documents can be read, not exchanged. */
  readonly company: CompanyFile | undefined;
  /** Who deals with exceptions, and by when. */
  readonly desk: Desk;
  readonly standards: ReadonlyMap<string, Standard>;
  readonly library: MapLibrary;
  /** Those that all partners share; a partner may have its own. */
  readonly templates: TemplateFiles;
  /** Partners without mistakes, given that company.yaml has none: the others are not started and hinder nobody. */
  readonly partners: ReadonlyMap<string, Partner>;
  /** Every mistake, by the partner whose folder it is in; '' for what all share. */
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
  /** The compiled map of a set for a partner (or the base map), each made once. */
  readonly mapFor: (partner: Partner | undefined, set: string, standard: Standard) => CompiledMap | undefined;
};

export type Folders = {
  readonly mapsFolder: string;
  readonly partnersFolder: string;
  /** Without it there are no templates. */
  readonly templatesFolder?: string | undefined;
};

/** What lies under `maps/`, and every mistake in it: by far the most of what a configuration takes to load. */
export type LoadedStandards = Shared & { readonly mistakes: readonly Mistake[] };

export function loadStandardsAndMaps(mapsFolder: string): LoadedStandards {
  const standards = loadStandards(mapsFolder);
  const { library, mistakes } = loadMaps(mapsFolder);
  const build = createBuilder(library.codes);
  const inBuilds = checkBaseMaps(library, standards, build);
  return { library, standards, build, mistakes: [...standards.mistakes, ...mistakes, ...inBuilds] };
}

/** `loaded` is what lies under `maps/`, for whoever loads the partners of several folders. */
export function loadConfiguration(
  folders: Folders,
  loaded: LoadedStandards = loadStandardsAndMaps(folders.mapsFolder),
): Configuration {
  const { library, standards, build } = loaded;
  const { company, mistakes: inCompany } = loadCompany(folders.partnersFolder);
  const templates =
    folders.templatesFolder === undefined ? new Map() : loadTemplates(folders.templatesFolder);
  const common = tidy([...loaded.mistakes, ...inCompany]);
  const { partners, mistakes } = judgePartners(
    folders.partnersFolder,
    loaded,
    common,
    company?.erp?.login?.user,
  );
  return {
    company,
    desk: company === undefined ? USUAL_DESK : readDesk(company),
    standards: standards.standards,
    library,
    templates,
    partners,
    mistakes: new Map([['', common], ...mistakes]),
    mapFor: findMaps(library, build),
  };
}

/** The partners that may start, and the mistakes in the folder of each, without those that all share. */
function judgePartners(
  folder: string,
  shared: Shared,
  common: readonly Mistake[],
  erpUser: string | undefined,
): { partners: Map<string, Partner>; mistakes: Map<string, readonly Mistake[]> } {
  const loaded = loadPartners(folder, shared);
  const told = new Set(common.map(formatMistake));
  const partners = new Map<string, Partner>();
  const mistakes = new Map<string, readonly Mistake[]>();
  for (const [name, one] of loaded) {
    const others = [...loaded].flatMap(([other, { partner }]) => (other === name ? [] : [partner]));
    const own = tidy([...one.mistakes, ...findSharedNames(one, others, erpUser)]).filter(
      (mistake) => !told.has(formatMistake(mistake)),
    );
    const hindered = own.some((mistake) => mistake.warning !== true) ? [] : findUnusableMaps(one, shared);
    const all = tidy([...own, ...hindered]);
    if (all.length > 0) mistakes.set(name, all);
    if (one.partner !== undefined && !all.some((mistake) => mistake.warning !== true))
      partners.set(one.partner.id, one.partner);
  }
  return { partners, mistakes };
}

/** As people read them: each once, in the order of the files, under names that are short. */
function tidy(mistakes: readonly Mistake[]): readonly Mistake[] {
  return sortMistakes(mistakes.map((one) => ({ ...one, file: shortenPath(one.file) })));
}

/** A configuration without its functions, as it goes to another thread. */
export type PackedConfiguration = Omit<Configuration, 'mapFor' | 'library'> & {
  readonly library: Omit<MapLibrary, 'codes'> & { readonly codes: Pick<MapLibrary['codes'], 'tables'> };
};

export function packConfiguration(configuration: Configuration): PackedConfiguration {
  const { mapFor: _, library, ...rest } = configuration;
  return { ...rest, library: { ...library, codes: { tables: library.codes.tables } } };
}

export function unpackConfiguration({ library: packed, ...rest }: PackedConfiguration): Configuration {
  // A table that is not there is no news: the mistakes were told where the configuration was loaded.
  const library = { ...packed, codes: { ...packed.codes, isBroken: () => true } };
  return { ...rest, library, mapFor: findMaps(library, createBuilder(library.codes)) };
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
  const loaded = library.maps.get(name) ?? loadOverlay(library, name, readFileSync(name, 'utf8'));
  // A map that is adrift has none itself: those that keep it from being used are in what it extends.
  const mistakes = loaded.adrift ? [...library.maps.values()].flatMap((base) => base.mistakes) : [];
  const build = createBuilder(library.codes);
  const mapFor: Configuration['mapFor'] = (partner, set, standard) =>
    set === loaded.map.set?.text
      ? build(loaded, standard).compile()
      : configuration.mapFor(partner, set, standard);
  return { configuration: { ...configuration, mapFor }, mistakes: tidy([...loaded.mistakes, ...mistakes]) };
}

/** The partner's own map of a set, else the base map. */
function findMaps(library: MapLibrary, build: BuildMap): Configuration['mapFor'] {
  return (partner, set, standard) => {
    const loaded = partner?.overlays.get(set) ?? library.maps.get(`x12/${set}`);
    return loaded === undefined ? undefined : build(loaded, standard).compile();
  };
}

/** Base maps against every version that has their set. */
function checkBaseMaps(library: MapLibrary, { standards, broken }: Standards, build: BuildMap): Mistake[] {
  const all = [...standards.values()];
  return [...library.maps.values()].flatMap((loaded) => {
    const fitting = all.filter((standard) => standard.sets.has(loaded.map.set?.text ?? ''));
    // A set that no version has may be one of a version that cannot be used.
    const against = fitting.length > 0 || broken.size > 0 ? fitting : all.slice(-1);
    return against.flatMap((standard) => build(loaded, standard).mistakes);
  });
}
