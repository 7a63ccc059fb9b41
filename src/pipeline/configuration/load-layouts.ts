import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Mistake, mistake } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import { compileLabel } from '../../render/label/compile-label.ts';
import { type CompiledLayout, compileLayout } from '../../render/page/compile-layout.ts';
import { PAGE_MODELS, type PageModel, type PageName } from '../../render/page/models/page-models.ts';
import { type Picture, readPicture } from '../../render/page/picture.ts';
import type { Configuration } from './configuration.ts';
import { type TemplateFile, type TemplateFiles, templatesFor } from './load-templates.ts';

type Layouts = Map<string, CompiledLayout<never>>;

/** Compiled once for each load of the configuration. */
const compiled = new WeakMap<TemplateFiles, Layouts>();

/**
 * The layout of a document: the partner's own, else the one that all share; in the language where there is one of it
 * (`documents/invoice.de.yaml`), else the one without a language.
 */
export function findLayout<N extends PageName>(
  { templates: shared, partners }: Pick<Configuration, 'templates' | 'partners'>,
  name: N,
  {
    partner,
    language,
  }: { readonly partner?: string | undefined; readonly language?: string | undefined } = {},
): CompiledLayout<PageModel<N>> {
  const own = partners.get(partner ?? '')?.templates ?? new Map();
  const files = templatesFor(shared, own);
  const file = files.get(`${name}.${language}.yaml`) ?? files.get(`${name}.yaml`);
  if (file === undefined) {
    const nowhere = { file: `${name}.yaml`, line: 1, column: 1 };
    return { layout: undefined, mistakes: [mistake(nowhere, 'there is no such layout')] };
  }
  const known: Layouts = compiled.get(shared) ?? new Map();
  compiled.set(shared, known);
  const found = known.get(file.file) ?? compilePage(file, name, [own, shared]);
  known.set(file.file, found as CompiledLayout<never>);
  return found as CompiledLayout<PageModel<N>>;
}

/** Every mistake in the layouts of pages and labels among these files; images may also lie with the shared ones. */
export function checkLayouts(files: TemplateFiles, shared: TemplateFiles): readonly Mistake[] {
  return [...files].flatMap(([path, file]) => {
    const [folder, name = ''] = path.split('/');
    if (folder === 'labels') return compileLabel(file).mistakes;
    if (folder !== 'certificates' && folder !== 'documents') return [];
    const page = `${folder}/${name.replace(/(\.[a-z]{2}(-[A-Z]{2})?)?\.yaml$/, '')}`;
    if (isPageName(page)) return compilePage(file, page, [files, shared]).mistakes;
    const place = { file: file.file, line: 1, column: 1 };
    return [mistake(place, `there is no document ${page}${suggest(page, Object.keys(PAGE_MODELS))}`)];
  });
}

function isPageName(name: string): name is PageName {
  return Object.hasOwn(PAGE_MODELS, name);
}

function compilePage(
  { file, text }: TemplateFile,
  name: PageName,
  places: readonly TemplateFiles[],
): CompiledLayout<unknown> {
  const folders = places.flatMap((files) => folderOf(files, dirname(name)) ?? []);
  const { pictures, mistakes } = loadPictures([...new Set([dirname(file), ...folders])]);
  const { layout, mistakes: own } = compileLayout({ file, text, schema: PAGE_MODELS[name], pictures });
  const all = [...mistakes, ...own];
  return { layout: all.length > 0 ? undefined : layout, mistakes: all };
}

/** On disk, of the templates that lie in a folder of that name. */
function folderOf(files: TemplateFiles, name: string): string | undefined {
  const found = [...files].find(([path]) => dirname(path) === name);
  return found && dirname(found[1].file);
}

const PICTURE = /\.(png|jpe?g)$/i;

/** The images in the folders, by name; of two with one name the one in the earlier folder. */
function loadPictures(folders: readonly string[]): {
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly mistakes: readonly Mistake[];
} {
  const pictures = new Map<string, Picture>();
  const mistakes: Mistake[] = [];
  for (const folder of folders.filter((one) => existsSync(one))) {
    for (const name of readdirSync(folder).filter((one) => PICTURE.test(one) && !pictures.has(one))) {
      const file = join(folder, name);
      const read = readPicture(readFileSync(file));
      if (read.kind === 'picture') pictures.set(name, read.picture);
      else mistakes.push(mistake({ file, line: 1, column: 1 }, `the image ${read.message}`));
    }
  }
  return { pictures, mistakes };
}
