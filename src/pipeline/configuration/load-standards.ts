import { join } from 'node:path';
import type { Mistake } from '../../lib/yaml-file.ts';
import type { Standard } from '../../x12/definition.ts';
import { baseOfVersion, parseStandard, StandardError, type StandardFiles } from '../../x12/standard.ts';
import { listFolders, readTexts } from './read-folder.ts';

/** Every version under `maps/standards/x12/`; a folder placed there works without code. */
export function loadStandards(mapsFolder: string): { standards: Map<string, Standard>; mistakes: Mistake[] } {
  const root = join(mapsFolder, 'standards', 'x12');
  const files = new Map(listFolders(root).map((version) => [version, readVersion(join(root, version))]));
  const standards = new Map<string, Standard>();
  const mistakes: Mistake[] = [];
  const load = (version: string, chain: readonly string[]): Standard | undefined => {
    const known = standards.get(version);
    const texts = files.get(version);
    if (known !== undefined || texts === undefined || chain.includes(version)) return known;
    const base = baseOfVersion(texts.version);
    try {
      const standard = parseStandard(texts, base === undefined ? undefined : load(base, [...chain, version]));
      standards.set(version, standard);
      return standard;
    } catch (error) {
      if (!(error instanceof StandardError)) throw error;
      mistakes.push(
        ...error.problems.map((problem) => ({ ...problem, file: join(root, version, problem.file) })),
      );
      return undefined;
    }
  };
  for (const version of files.keys()) load(version, []);
  return { standards, mistakes };
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
