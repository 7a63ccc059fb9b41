import { z } from 'zod';
import type { PageName } from '../../../src/render/page/models/page-models.ts';
import { SAMPLES } from '../../../src/render/page/samples/samples.ts';

export const NAMES = Object.keys(SAMPLES) as PageName[];

/** The sample without those of its optional parts that are not chosen to stay. */
export function stripOptional<T>(schema: z.ZodType, value: T, stays: () => boolean = () => false): T {
  if (schema instanceof z.ZodOptional) return stripOptional(schema.unwrap() as z.ZodType, value, stays);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((one) => stripOptional(schema.element as z.ZodType, one, stays)) as T;
  if (!(schema instanceof z.ZodObject)) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const kept = Object.entries(schema.shape as Record<string, z.ZodType>).filter(
    ([key, type]) => given[key] !== undefined && (!(type instanceof z.ZodOptional) || stays()),
  );
  return Object.fromEntries(kept.map(([key, type]) => [key, stripOptional(type, given[key], stays)])) as T;
}
