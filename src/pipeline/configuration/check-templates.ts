import { join } from 'node:path';
import { partnerFile } from '../../domain/partner/partner.ts';
import { formatMistake, type Mistake, sortMistakes } from '../../lib/mistake.ts';
import { mistakeAt, readYamlFile } from '../../lib/yaml-file.ts';
import { compileMails, listLanguages } from '../../render/mail/mail-templates.ts';
import type { Configuration, Partner } from './configuration.ts';
import { checkLayouts } from './load-layouts.ts';
import { templatesFor } from './load-templates.ts';
import { shortenPath } from './shorten-path.ts';

/**
 * Mistakes in templates, by the partner whose they are; '' for those that all share. They stop no partner: orders come
 * and are answered, only what a broken template would make waits for a person.
 */
export function checkTemplates(configuration: Configuration): ReadonlyMap<string, readonly Mistake[]> {
  const { templates: shared, partners } = configuration;
  const common = tidy([
    ...listLanguages(shared).flatMap((language) => compileMails(shared, language).mistakes),
    ...checkLayouts(shared, shared),
  ]);
  const told = new Set(common.map(formatMistake));
  const found = [...partners.values()].map((partner) => {
    const own = tidy([...checkMails(configuration, partner), ...checkLayouts(partner.templates, shared)]);
    return [partner.id, own.filter((one) => !told.has(formatMistake(one)))] as const;
  });
  return new Map([['', common], ...found]);
}

function checkMails({ templates: shared, company }: Configuration, partner: Partner): readonly Mistake[] {
  const { mails } = partner.file;
  if (mails === undefined) return [];
  const missing = company?.mail === undefined ? [warn(partner, [], NO_SERVER)] : [];
  const templates = templatesFor(shared, partner.templates);
  if (listLanguages(templates).includes(mails.language.slice(0, 2)))
    return [...missing, ...compileMails(templates, mails.language).mistakes];
  const known = listLanguages(shared).join(', ');
  return [
    ...missing,
    at(partner, ['language'], `there are no mails in this language; there are in ${known}`),
  ];
}

const NO_SERVER = 'no mails are sent: company.yaml does not say how (`mail`)';

function warn(partner: Partner, path: readonly string[], message: string): Mistake {
  return { ...at(partner, path, message), warning: true };
}

function at({ folder, files }: Partner, path: readonly string[], message: string): Mistake {
  const { root } = readYamlFile(join(folder, 'partner.yaml'), files.get('partner.yaml') ?? '', partnerFile);
  return mistakeAt(root!, ['mails', ...path], message, path.length === 0 ? 'key' : 'value');
}

function tidy(mistakes: readonly Mistake[]): readonly Mistake[] {
  return sortMistakes(mistakes.map((one) => ({ ...one, file: shortenPath(one.file) })));
}
