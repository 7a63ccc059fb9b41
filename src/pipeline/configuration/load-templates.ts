import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Where a template lies, and its text. */
export type TemplateFile = { readonly file: string; readonly text: string };

/** By the path below the folder, such as `mails/shipped.en.liquid`. */
export type TemplateFiles = ReadonlyMap<string, TemplateFile>;

const TEXTS = /\.(liquid|yaml)$/;

/** Every template of a folder and the folders in it; none where there is no such folder. */
export function loadTemplates(folder: string): TemplateFiles {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => TEXTS.test(name))
    .sort();
  return new Map(
    names.map((name) => {
      const file = join(folder, name);
      return [relative('.', name).split(sep).join('/'), { file, text: readFileSync(file, 'utf8') }];
    }),
  );
}

/** A partner's own template takes the place of the one of the same name, whole. */
export function templatesFor(shared: TemplateFiles, own: TemplateFiles): TemplateFiles {
  return own.size === 0 ? shared : new Map([...shared, ...own]);
}
