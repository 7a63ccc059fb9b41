import { type Document, isMap, isNode, isPair, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { z } from 'zod';
import { findNearest } from './nearest.ts';

/** A mistake in a file that a person wrote, where it stands. Printed as `file:line:column message`. */
export type Mistake = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** A warning does not stop the file from being used. */
  readonly warning?: boolean;
};

export function formatMistake(mistake: Mistake): string {
  const kind = mistake.warning === true ? 'warning: ' : '';
  return `${mistake.file}:${mistake.line}:${mistake.column} ${kind}${mistake.message}`;
}

export type YamlFile = {
  readonly file: string;
  readonly document: Document.Parsed;
  /** The mistake at the value under `path`, or at its key, or at the nearest node above it. */
  readonly mistakeAt: (path: readonly PropertyKey[], message: string, at?: 'key' | 'value') => Mistake;
};

/** Parses YAML with its positions kept. Mistakes of syntax come back instead of being thrown. */
export function parseYamlFile(file: string, text: string): { yaml: YamlFile; mistakes: readonly Mistake[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const mistakes = document.errors.map((error) => ({ file, ...place(error.pos[0]), message: error.message }));
  const mistakeAt: YamlFile['mistakeAt'] = (path, message, at = 'value') => ({
    file,
    ...place(findOffset(document, path, at)),
    message,
  });
  return { yaml: { file, document, mistakeAt }, mistakes };
}

/** Checks a YAML text against a schema: the value, or every mistake in it with its place. */
export function readYamlFile<T extends z.ZodType>(
  file: string,
  text: string,
  schema: T,
): { value?: z.output<T>; yaml: YamlFile; mistakes: readonly Mistake[] } {
  const { yaml, mistakes } = parseYamlFile(file, text);
  if (mistakes.length > 0) return { yaml, mistakes };
  const result = schema.safeParse(yaml.document.toJS());
  if (result.success) return { value: result.data, yaml, mistakes: [] };
  return { yaml, mistakes: result.error.issues.flatMap((issue) => describeIssue(yaml, schema, issue)) };
}

function describeIssue(yaml: YamlFile, schema: z.ZodType, issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const meant = findNearest(key, known);
      const hint = meant === undefined ? `expected one of ${known.join(', ')}` : `did you mean "${meant}"?`;
      return yaml.mistakeAt([...issue.path, key], `unknown key "${key}": ${hint}`, 'key');
    });
  }
  if (issue.code === 'invalid_union') {
    // The branch that got furthest is the one that was meant.
    const branch = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    const deep = branch.filter((inner) => inner.path.length > 0);
    if (deep.length > 0) {
      return deep.flatMap((inner) =>
        describeIssue(yaml, schema, { ...inner, path: [...issue.path, ...inner.path] }),
      );
    }
    const wanted = issue.errors.flatMap((errors) => errors.map((error) => error.message));
    return [yaml.mistakeAt(issue.path, `${lastKey(issue.path)}: ${[...new Set(wanted)].join(', or ')}`)];
  }
  const name = lastKey(issue.path);
  const value = yaml.document.getIn(issue.path);
  const message = issue.message.replace(/^Invalid (input|option): /, '').replaceAll('"|"', '", "');
  if (value === undefined && name !== '') {
    return [
      yaml.mistakeAt(issue.path, `${name} is missing: ${message.replace(/, received undefined$/, '')}`),
    ];
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object') {
    return [yaml.mistakeAt(issue.path, `${name}: expected text; write it in quotes: "${value}"`)];
  }
  const was = typeof value === 'object' ? '' : ` (it is ${JSON.stringify(value)})`;
  return [yaml.mistakeAt(issue.path, `${name === '' ? '' : `${name}: `}${message}${was}`)];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function lastKey(path: readonly PropertyKey[]): string {
  const keys = path.filter((key) => typeof key === 'string');
  return keys.at(-1) ?? '';
}

/** The keys that the schema knows at a path, for suggestions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = schema as unknown as Shape | undefined;
  for (const key of path) {
    at = unwrap(at);
    at =
      typeof key === 'number'
        ? at?._zod.def.element
        : (at?._zod.def.shape?.[String(key)] ?? at?._zod.def.valueType);
  }
  return Object.keys(unwrap(at)?._zod.def.shape ?? {});
}

type Shape = {
  readonly _zod: {
    readonly def: {
      readonly shape?: Readonly<Record<string, Shape>>;
      readonly element?: Shape;
      readonly valueType?: Shape;
      readonly innerType?: Shape;
    };
  };
};

function unwrap(shape: Shape | undefined): Shape | undefined {
  let at = shape;
  while (at?._zod.def.innerType !== undefined) at = at._zod.def.innerType;
  return at;
}

function findOffset(document: Document.Parsed, path: readonly PropertyKey[], at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [i, key] of path.entries()) {
    const pair = isMap(node) ? findPair(node, key) : undefined;
    if (pair !== undefined) {
      const last = i === path.length - 1;
      const wanted = (last && at === 'key') || !isNode(pair.value) ? pair.key : pair.value;
      offset = (wanted as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = isNode(node)
        ? (node as { get?: (key: unknown, keep: true) => unknown }).get?.(key, true)
        : undefined;
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    }
  }
  return offset;
}

function findPair(map: { items: readonly unknown[] }, key: PropertyKey): Pair | undefined {
  return map.items.find(
    (item): item is Pair => isPair(item) && String((item.key as { value?: unknown })?.value) === String(key),
  );
}
