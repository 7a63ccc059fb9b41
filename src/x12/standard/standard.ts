import { formatMistake, type Mistake, mistake, type Place, type Say } from '../../lib/mistake.ts';
import { readFields, readItems } from '../../lib/yaml-fields.ts';
import { findText, parseYaml, type YamlNode } from '../../lib/yaml-tree.ts';
import type { SetDefinition, Standard } from './definition.ts';
import { parseElements } from './standard-elements.ts';
import { parseSegments } from './standard-segments.ts';
import { parseSet, requireText } from './standard-set.ts';

/** The YAML texts of one version, as they lie under `maps/standards/x12/<version>/`. */
export type StandardFiles = {
  readonly version: string;
  readonly elements: string;
  readonly segments: string;
  readonly composites: string;
  /** By file name: `850.yaml`. */
  readonly sets: Readonly<Record<string, string>>;
};

/** A version as far as it could be read: with mistakes it serves only to look for more of them. */
export type StandardReading = { readonly standard: Standard; readonly mistakes: readonly Mistake[] };

/** Thrown for a standard that has mistakes: all of them at once. */
export class StandardError extends Error {
  override readonly name = 'StandardError';

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(formatMistake).join('\n'));
  }
}

/** Which version a version's files fall back on, so that a loader can order them; undefined for none. */
export function baseOfVersion(versionYaml: string): string | undefined {
  const { root } = parseYaml('version.yaml', versionYaml);
  return root === undefined ? undefined : findText(root, ['extends'])?.text;
}

/** A version that must be free of mistakes. */
export function parseStandard(files: StandardFiles, base?: Standard): Standard {
  const { standard, mistakes } = readStandard(files, base && { standard: base, mistakes: [] });
  if (mistakes.length > 0) throw new StandardError(mistakes);
  return standard;
}

/**
 * A version from its files; what they do not define is the base's, and an entry of theirs overrides the base's whole.
 * What a file that is no YAML would have defined, or a base with mistakes, is not told as missing.
 */
export function readStandard(files: StandardFiles, base?: StandardReading): StandardReading {
  const below = base?.standard;
  const mistakes: Mistake[] = [];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  let whole = base === undefined || base.mistakes.length === 0;
  const open = (name: string, text: string) => {
    const yaml = parseYaml(name, text);
    mistakes.push(...yaml.mistakes);
    if (yaml.root === undefined && yaml.mistakes.length > 0) whole = false;
    return yaml.root;
  };
  const openNeeded = (name: string, text: string) => {
    if (text.trim() === '') say({ file: name, line: 1, column: 1 }, 'the file is missing or empty');
    return open(name, text);
  };
  const { lacks, ...about } = readVersion(openNeeded('version.yaml', files.version), below, say);
  const [forElements, forComposites, forSegments] = [
    open('elements.yaml', files.elements),
    open('composites.yaml', files.composites),
    open('segments.yaml', files.segments),
  ];
  const elements = parseElements(forElements, below?.elements, say);
  const isElement = (ref: string) => !whole || elements.has(ref);
  const composites = parseSegments(forComposites, below?.composites, isElement, say);
  const isUsable = (ref: string) => isElement(ref) || composites.has(ref);
  const segments = parseSegments(forSegments, leaveOut(below?.segments, lacks), isUsable, say);
  const isSegment = (id: string) => !whole || segments.has(id);
  const sets = new Map(leaveOut(below?.sets, lacks));
  const inherited = new Set(sets.keys());
  for (const [name, text] of Object.entries(files.sets)) {
    const root = openNeeded(`sets/${name}`, text);
    if (root === undefined) continue;
    const set = parseSet(root, isSegment, say);
    sets.set(set.set, set);
    inherited.delete(set.set);
  }
  for (const id of inherited) checkInherited(sets.get(id)!, lacks, say);
  return { standard: { ...about, elements, segments, composites, sets }, mistakes };
}

type About = Pick<Standard, 'version' | 'name'> & {
  /** Segments and sets of the base that this version has not. */
  readonly lacks: ReadonlyMap<string, Place>;
};

/** `version.yaml`. */
function readVersion(root: YamlNode | undefined, base: Standard | undefined, say: Say): About {
  const lacks = new Map<string, Place>();
  if (root === undefined) return { version: '', name: '', lacks };
  const fields = readFields(root, ['version', 'name', 'extends', 'lacks'], say);
  const wanted = findText(root, ['extends']);
  if (wanted !== undefined && wanted.text !== base?.version) {
    const given = base === undefined ? 'there is no such version' : `was given ${base.version}`;
    say(wanted.place, `extends ${wanted.text}, but ${given}`);
  }
  for (const node of readItems(fields, 'lacks', say)) {
    const id = node.kind === 'text' ? node.text : '';
    if (base?.segments.has(id) || base?.sets.has(id)) lacks.set(id, node.place);
    else say(node.place, `${id || 'this'} is no segment or set of the version that this one extends`);
  }
  const version = requireText(fields, 'version', root, say);
  return { version, name: requireText(fields, 'name', root, say), lacks };
}

function leaveOut<T>(base: ReadonlyMap<string, T> | undefined, lacks: About['lacks']): Map<string, T> {
  return new Map([...(base ?? [])].filter(([id]) => !lacks.has(id)));
}

/** A set of the base with a segment that this version lacks must have a file of its own. */
function checkInherited({ set, nodes }: SetDefinition, lacks: About['lacks'], say: Say): void {
  const segment = nodes.find((node) => lacks.has(node.segment))?.segment;
  if (segment === undefined) return;
  say(
    lacks.get(segment)!,
    `set ${set} has ${segment}: write sets/${set}.yaml without it, or lack ${set} too`,
  );
}

/** What a GS08 that names no version is read by: the version that most partners speak. */
const COMMONEST = '004010';

/**
 * The held version that fits GS08 best. `004010VICS` and `00401` are 004010; for a version not held the highest that
 * is not above it serves, else the lowest, and `exact` is false.
 */
export function chooseStandard(
  standards: ReadonlyMap<string, Standard>,
  gs08: string,
): { readonly standard: Standard; readonly exact: boolean } | undefined {
  const wanted = versionOf(gs08);
  const held = wanted === undefined ? undefined : standards.get(wanted);
  if (held !== undefined) return { standard: held, exact: true };
  const sorted = [...standards.values()].sort((a, b) => (a.version < b.version ? -1 : 1));
  const below = sorted.filter((standard) => standard.version <= (wanted ?? COMMONEST));
  const standard = below.at(-1) ?? sorted[0];
  return standard === undefined ? undefined : { standard, exact: false };
}

const idsOf = new WeakMap<ReadonlyMap<string, Standard>, ReadonlySet<string>>();

/** The ids of all segments of all versions, made once. */
export function idsOfSegments(standards: ReadonlyMap<string, Standard>): ReadonlySet<string> {
  let ids = idsOf.get(standards);
  if (ids === undefined) {
    ids = new Set([...standards.values()].flatMap((standard) => [...standard.segments.keys()]));
    idsOf.set(standards, ids);
  }
  return ids;
}

/** Version, release and subrelease of GS08 (element 480), with those of ISA12 (I11) made as long. */
export function versionOf(gs08: string): string | undefined {
  const digits = /^\d+/.exec(gs08)?.[0] ?? '';
  if (digits.length >= 6) return digits.slice(0, 6);
  return digits.length === 5 ? `${digits}0` : undefined;
}
