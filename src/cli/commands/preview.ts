import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { formatMistake } from '../../lib/mistake.ts';
import { isPreviewed, PREVIEWED, previewPage } from '../../pipeline/print/preview-page.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { openConfiguration, requirePartner } from '../open.ts';

type Options = { partner?: string; language?: string; out?: string };

export function definePreview(program: Command): void {
  program
    .command('preview')
    .description('the layout of a certificate or other document as PDF, filled with a made-up one')
    .argument('[name]', 'such as certificates/conformance; without it, all names')
    .option('--partner <id>', "this partner's own layout, where it has one")
    .option('--language <language>', 'the layout in this language, where there is one')
    .option('--out <file>', 'where to write the PDF; otherwise the name with .pdf in the working folder')
    .action(preview);
}

function preview(name: string | undefined, { partner, language, out }: Options): void {
  if (name === undefined) {
    print(PREVIEWED.join('\n'));
    return;
  }
  if (!isPreviewed(name))
    throw new WrongCall(`there is no document ${name}; there are ${PREVIEWED.join(', ')}`);
  const configuration = openConfiguration();
  if (partner !== undefined) requirePartner(configuration, partner);
  const made = previewPage(configuration, name, { partner, language });
  if (made.kind === 'page') {
    const file = out ?? `${basename(name)}.pdf`;
    writeFileSync(file, made.pdf);
    say(`written to ${file}`);
  } else {
    for (const reason of made.kind === 'mistakes' ? made.mistakes.map(formatMistake) : made.reasons)
      print(reason);
    process.exitCode = EXIT.refused;
  }
}
