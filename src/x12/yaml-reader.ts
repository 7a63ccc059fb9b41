import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';

/** A mistake in a definition file, at a place that an editor can jump to. */
export type FileProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** Thrown for a standard that has mistakes: all of them at once. */
export class StandardError extends Error {
  override readonly name = 'StandardError';
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super(problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

export type YamlNode = Node | Pair | null | undefined;

/** One file, read with its positions. `report` notes a mistake and reading goes on. */
export type YamlFile = {
  readonly name: string;
  readonly root: YamlNode;
  readonly report: (at: YamlNode, message: string) => void;
};

export type Entry = { readonly key: string; readonly node: YamlNode; readonly value: YamlNode };

export function openYaml(name: string, text: string, problems: FileProblem[]): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const note = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file: name, line, column: col, message });
  };
  for (const error of document.errors) note(error.pos[0], error.message);
  return { name, root: document.contents, report: (at, message) => note(startOf(at), message) };
}

function startOf(node: YamlNode): number {
  if (node === null || node === undefined) return 0;
  if ('range' in node) return node.range?.[0] ?? 0;
  return startOf((node as Pair).key as YamlNode);
}

/** The pairs of a mapping; anything else is a mistake and reads as empty. */
export function entriesOf(file: YamlFile, node: YamlNode, what: string): Entry[] {
  if (isEmpty(node)) return [];
  if (!isMap(node)) {
    file.report(node, `${what} should be a mapping`);
    return [];
  }
  return (node as YAMLMap<Node, Node | null>).items.map((pair) => ({
    key: isScalar(pair.key) ? scalarText(pair.key) : '',
    node: pair.key,
    value: pair.value,
  }));
}

/** The items of a list; anything else is a mistake and reads as empty. */
export function itemsOf(file: YamlFile, node: YamlNode, what: string): YamlNode[] {
  if (isEmpty(node)) return [];
  if (!isSeq(node)) {
    file.report(node, `${what} should be a list`);
    return [];
  }
  return node.items as YamlNode[];
}

/** The text of a scalar as written, so that `0100` stays what it is; undefined for a list or mapping. */
export function textOf(node: YamlNode): string | undefined {
  return isScalar(node) ? scalarText(node) : undefined;
}

/** The text under `key`, or a mistake. */
export function requireText(file: YamlFile, entries: readonly Entry[], key: string): string {
  const text = textOf(entries.find((entry) => entry.key === key)?.value);
  if (text === undefined || text === '') file.report(file.root, `"${key}" is missing`);
  return text ?? '';
}

/** A key that nothing reads is a misspelling. */
export function refuseOtherKeys(file: YamlFile, entries: readonly Entry[], known: readonly string[]): void {
  for (const entry of entries) {
    if (!known.includes(entry.key)) file.report(entry.node, `"${entry.key}" is none of ${known.join(', ')}`);
  }
}

function isEmpty(node: YamlNode): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function scalarText(node: {
  value: unknown;
  source?: string | undefined;
  type?: string | undefined;
}): string {
  return node.type === 'PLAIN' && node.source !== undefined ? node.source : String(node.value ?? '');
}
