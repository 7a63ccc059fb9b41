import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type CompanyFile,
  companyFile,
  type PartnerFile,
  partnerFile,
} from '../../domain/partner/partner.ts';
import type { Mistake } from '../../lib/mistake.ts';
import { addUntold, mistakeAt, readYamlFile } from '../../lib/yaml-file.ts';
import { findNode, findText, type YamlNode } from '../../lib/yaml-tree.ts';
import { checkPartner, versionOf } from './check-partner.ts';
import { type BuildMap, isBefore, type LoadedMap, loadOverlay, type MapLibrary } from './load-maps.ts';
import type { Standards } from './load-standards.ts';
import { loadTemplates, type TemplateFiles } from './load-templates.ts';
import { listFolders, readTexts } from './read-folder.ts';
import { shortenPath } from './shorten-path.ts';

/** One partner: its file with the defaults filled in, and its maps. */
export type Partner = {
  readonly id: string;
  readonly folder: string;
  readonly file: PartnerFile;
  /** SHA-256 over all its files: a document remembers the version that it was processed with. */
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
  /** Overlays by set id, for both directions. */
  readonly overlays: ReadonlyMap<string, LoadedMap>;
  /** Its own, in place of those of the same name that all share. */
  readonly templates: TemplateFiles;
};

/** What partners are judged with. */
export type Shared = {
  readonly library: MapLibrary;
  readonly standards: Standards;
  readonly build: BuildMap;
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

export type LoadedPartner = {
  /** Absent where its file is not what the schema says. */
  readonly partner: Partner | undefined;
  /** The file as it stands, where it is YAML at all. */
  readonly root: YamlNode | undefined;
  readonly mistakes: readonly Mistake[];
};

/** Every folder of `partners/`, each on its own: a broken one does not hide the others. */
export function loadPartners(folder: string, shared: Shared): Map<string, LoadedPartner> {
  const names = listFolders(folder).filter((name) => !name.startsWith('.'));
  return new Map(names.map((name) => [name, loadPartner(join(folder, name), shared)]));
}

function loadPartner(folder: string, shared: Shared): LoadedPartner {
  const files = readTexts(folder, '.yaml');
  const name = join(folder, 'partner.yaml');
  const text = files.get('partner.yaml');
  if (text === undefined) {
    const message = 'there is no partner.yaml in this folder: it says who the partner is';
    return { partner: undefined, root: undefined, mistakes: [{ file: name, line: 1, column: 1, message }] };
  }
  const { value: file, root, mistakes } = readYamlFile(name, text, partnerFile);
  if (root === undefined) return { partner: undefined, root, mistakes };
  const { overlays, mistakes: inMaps } = loadOverlays(root, folder, files, shared);
  const beyond = [...checkPartner(root, folder, shared.standards), ...inMaps];
  const all = addUntold(mistakes, beyond);
  if (file === undefined) return { partner: undefined, root, mistakes: all };
  const templates = loadTemplates(join(folder, 'templates'));
  const partner = { id: file.id, folder, file, version: hashFiles(files), files, overlays, templates };
  return { partner, root, mistakes: all };
}

/** The maps that the partner's rules name, each checked against the partner's version of the standard. */
function loadOverlays(
  root: YamlNode,
  folder: string,
  files: ReadonlyMap<string, string>,
  { library, standards, build }: Shared,
): { overlays: Map<string, LoadedMap>; mistakes: readonly Mistake[] } {
  const overlays = new Map<string, LoadedMap>();
  const mistakes: Mistake[] = [];
  const standard = standards.standards.get(versionOf(root));
  for (const path of rulesOf(root)) {
    const map = findText(root, [...path, 'map']);
    if (map === undefined) continue;
    const set = path[1];
    const text = files.get(map.text);
    if (text === undefined) {
      mistakes.push(
        mistakeAt(root, [...path, 'map'], `there is no file ${map.text} in ${shortenPath(folder)}`),
      );
      continue;
    }
    const overlay = loadOverlay(library, join(folder, map.text), text);
    overlays.set(set, overlay);
    mistakes.push(...overlay.mistakes, ...(standard === undefined ? [] : build(overlay, standard).mistakes));
    const other = overlay.map.set?.text;
    if (other !== undefined && other !== set)
      mistakes.push(mistakeAt(root, [...path, 'map'], `${map.text} is a map for set ${other}`));
  }
  return { overlays, mistakes };
}

/**
 * The sets that the partner may send or is sent, whose map is there and cannot be used: nothing may come in that
 * would then stay unread.
 */
export function findUnusableMaps(
  { partner, root }: LoadedPartner,
  { library, standards, build }: Shared,
): readonly Mistake[] {
  const standard = partner && standards.standards.get(partner.file.x12.version);
  if (partner === undefined || root === undefined || standard === undefined) return [];
  return (['receive', 'send'] as const).flatMap((direction) =>
    Object.keys(partner.file[direction]).flatMap((set) => {
      const loaded = partner.overlays.get(set) ?? library.maps.get(`x12/${set}`);
      if (loaded === undefined || build(loaded, standard).usable) return [];
      const file = shortenPath(loaded.map.file);
      const why = isBefore(loaded.map, standard.version)
        ? `${file} serves versions from ${loaded.map.since?.text} on, not ${standard.version}`
        : `${file}, or what it builds on, has mistakes`;
      const message = `set ${set} cannot be read or written: ${why}`;
      return [mistakeAt(root, [direction, set], message, 'key')];
    }),
  );
}

/** Where the rules for each set stand: `['receive', '850']`. */
function rulesOf(root: YamlNode): readonly (readonly [string, string])[] {
  return ['receive', 'send'].flatMap((direction) => {
    const { node } = findNode(root, [direction]);
    const entries = node?.kind === 'table' ? node.entries : [];
    return entries.map(({ key }) => [direction, key.text] as const);
  });
}

function hashFiles(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}
