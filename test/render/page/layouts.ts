import { assert } from '../../../src/lib/assert.ts';
import { formatMistake } from '../../../src/lib/mistake.ts';
import { findLayout } from '../../../src/pipeline/configuration/load-layouts.ts';
import { loadTemplates } from '../../../src/pipeline/configuration/load-templates.ts';
import { compileLayout } from '../../../src/render/page/compile-layout.ts';
import type { Layout } from '../../../src/render/page/layout.ts';
import type { PageModel, PageName } from '../../../src/render/page/models/page-models.ts';
import type { Picture } from '../../../src/render/page/picture.ts';
import { renderPage } from '../../../src/render/page/render-page.ts';
import type { Scope } from '../../../src/render/page/scope.ts';

const templates = loadTemplates(new URL('../../../templates', import.meta.url).pathname);

/** A layout of ours, from `templates/`. */
export function layoutOf<N extends PageName>(name: N): Layout<PageModel<N>> {
  const { layout, mistakes } = findLayout({ templates, partners: new Map() }, name);
  assert(layout !== undefined, mistakes.map(formatMistake).join('\n'));
  return layout;
}

export function pdfOf<N extends PageName>(name: N, model: PageModel<N>): Uint8Array {
  return renderPage(layoutOf(name), model);
}

/** A layout written in a test; its file is `l.yaml`. */
export function layoutFrom<S extends Scope>(
  schema: S,
  text: string,
  pictures: ReadonlyMap<string, Picture> = new Map(),
): Layout<S['_output']> {
  const { layout, mistakes } = compileLayout({ file: 'l.yaml', text, schema, pictures });
  assert(layout !== undefined, mistakes.map(formatMistake).join('\n'));
  return layout;
}

export function mistakesIn(schema: Scope, text: string): readonly string[] {
  return compileLayout({ file: 'l.yaml', text, schema, pictures: new Map() }).mistakes.map(formatMistake);
}
