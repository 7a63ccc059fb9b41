import type { z } from 'zod';
import { Problem } from './problem.ts';

/** What a JSON body says, once it has what it must; every mistake in it is told with its place. */
export function requireFields<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
  const all = mistakes.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`)).join('; ');
  throw new Problem(422, all, { mistakes });
}
