import { z } from 'zod';
import { MAIL_KINDS, type MailKind } from '../../domain/mail/mail-kinds.ts';
import { MAIL_MODELS, type MailModels } from '../../domain/mail/mail-model.ts';
import { type Mistake, mistake } from '../../lib/mistake.ts';
import {
  createTemplateEngine,
  type Template,
  type TemplateEngine,
  type TemplateText,
} from '../template/engine.ts';
import { markUp } from '../template/markup.ts';
import { readWords } from '../template/words.ts';
import { readMailFile } from './mail-file.ts';

/** What the layouts put around every mail: `mails/layout.html.liquid` and `mails/layout.text.liquid`. */
const layoutModel = z.strictObject({
  language: z.string(),
  subject: z.string(),
  /** What a list of mails shows beside the subject. */
  preview: z.string(),
  content: z.any(),
  company: z.strictObject({ name: z.string(), signature: z.array(z.string()) }),
});

type Company = z.infer<typeof layoutModel>['company'];

export type MailText = { readonly subject: string; readonly text: string; readonly html: string };

/** Throws `TemplateFault` where a value is none that the template can show. */
export type WriteMail<K extends MailKind> = (model: MailModels[K], company: Company) => MailText;

export type MailTemplates = {
  /** Those without mistakes. */
  readonly writers: { readonly [K in MailKind]?: WriteMail<K> };
  readonly mistakes: readonly Mistake[];
};

type TemplateFile = { readonly file: string; readonly text: string };
type TemplateFiles = ReadonlyMap<string, TemplateFile>;

/** The languages that words are given for. */
export function listLanguages(files: TemplateFiles): readonly string[] {
  return [...files.keys()].flatMap((name) => /^words\.([a-z]{2})\.yaml$/.exec(name)?.[1] ?? []);
}

/** The templates of one language, compiled and checked. `locale` may name a country beside it: `de-AT`. */
export function compileMails(files: TemplateFiles, locale: string): MailTemplates {
  const mistakes: Mistake[] = [];
  const desk = openDesk(files, locale, mistakes);
  const layouts = {
    html: desk.compile(desk.html, desk.find('mails/layout.html.liquid'), layoutModel),
    text: desk.compile(desk.text, desk.find('mails/layout.text.liquid'), layoutModel),
  };
  const writers = MAIL_KINDS.map((kind) => [kind, compileMail(desk, kind, layouts)]);
  return { writers: Object.fromEntries(writers) as MailTemplates['writers'], mistakes };
}

type Desk = {
  readonly language: string;
  readonly html: TemplateEngine;
  readonly text: TemplateEngine;
  /** Undefined, and a mistake, where there is no such file. */
  readonly find: (name: string) => TemplateText | undefined;
  /** Undefined where there are mistakes; they are kept. */
  readonly compile: <S extends z.ZodType>(
    engine: TemplateEngine,
    source: TemplateText | undefined,
    schema: S,
  ) => Template<z.output<S>> | undefined;
  readonly note: (mistakes: readonly Mistake[]) => void;
};

function openDesk(files: TemplateFiles, locale: string, mistakes: Mistake[]): Desk {
  const language = locale.slice(0, 2);
  const note = (found: readonly Mistake[]): void => void mistakes.push(...found);
  const find = (name: string): TemplateText | undefined => {
    const found = files.get(name);
    if (found !== undefined) return asText(found);
    note([mistake({ file: `templates/${name}`, line: 1, column: 1 }, 'there is no such template')]);
    return undefined;
  };
  const list = find(`words.${language}.yaml`);
  const { words, mistakes: inWords } = list === undefined ? NO_WORDS : readWords(list.place.file, list.text);
  note(inWords);
  const open = (output: 'html' | 'text') =>
    createTemplateEngine({ locale, output, words, parts: listParts(files, output) });
  return {
    language,
    html: open('html'),
    text: open('text'),
    find,
    compile: (engine, source, schema) => {
      if (source === undefined) return undefined;
      const { template, mistakes: found } = engine.compile(source, schema);
      note(found);
      return template;
    },
    note,
  };
}

const NO_WORDS = { words: new Map<string, string>(), mistakes: [] };

type Layouts = {
  readonly html: Template<z.infer<typeof layoutModel>> | undefined;
  readonly text: Template<z.infer<typeof layoutModel>> | undefined;
};

function compileMail<K extends MailKind>(desk: Desk, kind: K, layouts: Layouts): WriteMail<K> | undefined {
  const source = desk.find(`mails/${kind}.${desk.language}.liquid`);
  if (source === undefined) return undefined;
  const { sections, mistakes } = readMailFile(source.place.file, source.text);
  desk.note(mistakes);
  const model: z.ZodType<MailModels[K]> = MAIL_MODELS[kind] as never;
  const subject = desk.compile(desk.text, sections?.subject, model);
  const preview = desk.compile(desk.text, sections?.preview, model);
  const text = desk.compile(desk.text, sections?.text, model);
  const html = desk.compile(desk.html, sections?.html, model);
  const { html: htmlLayout, text: textLayout } = layouts;
  if (!subject || !preview || !text || !html || !htmlLayout || !textLayout) return undefined;
  return (value, company) => {
    const around = {
      language: desk.language,
      subject: oneLine(subject.render(value)),
      preview: oneLine(preview.render(value)),
      company,
    };
    return {
      subject: around.subject,
      text: tidyText(textLayout.render({ ...around, content: tidyText(text.render(value)) })),
      html: htmlLayout.render({ ...around, content: markUp(html.render(value)) }),
    };
  };
}

/** `mails/parts/lines.html.liquid` is the part `lines` of what is HTML. */
function listParts(files: TemplateFiles, output: 'html' | 'text'): ReadonlyMap<string, TemplateText> {
  const named = new RegExp(`^mails/parts/(.+)\\.${output}\\.liquid$`);
  return new Map(
    [...files].flatMap(([name, file]) => {
      const [, part] = named.exec(name) ?? [];
      // What ends the last line of the file is no part of the part.
      return part === undefined
        ? []
        : [[part, asText({ ...file, text: file.text.replace(/\n$/, '') })] as const];
    }),
  );
}

function asText({ file, text }: TemplateFile): TemplateText {
  return { text, place: { file, line: 1, column: 1 } };
}

/** A subject of RFC 5322 has no limit; what shows one has. */
const LONGEST_LINE = 250;

/** One line, so that no value from outside can begin a header of its own. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}

function tidyText(text: string): string {
  return `${text
    .replace(/(?<!^--)[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
