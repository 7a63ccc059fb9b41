import type { Say } from '../../lib/mistake.ts';
import { isNothing, type YamlText } from '../../lib/yaml-tree.ts';
import type { TemplateEngine, TemplateText } from '../template/engine.ts';
import { templateInYaml } from '../template/text-place.ts';
import { tidyText } from './drawable.ts';
import type { Condition, LayoutText } from './layout.ts';
import type { Scope } from './scope.ts';

export type TextSource = {
  /** Of the whole file. */
  readonly source: string;
  readonly engine: TemplateEngine;
  readonly say: Say;
};

/** `{{ subject.lot }}`, and whatever stands around it. */
const ONE_VALUE = /^[^{]*\{\{-?\s*([a-z]\w*(?:\.\w+)*)[^}]*\}\}[^{]*$/i;

/**
 * A text that shows one value is left out where that value is absent. With several, the template has to say what it is
 * without each of them: nothing goes missing unasked.
 */
export function compileText(node: YamlText, scope: Scope, { source, engine, say }: TextSource): LayoutText {
  const { place } = node;
  const template = templateInYaml(source, node);
  if (!/\{[{%]/.test(template.text)) {
    const text = tidyText(template.text);
    return { place, render: () => text };
  }
  const [, only] = ONE_VALUE.exec(template.text) ?? [];
  const asked = only === undefined ? template : wrap(template, `{% if ${only} %}`, '{% endif %}');
  const { template: made } = engine.compile(asked, scope);
  // Told of the text as it was written.
  if (made === undefined) for (const one of engine.compile(template, scope).mistakes) say(one, one.message);
  return { place, render: (values) => (made === undefined ? '' : tidyText(made.render(values))) };
}

/** `when: replaces`: what an `{% if %}` takes. */
export function compileCondition(
  node: YamlText,
  scope: Scope,
  { source, engine, say }: TextSource,
): Condition | undefined {
  if (isNothing(node)) return undefined;
  const { template, mistakes } = engine.compile(
    wrap(templateInYaml(source, node), '{% if ', ' %}yes{% endif %}'),
    scope,
  );
  for (const one of mistakes) say(one, one.message);
  return template && ((values) => template.render(values) === 'yes');
}

/** The text keeps its place. */
function wrap({ text, place, ...rest }: TemplateText, before: string, after: string): TemplateText {
  const start = { ...place, column: place.column - before.length };
  return { ...rest, text: `${before}${text}${after}`, place: start };
}
