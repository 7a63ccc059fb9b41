import type {
  Condition,
  ElementDefinition,
  ElementType,
  ElementUse,
  SegmentDefinition,
  Standard,
} from './definition.ts';
import { parseSet } from './standard-set.ts';
import {
  type Entry,
  entriesOf,
  type FileProblem,
  itemsOf,
  openYaml,
  refuseOtherKeys,
  requireText,
  StandardError,
  textOf,
  type YamlFile,
  type YamlNode,
} from './yaml-reader.ts';

export { StandardError } from './yaml-reader.ts';

/** The YAML texts of one version, as they lie under `maps/standards/x12/<version>/`. */
export type StandardFiles = {
  readonly version: string;
  readonly elements: string;
  readonly segments: string;
  readonly composites: string;
  /** By file name: `850.yaml`. */
  readonly sets: Readonly<Record<string, string>>;
};

/** Which version a version's files fall back on, so that a loader can order them; undefined for none. */
export function baseOfVersion(versionYaml: string): string | undefined {
  const file = openYaml('version.yaml', versionYaml, []);
  return textOf(entriesOf(file, file.root, 'the file').find((entry) => entry.key === 'extends')?.value);
}

/**
 * A version from its files; what they do not define is the base's, and an entry of theirs overrides the base's whole.
 * Throws StandardError with every mistake found.
 */
export function parseStandard(files: StandardFiles, base?: Standard): Standard {
  const problems: FileProblem[] = [];
  const open = (name: string, text: string) => openYaml(name, text, problems);
  const versionFile = open('version.yaml', files.version);
  const about = entriesOf(versionFile, versionFile.root, 'the file');
  refuseOtherKeys(versionFile, about, ['version', 'name', 'extends']);
  const wanted = textOf(about.find((entry) => entry.key === 'extends')?.value);
  if (wanted !== undefined && wanted !== base?.version) {
    versionFile.report(versionFile.root, `extends ${wanted}, but was given ${base?.version ?? 'no base'}`);
  }
  const elements = parseElements(open('elements.yaml', files.elements), base);
  const composites = new Map(base?.composites);
  const segments = new Map(base?.segments);
  parseSegments(open('composites.yaml', files.composites), composites, (ref) => elements.has(ref));
  const known = (ref: string) => elements.has(ref) || composites.has(ref);
  parseSegments(open('segments.yaml', files.segments), segments, known);
  const sets = new Map(base?.sets);
  for (const [name, text] of Object.entries(files.sets)) {
    const set = parseSet(open(`sets/${name}`, text), (id) => segments.has(id));
    if (set !== undefined) sets.set(set.set, set);
  }
  const version = requireText(versionFile, about, 'version');
  const name = requireText(versionFile, about, 'name');
  if (problems.length > 0) throw new StandardError(problems);
  return { version, name, elements, segments, composites, sets };
}

function parseElements(file: YamlFile, base: Standard | undefined): Map<string, ElementDefinition> {
  const elements = new Map(base?.elements);
  for (const entry of entriesOf(file, file.root, 'the file')) {
    const element = parseElement(file, entry, base?.elements.get(entry.key));
    if (element !== undefined) elements.set(entry.key, element);
  }
  return elements;
}

function parseElement(
  file: YamlFile,
  entry: Entry,
  base: ElementDefinition | undefined,
): ElementDefinition | undefined {
  const short = textOf(entry.value);
  const parts =
    short === undefined || short === '' ? entriesOf(file, entry.value, `element ${entry.key}`) : [];
  refuseOtherKeys(file, parts, ['is', 'codes', 'adds', 'common']);
  const part = (key: string) => parts.find((one) => one.key === key)?.value;
  const shape = short !== undefined && short !== '' ? short : textOf(part('is'));
  const adds = part('adds') === undefined ? undefined : parseCodes(file, part('adds'));
  if (adds !== undefined && base?.codes === undefined) {
    file.report(entry.node, `nothing to add to: the base has no code list for ${entry.key}`);
  }
  const own = part('codes') === undefined ? undefined : parseCodes(file, part('codes'));
  const codes = adds === undefined ? own : new Map([...(own ?? base?.codes ?? []), ...adds]);
  const common = part('common') === undefined ? undefined : parseCodes(file, part('common'));
  if (shape === undefined && base !== undefined)
    return { ...base, codes: codes ?? base.codes, common: common ?? base.common };
  const match = /^(AN|ID|DT|TM|R|B|N\d?) (\d+)\/(\d+) (.+)$/.exec(shape ?? '');
  if (match === null) {
    file.report(
      entry.value ?? entry.node,
      `element ${entry.key} should read like "AN 1/22 Purchase order number"`,
    );
    return undefined;
  }
  const [, type, min, max, name] = match as unknown as [string, string, string, string, string];
  if (Number(min) > Number(max))
    file.report(entry.value, `least length ${min} exceeds greatest length ${max}`);
  const kind = (type === 'N' ? 'N0' : type) as ElementType;
  return { id: entry.key, name, type: kind, min: Number(min), max: Number(max), codes, common };
}

/** Lines of `BY Buying party`; the name may be left out. */
function parseCodes(file: YamlFile, node: YamlNode): Map<string, string> {
  const codes = new Map<string, string>();
  const text = textOf(node);
  if (text === undefined) file.report(node, 'codes should be a block of lines such as "BY Buying party"');
  for (const line of (text ?? '').split('\n')) {
    const [code, ...name] = line.trim().split(/\s+/);
    if (code === undefined || code === '') continue;
    if (codes.has(code)) file.report(node, `code ${code} is there twice`);
    codes.set(code, name.join(' '));
  }
  return codes;
}

function parseSegments(
  file: YamlFile,
  into: Map<string, SegmentDefinition>,
  known: (ref: string) => boolean,
): void {
  for (const entry of entriesOf(file, file.root, 'the file')) {
    const parts = entriesOf(file, entry.value, entry.key);
    refuseOtherKeys(file, parts, ['name', 'elements', 'conditions']);
    const part = (key: string) => parts.find((one) => one.key === key)?.value;
    const name = textOf(part('name'));
    if (name === undefined) file.report(entry.node, `${entry.key} has no name`);
    const elements = itemsOf(file, part('elements'), 'elements').map((node) => parseUse(file, node, known));
    const conditions = itemsOf(file, part('conditions'), 'conditions').flatMap((node) =>
      parseCondition(file, node, elements.length),
    );
    into.set(entry.key, { id: entry.key, name: name ?? '', elements, conditions });
  }
}

/** `353 M`, `1270 x5`, `C040`. */
function parseUse(file: YamlFile, node: YamlNode, known: (ref: string) => boolean): ElementUse {
  const match = /^(\S+)( M| O)?(?: x(>1|\d+))?$/.exec(textOf(node) ?? '');
  if (match === null) {
    file.report(node, `should read like "353 M", "C040" or "1270 x5"`);
    return { ref: '', mandatory: false, repeat: 1 };
  }
  const ref = match[1]!;
  if (!known(ref)) file.report(node, `${ref} is not defined`);
  const repeat = match[3] === undefined ? 1 : match[3] === '>1' ? Number.POSITIVE_INFINITY : Number(match[3]);
  return { ref, mandatory: match[2] === ' M', repeat };
}

/** `P0304`: a letter and positions of two digits. */
function parseCondition(file: YamlFile, node: YamlNode, count: number): Condition[] {
  const match = /^([PRECL])((?:\d\d){2,})$/.exec(textOf(node) ?? '');
  if (match === null) {
    file.report(node, 'a condition should read like P0304');
    return [];
  }
  const positions = (match[2]!.match(/\d\d/g) ?? []).map(Number);
  const beyond = positions.find((position) => position < 1 || position > count);
  if (beyond !== undefined)
    file.report(node, `position ${beyond} does not exist: there are ${count} elements`);
  return [{ kind: match[1] as Condition['kind'], positions }];
}

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
  const below = sorted.filter((standard) => standard.version <= (wanted ?? ''));
  const standard = below.at(-1) ?? sorted[0];
  return standard === undefined ? undefined : { standard, exact: false };
}

/** Version, release and subrelease of GS08 (element 480), with those of ISA12 (I11) made as long. */
export function versionOf(gs08: string): string | undefined {
  const digits = /^\d+/.exec(gs08)?.[0] ?? '';
  if (digits.length >= 6) return digits.slice(0, 6);
  return digits.length === 5 ? `${digits}0` : undefined;
}
