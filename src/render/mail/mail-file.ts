import { type Mistake, mistake, type Place } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import type { TemplateText } from '../template/engine.ts';

const SECTIONS = ['subject', 'preview', 'text', 'html'] as const;

export type MailSections = Readonly<Record<(typeof SECTIONS)[number], TemplateText>>;

const HEAD = /^--- *(\S*) *$/;

/** A mail's template: its sections, each behind a line such as `--- text`. */
export function readMailFile(
  file: string,
  text: string,
): { readonly sections: MailSections | undefined; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const found = new Map<string, { readonly place: Place; readonly lines: string[] }>();
  let open: string[] | undefined;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const place = { file, line: i + 1, column: 1 };
    const [, name] = HEAD.exec(line) ?? [];
    if (name === undefined) {
      if (open === undefined && line.trim() !== '')
        mistakes.push(mistake(place, 'expected a line such as `--- subject` above this one'));
      open?.push(line);
      continue;
    }
    if (!SECTIONS.some((section) => section === name))
      mistakes.push(mistake(place, `there is no section \`${name}\`${suggest(name, SECTIONS)}`));
    if (found.has(name)) mistakes.push(mistake(place, `the section \`${name}\` is there twice`));
    open = [];
    found.set(name, { place: { ...place, line: place.line + 1 }, lines: open });
  }
  for (const name of SECTIONS) {
    if (!found.has(name))
      mistakes.push(mistake({ file, line: 1, column: 1 }, `the section \`--- ${name}\` is missing`));
  }
  if (mistakes.length > 0) return { sections: undefined, mistakes };
  const read = (name: string): TemplateText => {
    const { place, lines } = found.get(name)!;
    return { text: lines.join('\n'), place };
  };
  return {
    sections: { subject: read('subject'), preview: read('preview'), text: read('text'), html: read('html') },
    mistakes,
  };
}
