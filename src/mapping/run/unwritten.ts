import { compileGet, type Get } from '../compile/item.ts';
import {
  type ElementPlan,
  isInline,
  type LoopPlan,
  type ScopePlan,
  type SegmentPlan,
} from '../language/plan.ts';
import { isList } from '../language/schema.ts';

/** A field of the canonical type that a map has no place for: told when a document holds it. */
export type Unwritten = { readonly path: string; readonly get: Get };

/** Paths that the segments and inner loops of a scope write. */
export function writtenIn(loop: LoopPlan): ReadonlySet<string> {
  const segments = [...loop.segments.values()].flat();
  const loops = [...loop.loops.values()].flat();
  const lists = [...segments, ...loops].flatMap(({ list }) => (list === undefined ? [] : [list.path]));
  const shared = loops.filter((one) => one.list === undefined).flatMap((one) => [...writtenIn(one)]);
  const children = loop.tree ? ['children'] : [];
  return new Set([
    ...children,
    ...writtenFields(segments.filter((one) => one.list === undefined)),
    ...lists,
    ...shared,
  ]);
}

export function writtenFields(segments: readonly Pick<SegmentPlan, 'elements'>[]): ReadonlySet<string> {
  const paths = new Set<string>();
  const visit = (element: ElementPlan | undefined): void => {
    if (element?.kind === 'composite') for (const part of element.parts) visit(part);
    if (element?.kind === 'tree' && element.id !== undefined) paths.add(element.id.path);
    if (element === undefined || !(element.kind === 'field' || isInline(element))) return;
    paths.add(element.field.path);
    if (element.kind === 'field' && element.conversion.as.kind === 'table')
      paths.add(element.conversion.as.code.path);
  };
  for (const segment of segments) for (const element of segment.elements) visit(element);
  return paths;
}

/** What a document may hold that this map has no place for. */
export function unwrittenOf(scope: ScopePlan, written: ReadonlySet<string>): readonly Unwritten[] {
  const visit = (schema: ScopePlan['schema'], prefix: string): readonly string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly string[] => {
      const path = prefix + name;
      const envelope = scope.path === '' && (path === 'source' || path === 'unmapped');
      if (field.const !== undefined || envelope || written.has(path)) return [];
      return field.properties !== undefined && !isList(field) ? visit(field, `${path}.`) : [path];
    });
  return visit(scope.schema, '').map((path) => ({ path, get: compileGet(path.split('.')) }));
}
