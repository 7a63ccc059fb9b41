import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describeInterchange } from '../../pipeline/documents/describe-report.ts';
import { validateFile } from '../../pipeline/documents/validate-file.ts';
import { EXIT, print, printBytes, say } from '../exit.ts';
import { openConfiguration, requireFile, requirePartner, warnOfSharedMistakes } from '../open.ts';

export function defineValidate(program: Command): void {
  program
    .command('validate')
    .description('what is wrong with a file, segment by segment')
    .argument('<file>', 'the file, or - for standard input')
    .option('--partner <id>', 'judge it as if this partner had sent it')
    .option('--ack', 'print the TA1 and 997 that would go back, and nothing else')
    .option('--json', 'the report as JSON')
    .action(validate);
}

async function validate(
  file: string,
  options: { partner?: string; ack?: boolean; json?: boolean },
): Promise<void> {
  const configuration = openConfiguration();
  warnOfSharedMistakes(configuration);
  const partner = options.partner === undefined ? undefined : requirePartner(configuration, options.partner);
  const bytes = readFileSync(file === '-' ? 0 : requireFile(file));
  const found = validateFile(bytes, configuration, partner, new Date().toISOString());
  const tell = options.ack === true ? say : print;
  if (options.json === true) print(JSON.stringify({ interchanges: found.reports, junk: found.junk }));
  else {
    for (const problem of found.junk)
      tell(`${problem.severity} at byte ${problem.offset}: ${problem.message}`);
    for (const report of found.reports) tell(describeInterchange(report).join('\n'));
  }
  for (const problem of found.unwritten) say(problem);
  if (options.ack === true)
    for (const acknowledgement of found.acknowledgements) await printBytes(acknowledgement);
  if (found.reports.length === 0) say(`${file}: no interchange was found in it`);
  process.exitCode = found.sound ? EXIT.done : EXIT.refused;
}
