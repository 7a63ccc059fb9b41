import type { z } from 'zod';
import { findNearest } from './suggest.ts';
import { describeUnknownKey } from './yaml-fields.ts';
import { findNode, isNothing, type YamlNode } from './yaml-tree.ts';

/** One thing that a schema found wrong with a file, in words for whoever wrote it. */
export type Finding = {
  readonly kind: 'unknown' | 'missing' | 'wrong';
  readonly path: readonly PropertyKey[];
  readonly message: string;
};

type Issue = z.core.$ZodIssue;

export function describeIssue(root: YamlNode, schema: z.ZodType, issue: Issue): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({
      kind: 'unknown',
      path: [...issue.path, key],
      message: describeUnknownKey(key, known),
    }));
  }
  if (issue.code === 'invalid_union') return describeUnion(root, schema, issue);
  return [describeValue(root, issue)];
}

/** The branch that got furthest is the one that was meant. */
function describeUnion(
  root: YamlNode,
  schema: z.ZodType,
  issue: Extract<Issue, { code: 'invalid_union' }>,
): Finding[] {
  const meant = issue.errors.find(isInside);
  if (meant !== undefined) {
    return meant.flatMap((inner) =>
      describeIssue(root, schema, { ...inner, path: [...issue.path, ...inner.path] }),
    );
  }
  const wanted = new Set(issue.errors.flatMap((errors) => errors.map(({ message }) => strip(message))));
  return [
    { kind: 'wrong', path: issue.path, message: `${lastKey(issue.path)}: ${[...wanted].join(', or ')}` },
  ];
}

function isInside(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys');
}

function describeValue(root: YamlNode, issue: Issue): Finding {
  const { path } = issue;
  const name = lastKey(path);
  const { node } = findNode(root, path);
  const wanted = strip(issue.message);
  if (node === undefined || isNothing(node)) {
    const message = `${name} is missing: ${wanted.replace(/, received (undefined|null)$/, '')}`;
    return { kind: 'missing', path, message };
  }
  const head = name === '' ? '' : `${name}: `;
  if (node.kind !== 'text') return { kind: 'wrong', path, message: `${head}${wanted}` };
  const quotes = issue.code === 'invalid_type' && issue.expected === 'string';
  const message = quotes
    ? `${head}expected text; write it in quotes: "${node.text}"`
    : `${head}${wanted} (it is ${JSON.stringify(node.value)})`;
  return { kind: 'wrong', path, message };
}

function strip(message: string): string {
  return message.replace(/^Invalid (input|option): /, '').replaceAll('"|"', '", "');
}

/** `nam:` with its "did you mean" says all there is to say about a missing `name`. */
export function isToldByAnother(finding: Finding, all: readonly Finding[]): boolean {
  if (finding.kind !== 'missing') return false;
  const name = String(finding.path.at(-1) ?? '');
  return all.some(
    (other) =>
      other.kind === 'unknown' &&
      isSibling(other.path, finding.path) &&
      findNearest(String(other.path.at(-1)), [name]).length > 0,
  );
}

function isSibling(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && a.slice(0, -1).every((key, i) => key === b[i]);
}

function lastKey(path: readonly PropertyKey[]): string {
  return String(path.findLast((key) => typeof key === 'string') ?? '');
}

/** The part of a schema's inside that tells its keys; zod has no public way to ask. */
type Shape = {
  readonly _zod: {
    readonly def: {
      readonly shape?: Readonly<Record<string, Shape>>;
      readonly element?: Shape;
      readonly valueType?: Shape;
      readonly innerType?: Shape;
      readonly options?: readonly Shape[];
    };
  };
};

/** The keys that the schema knows at a path, for suggestions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = unwrap(schema as unknown as Shape);
  for (const key of path) at = at.flatMap((one) => unwrap(childOf(one, key)));
  return [...new Set(at.flatMap((one) => Object.keys(one._zod.def.shape ?? {})))];
}

function childOf({ _zod: { def } }: Shape, key: PropertyKey): Shape | undefined {
  return typeof key === 'number' ? def.element : (def.shape?.[String(key)] ?? def.valueType);
}

/** What lies under defaults, optionals and unions. */
function unwrap(shape: Shape | undefined): Shape[] {
  if (shape === undefined) return [];
  const { innerType, options } = shape._zod.def;
  if (innerType !== undefined) return unwrap(innerType);
  return options === undefined ? [shape] : options.flatMap(unwrap);
}
