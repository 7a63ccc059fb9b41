import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { partnerFile } from '../../domain/partner/partner.ts';
import type { Mistake } from '../../lib/mistake.ts';
import { mistakeAt } from '../../lib/yaml-file.ts';
import { findNode, findText, type YamlNode } from '../../lib/yaml-tree.ts';
import type { Standards } from './load-standards.ts';
import { shortenPath } from './shorten-path.ts';

const X12_DEFAULTS = partnerFile.shape.x12.parse(undefined);

/**
 * What the schema cannot say: names that must match, files that must exist, words that must be known. It looks at the
 * text itself, so that all is told in one run even where the schema finds mistakes as well.
 */
export function checkPartner(root: YamlNode, folder: string, standards: Standards): readonly Mistake[] {
  return [
    ...checkId(root, folder),
    ...checkVersion(root, standards),
    ...checkSeparators(root),
    ...checkReceive(root),
    ...checkKeys(root, folder),
    ...warnOf997(root),
    ...warnOfLater(root),
  ];
}

/** The version of the standard that the partner is written to. */
export function versionOf(root: YamlNode): string {
  return findText(root, ['x12', 'version'])?.text ?? X12_DEFAULTS.version;
}

/** The items of the list under a path; none where there is no list. */
export function itemsAt(root: YamlNode, path: readonly PropertyKey[]): readonly YamlNode[] {
  const { node } = findNode(root, path);
  return node?.kind === 'list' ? node.items : [];
}

function checkId(root: YamlNode, folder: string): Mistake[] {
  const id = findText(root, ['id'])?.text;
  if (id === undefined || id === basename(folder)) return [];
  return [mistakeAt(root, ['id'], `id "${id}" is not the name of its folder, "${basename(folder)}"`)];
}

function checkVersion(root: YamlNode, { standards, broken }: Standards): Mistake[] {
  const version = versionOf(root);
  if (standards.has(version)) return [];
  const message = broken.has(version)
    ? `version "${version}" cannot be used: its definitions, or those that it extends, have mistakes`
    : `version "${version}" has no definitions under maps/standards/x12; held are ${[...standards.keys()].join(', ')}`;
  return [mistakeAt(root, ['x12', 'version'], message)];
}

function checkSeparators(root: YamlNode): Mistake[] {
  const path = ['x12', 'separators'];
  const { node } = findNode(root, path);
  const separators = node === undefined ? X12_DEFAULTS.separators : textOf(node);
  const wrong = findWrongSeparator(separators);
  const few = versionOf(root) >= '00402' && separators.length < 4;
  return [
    ...(wrong === undefined ? [] : [mistakeAt(root, path, wrong)]),
    ...(few
      ? [mistakeAt(root, path, `from 00402 on a fourth separator repeats elements, such as "${separators}^"`)]
      : []),
  ];
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

/** What is said of sets that are not listed, and what only of them. */
function checkReceive(root: YamlNode): Mistake[] {
  const { node } = findNode(root, ['receive']);
  const sets = node?.kind === 'table' ? node.entries.map(({ key }) => key.text) : [];
  return sets.flatMap((set) => {
    const path = ['receive', set];
    const refuses = findText(root, [...path, 'acknowledge'])?.text === 'refuse';
    return [
      ...(set === 'other' && findText(root, [...path, 'map']) !== undefined
        ? [mistakeAt(root, [...path, 'map'], 'other sets share no map: list each set that has one')]
        : []),
      ...(set !== 'other' && refuses
        ? [mistakeAt(root, [...path, 'acknowledge'], 'only `other` is refused: leave this set out instead')]
        : []),
    ];
  });
}

/** 005010 brought the 999: a group of an earlier version is answered by a 997 all the same. */
function warnOf997(root: YamlNode): Mistake[] {
  if (versionOf(root) >= '005010') return [];
  const { node } = findNode(root, ['receive']);
  const sets = node?.kind === 'table' ? node.entries.map(({ key }) => ['receive', key.text]) : [];
  return [['x12'], ...sets].flatMap((path) => {
    if (findText(root, [...path, 'acknowledge'])?.text !== '999') return [];
    const message = 'a group of a version before 005010 is answered by a 997: it knows no 999';
    return [{ ...mistakeAt(root, [...path, 'acknowledge'], message), warning: true }];
  });
}

function checkKeys(root: YamlNode, folder: string): Mistake[] {
  return itemsAt(root, ['channels']).flatMap((_, i) => {
    const path = ['channels', i, 'sftp-hosted', 'keys'];
    return itemsAt(root, path).flatMap((item, k) => {
      const key = textOf(item);
      if (!key.startsWith('file:')) return [];
      const file = join(folder, key.slice('file:'.length));
      if (existsSync(file)) return [];
      return [mistakeAt(root, [...path, k], `there is no key file ${shortenPath(file)}`)];
    });
  });
}

/** What the schema takes for the sake of what is to come. */
const LATER: readonly (readonly string[])[] = [
  ['credit'],
  ['matching'],
  ['identity', 'mail'],
  ['send', '855', 'within'],
];

function warnOfLater(root: YamlNode): Mistake[] {
  return LATER.flatMap((path) => {
    if (findNode(root, path).node === undefined) return [];
    const message = `${path.join('.')} is kept and has no effect yet`;
    return [{ ...mistakeAt(root, path, message, 'key'), warning: true }];
  });
}

function textOf(node: YamlNode): string {
  return node.kind === 'text' ? node.text : '';
}
