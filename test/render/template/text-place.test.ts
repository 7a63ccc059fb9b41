import test from 'ava';
import { z } from 'zod';
import { parseYaml, type YamlText } from '../../../src/lib/yaml-tree.ts';
import { createTemplateEngine } from '../../../src/render/template/engine.ts';
import { templateInYaml } from '../../../src/render/template/text-place.ts';

const engine = createTemplateEngine({ locale: 'en', output: 'text', words: new Map() });

/** Where the wrong name `wrong` is told to stand in a YAML file with the template under `text:`. */
function placeOfMistake(source: string): string {
  const { root } = parseYaml('f.yaml', source);
  const entry = root?.kind === 'table' ? root.entries.find(({ key }) => key.text === 'text') : undefined;
  const { mistakes } = engine.compile(templateInYaml(source, entry!.value as YamlText), z.object({}));
  return mistakes.map(({ line, column }) => `${line}:${column}`).join(' ');
}

test('a mistake in a template inside a YAML file is told where it stands in that file', (t) => {
  t.is(placeOfMistake('text: a {{ wrong }}'), '1:12');
  t.is(placeOfMistake('text: "a {{ wrong }}"'), '1:13');
  t.is(placeOfMistake("a: 1\ntext: 'a {{ wrong }}'"), '2:13');
  t.is(placeOfMistake('text: |\n    a\n    b {{ wrong }}\n'), '3:10');
  t.is(placeOfMistake('text: |\n\n  {{ wrong }}\n'), '3:6');
});
