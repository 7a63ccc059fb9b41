import type { z } from 'zod';
import type { Mistake, Say } from '../../lib/mistake.ts';
import { mistake, sortMistakes } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import { addUntold, readYamlFile } from '../../lib/yaml-file.ts';
import { findNode, type YamlNode } from '../../lib/yaml-tree.ts';
import { createTemplateEngine } from '../template/engine.ts';
import { compileBlocks } from './compile-block.ts';
import { compileText } from './compile-text.ts';
import type { Layout } from './layout.ts';
import { type LayoutFile, layoutFile } from './layout-schema.ts';
import type { Picture } from './picture.ts';
import { PAGE_NAMES, type Scope } from './scope.ts';
import type { Shop } from './site.ts';
import { makeStyleBook } from './styles.ts';

export type LayoutSource<S extends Scope> = {
  readonly file: string;
  readonly text: string;
  /** Of what it lays out. */
  readonly schema: S;
  readonly pictures: ReadonlyMap<string, Picture>;
};

export type CompiledLayout<Model> = {
  /** Absent where there are mistakes. */
  readonly layout: Layout<Model> | undefined;
  readonly mistakes: readonly Mistake[];
};

/** A layout file made ready, or every mistake in it. */
export function compileLayout<S extends Scope>(given: LayoutSource<S>): CompiledLayout<z.output<S>> {
  const { file, text, schema, pictures } = given;
  const { value, root, mistakes: first } = readYamlFile(file, text, layoutFile);
  const mistakes: Mistake[] = [];
  const say: Say = (place, message) => void mistakes.push(mistake(place, message));
  // With mistakes at the top, the blocks are looked through all the same: all is told in one run.
  const settings = value ?? USUAL;
  if (root === undefined) return { layout: undefined, mistakes: first };
  const shop = openShop(settings, given, say);
  const { header, footer, body, title } = compileParts(root, schema, shop);
  const all = sortMistakes(addUntold(first, mistakes));
  if (all.length > 0) return { layout: undefined, mistakes: all };
  const { language, page, gap } = settings;
  return {
    layout: {
      file,
      accept: (model) => schema.parse(model),
      language,
      title,
      page,
      gap,
      header,
      footer,
      body,
      pictures,
    },
    mistakes: [],
  };
}

const USUAL: LayoutFile = layoutFile.parse({ title: '', body: [] });

function openShop(settings: LayoutFile, { text, pictures }: LayoutSource<Scope>, say: Say): Shop {
  const shop: Shop = {
    source: text,
    say,
    gap: settings.gap,
    styles: makeStyleBook(settings),
    engine: createTemplateEngine({
      locale: settings.language,
      output: 'text',
      words: new Map(Object.entries(settings.words)),
    }),
    checkImage: (name, place) => {
      if (!pictures.has(name))
        say(place, `there is no image ${name} beside the layout${suggest(name, pictures.keys())}`);
    },
    compileBlocks: (node, scope) => compileBlocks(node, scope, shop),
  };
  return shop;
}

function compileParts(
  root: YamlNode,
  schema: Scope,
  shop: Shop,
): Pick<Layout<unknown>, 'header' | 'footer' | 'body' | 'title'> {
  const paged = schema.extend(PAGE_NAMES);
  const part = (name: string, scope: Scope) => {
    const { node } = findNode(root, [name]);
    return node === undefined ? [] : compileBlocks(node, scope, shop);
  };
  const { node: title } = findNode(root, ['title']);
  return {
    header: part('header', paged),
    footer: part('footer', paged),
    body: part('body', schema),
    title:
      title?.kind === 'text' ? compileText(title, schema, shop) : { place: root.place, render: () => '' },
  };
}
