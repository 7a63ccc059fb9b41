import { readFileSync } from 'node:fs';
import test from 'ava';
import { z } from 'zod';
import { BLOCKS } from '../../../src/render/page/layout-schema.ts';
import { PAGE_MODELS } from '../../../src/render/page/models/page-models.ts';
import { mistakesIn } from './layouts.ts';
import { NAMES } from './samples.ts';

const GUIDE = readFileSync(new URL('../../../docs/templates.md', import.meta.url), 'utf8');

function isTold(name: string): boolean {
  return GUIDE.includes(`\`${name}\``) || GUIDE.includes(`\`${name}:`);
}

/** Every name of a model's type, at any depth. */
function namesOf(type: z.ZodType): readonly string[] {
  if (type instanceof z.ZodOptional) return namesOf(type.unwrap() as z.ZodType);
  if (type instanceof z.ZodArray) return namesOf(type.element as z.ZodType);
  if (!(type instanceof z.ZodObject)) return [];
  return Object.entries(type.shape as Record<string, z.ZodType>).flatMap(([name, one]) => [
    name,
    ...namesOf(one),
  ]);
}

test('the guide names every layout, block, option and value', (t) => {
  const options = Object.entries(BLOCKS).flatMap(([kind, { shape }]) => [kind, ...Object.keys(shape)]);
  const values = NAMES.flatMap((name) => namesOf(PAGE_MODELS[name])).filter((name) => name !== 'kind');
  t.true(values.length > 100);
  const untold = [...NAMES, ...options, ...values].filter((name) => !isTold(name));
  t.deepEqual([...new Set(untold)], []);
});

test('the layout in the guide is sound', (t) => {
  const [, layout = ''] = /^```yaml\n(title: [\s\S]*?)^```/m.exec(GUIDE) ?? [];
  t.true(layout.includes('end-mark'));
  t.deepEqual(mistakesIn(PAGE_MODELS['certificates/conformance'], layout), []);
});
