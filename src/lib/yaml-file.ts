import type { z } from 'zod';
import { type Mistake, mistake, samePlace } from './mistake.ts';
import { describeIssue, type Finding, isToldByAnother } from './schema-issue.ts';
import { findNode, parseYaml, toValue, type YamlNode } from './yaml-tree.ts';

export type YamlFile<T> = {
  /** Absent where the file has mistakes. */
  readonly value: T | undefined;
  /** Absent where it is no YAML at all. */
  readonly root: YamlNode | undefined;
  readonly mistakes: readonly Mistake[];
};

/** Checks a YAML text against a schema: the value, or every mistake in it with its place. */
export function readYamlFile<T extends z.ZodType>(
  file: string,
  text: string,
  schema: T,
): YamlFile<z.output<T>> {
  const { root, mistakes } = parseYaml(file, text);
  if (root === undefined) {
    const empty = mistake({ file, line: 1, column: 1 }, 'the file is empty');
    return { value: undefined, root, mistakes: mistakes.length > 0 ? mistakes : [empty] };
  }
  const result = schema.safeParse(toValue(root));
  if (result.success && mistakes.length === 0) return { value: result.data, root, mistakes };
  const findings = (result.error?.issues ?? []).flatMap((issue) => describeIssue(root, schema, issue));
  const found = findings
    .filter((one) => !isToldByAnother(one, findings))
    .map((one) => placeFinding(root, one));
  return { value: undefined, root, mistakes: addUntold(mistakes, found) };
}

/** With those of `more` that say something of a place that nothing was said of. */
export function addUntold(mistakes: readonly Mistake[], more: readonly Mistake[]): readonly Mistake[] {
  return [...mistakes, ...more.filter((one) => !mistakes.some((other) => samePlace(one, other)))];
}

function placeFinding(root: YamlNode, { path, kind, message }: Finding): Mistake {
  return mistakeAt(root, path, message, kind === 'unknown' ? 'key' : 'value');
}

/** The mistake at the value under `path` or at its key; where there is none, at the key of the nearest thing above. */
export function mistakeAt(
  root: YamlNode,
  path: readonly PropertyKey[],
  message: string,
  at: 'key' | 'value' = 'value',
): Mistake {
  const { node, key } = findNode(root, path);
  return mistake(at === 'key' || node === undefined ? key : node.place, message);
}
