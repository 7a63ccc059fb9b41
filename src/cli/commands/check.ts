import type { Command } from 'commander';
import { formatMistake, sortMistakes } from '../../lib/mistake.ts';
import { checkTemplates } from '../../pipeline/configuration/check-templates.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { openConfiguration } from '../open.ts';

export function defineCheck(program: Command): void {
  program
    .command('check')
    .description('partner files, maps, standards and templates: every mistake as file:line:column message')
    .argument('[partner]', 'only this partner and what all share')
    .option('--json', 'mistakes as JSON')
    .action(check);
}

function check(partner: string | undefined, options: { json?: boolean }): void {
  const configuration = openConfiguration();
  const known = new Set([...configuration.partners.keys(), ...configuration.mistakes.keys()]);
  if (partner !== undefined && !known.has(partner)) {
    throw new WrongCall(
      `there is no partner "${partner}"; known are ${[...known].filter(Boolean).join(', ')}`,
    );
  }
  const mistakes = sortMistakes(
    [...configuration.mistakes, ...checkTemplates(configuration)]
      .filter(([owner]) => partner === undefined || owner === '' || owner === partner)
      .flatMap(([, found]) => found),
  );
  for (const mistake of mistakes) if (options.json !== true) print(formatMistake(mistake));
  if (options.json === true) print(JSON.stringify(mistakes));
  const errors = mistakes.filter((mistake) => mistake.warning !== true).length;
  const sound =
    partner === undefined ? `${configuration.partners.size} partners are sound` : `${partner} is sound`;
  say(errors === 0 ? sound : `${errors} ${errors === 1 ? 'mistake' : 'mistakes'}`);
  process.exitCode = errors === 0 ? EXIT.done : EXIT.refused;
}
