import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type CompanyFile,
  companyFile,
  type PartnerFile,
  partnerFile,
} from '../../domain/partner/partner.ts';
import { type Mistake, readYamlFile, type YamlFile } from '../../lib/yaml-file.ts';
import type { MapFile } from '../../mapping/map-file.ts';
import type { Standard } from '../../x12/definition.ts';
import { ERROR_KINDS } from '../../x12/policy.ts';
import { loadOverlay, type MapLibrary } from './load-maps.ts';
import { listFolders, readTexts } from './read-folder.ts';

/** One partner: its file with the defaults filled in, and its maps. */
export type Partner = {
  readonly id: string;
  readonly folder: string;
  readonly file: PartnerFile;
  /** SHA-256 over all its files: a document remembers the version that it was processed with. */
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
  /** Overlays by set id, for both directions. */
  readonly overlays: ReadonlyMap<string, MapFile>;
};

export function loadCompany(folder: string): {
  company: CompanyFile | undefined;
  mistakes: readonly Mistake[];
} {
  const file = join(folder, 'company.yaml');
  const text = readTexts(folder, '.yaml').get('company.yaml');
  if (text === undefined) {
    const message = 'there is no company.yaml: it says who we are (name, identity) to every partner';
    return { company: undefined, mistakes: [{ file, line: 1, column: 1, message }] };
  }
  const { value, mistakes } = readYamlFile(file, text, companyFile);
  return { company: value, mistakes };
}

export type LoadedPartner = { readonly partner: Partner | undefined; readonly mistakes: readonly Mistake[] };

/** Every folder of `partners/` that holds a partner.yaml, each on its own: a broken one does not hide the others. */
export function loadPartners(
  folder: string,
  library: MapLibrary,
  standards: ReadonlyMap<string, Standard>,
): Map<string, LoadedPartner> {
  const names = listFolders(folder).filter((name) => existsSync(join(folder, name, 'partner.yaml')));
  return new Map(names.map((name) => [name, loadPartner(join(folder, name), library, standards)]));
}

function loadPartner(
  folder: string,
  library: MapLibrary,
  standards: ReadonlyMap<string, Standard>,
): LoadedPartner {
  const files = readTexts(folder, '.yaml');
  const name = join(folder, 'partner.yaml');
  const { value: file, yaml, mistakes } = readYamlFile(name, files.get('partner.yaml')!, partnerFile);
  if (file === undefined) return { partner: undefined, mistakes };
  const found = checkPartner(file, yaml, folder, standards);
  const overlays = new Map<string, MapFile>();
  for (const direction of ['receive', 'send'] as const) {
    for (const [set, rule] of Object.entries(file[direction])) {
      if (rule.map === undefined) continue;
      const text = files.get(rule.map);
      if (text === undefined) {
        found.push(yaml.mistakeAt([direction, set, 'map'], `there is no file ${rule.map} in ${folder}`));
        continue;
      }
      const overlay = loadOverlay(library, join(folder, rule.map), text);
      found.push(...overlay.mistakes);
      overlays.set(set, overlay.map);
    }
  }
  const version = hashFiles(files);
  return { partner: { id: file.id, folder, file, version, files, overlays }, mistakes: found };
}

/** What the schema cannot say: names that must match, files that must exist, words that must be known. */
function checkPartner(
  file: PartnerFile,
  yaml: YamlFile,
  folder: string,
  standards: ReadonlyMap<string, Standard>,
): Mistake[] {
  const found: Mistake[] = [];
  if (file.id !== basename(folder))
    found.push(
      yaml.mistakeAt(['id'], `id "${file.id}" is not the name of its folder, "${basename(folder)}"`),
    );
  const { version, separators, note } = file.x12;
  if (!standards.has(version)) {
    const held = [...standards.keys()].join(', ');
    found.push(
      yaml.mistakeAt(
        ['x12', 'version'],
        `version "${version}" has no definitions under maps/standards/x12; held are ${held}`,
      ),
    );
  }
  const wrong = findWrongSeparator(separators);
  if (wrong !== undefined) found.push(yaml.mistakeAt(['x12', 'separators'], wrong));
  if (version >= '00402' && separators.length < 4) {
    found.push(
      yaml.mistakeAt(
        ['x12', 'separators'],
        `from 00402 on a fourth separator repeats elements, such as "${separators}^"`,
      ),
    );
  }
  note.forEach((kind, i) => {
    if ((ERROR_KINDS as readonly string[]).includes(kind)) return;
    found.push(
      yaml.mistakeAt(
        ['x12', 'note', i],
        `unknown kind of error "${kind}": expected one of ${ERROR_KINDS.join(', ')}`,
      ),
    );
  });
  file.channels.forEach((channel, i) => {
    channel['sftp-hosted']?.keys.forEach((key, k) => {
      const path = key.startsWith('file:') ? join(folder, key.slice(5)) : undefined;
      if (path === undefined || existsSync(path)) return;
      found.push(yaml.mistakeAt(['channels', i, 'sftp-hosted', 'keys', k], `there is no key file ${path}`));
    });
  });
  for (const later of ['credit', 'matching'] as const) {
    if (file[later] === undefined) continue;
    found.push({
      ...yaml.mistakeAt([later], `${later} is kept and has no effect yet`, 'key'),
      warning: true,
    });
  }
  return found;
}

function findWrongSeparator(separators: string): string | undefined {
  const twice = [...separators].find((separator, i) => separators.indexOf(separator) !== i);
  if (twice !== undefined) return `separator ${JSON.stringify(twice)} stands for two things`;
  const letter = [...separators].find(
    (separator) => /[A-Za-z0-9 ]/.test(separator) || separator.charCodeAt(0) > 126,
  );
  return letter === undefined
    ? undefined
    : `${JSON.stringify(letter)} cannot be a separator: it occurs in data`;
}

function hashFiles(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}
