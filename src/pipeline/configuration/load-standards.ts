import { join } from 'node:path';
import type { Mistake } from '../../lib/mistake.ts';
import type { Standard } from '../../x12/standard/definition.ts';
import {
  baseOfVersion,
  readStandard,
  type StandardFiles,
  type StandardReading,
} from '../../x12/standard/standard.ts';
import { listFolders, readTexts } from './read-folder.ts';

export type Standards = {
  /** The versions that can be used. */
  readonly standards: ReadonlyMap<string, Standard>;
  /** Those with mistakes, or that extend one with mistakes. */
  readonly broken: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
};

/** Every version under `maps/standards/x12/`; a folder placed there works without code. */
export function loadStandards(mapsFolder: string): Standards {
  const root = join(mapsFolder, 'standards', 'x12');
  const files = new Map(listFolders(root).map((version) => [version, readVersion(join(root, version))]));
  const readings = new Map<string, StandardReading>();
  const broken = new Set<string>();
  const load = (version: string, chain: readonly string[]): StandardReading | undefined => {
    const known = readings.get(version);
    const texts = files.get(version);
    if (known !== undefined || texts === undefined || chain.includes(version)) return known;
    const extended = baseOfVersion(texts.version) ?? '';
    const reading = readStandard(texts, load(extended, [...chain, version]));
    readings.set(version, reading);
    if (reading.mistakes.length > 0 || broken.has(extended)) broken.add(version);
    return reading;
  };
  for (const version of files.keys()) load(version, []);
  const sound = [...readings].filter(([version]) => !broken.has(version)).sort();
  return {
    standards: new Map(sound.map(([version, { standard }]) => [version, standard])),
    broken,
    mistakes: [...readings].flatMap(([version, { mistakes }]) =>
      mistakes.map((mistake) => ({ ...mistake, file: join(root, version, mistake.file) })),
    ),
  };
}

function readVersion(folder: string): StandardFiles {
  const texts = readTexts(folder, '.yaml');
  return {
    version: texts.get('version.yaml') ?? '',
    elements: texts.get('elements.yaml') ?? '{}',
    segments: texts.get('segments.yaml') ?? '{}',
    composites: texts.get('composites.yaml') ?? '{}',
    sets: Object.fromEntries(readTexts(join(folder, 'sets'), '.yaml')),
  };
}
