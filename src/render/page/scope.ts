import { z } from 'zod';
import { suggest } from '../../lib/suggest.ts';
import type { Loop } from './layout.ts';

/** The names that a text may use where it stands: those of the model, and those that loops add. */
export type Scope = z.ZodObject;

/** In header and footer. */
export const PAGE_NAMES = { page: z.object({ number: z.string(), count: z.string() }) };

/** Inside a loop: one of the list under the loop's name, and `index`, which counts from 1. */
export type LoopScope = { readonly scope: Scope; readonly wrong: string | undefined };

export function enterLoop(scope: Scope, { name, path }: Loop): LoopScope {
  let type: z.ZodType = scope;
  for (const [i, step] of path.entries()) {
    const shape = type instanceof z.ZodObject ? type.shape : {};
    const next: z.ZodType | undefined = shape[step];
    if (next === undefined) {
      const what = i === 0 ? 'there is' : `\`${path.slice(0, i).join('.')}\` has`;
      return addNames(scope, name, z.any(), `${what} no list \`${step}\`${suggest(step, listLists(shape))}`);
    }
    type = unwrap(next);
  }
  if (!(type instanceof z.ZodArray))
    return addNames(scope, name, z.any(), `\`${path.join('.')}\` is no list`);
  if (Object.hasOwn(scope.shape, name))
    return addNames(scope, name, z.any(), `\`${name}\` is there already: choose another name`);
  return addNames(scope, name, unwrap(type.element as z.ZodType), undefined);
}

function addNames(scope: Scope, name: string, item: z.ZodType, wrong: string | undefined): LoopScope {
  return { scope: z.object({ ...scope.shape, [name]: item, index: z.string() }), wrong };
}

function listLists(shape: Readonly<Record<string, z.ZodType>>): string[] {
  return Object.keys(shape).filter((key) => {
    const type = unwrap(shape[key]!);
    return type instanceof z.ZodArray || type instanceof z.ZodObject;
  });
}

function unwrap(type: z.ZodType): z.ZodType {
  return type instanceof z.ZodOptional ? unwrap(type.unwrap() as z.ZodType) : type;
}
