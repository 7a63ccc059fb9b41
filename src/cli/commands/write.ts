import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { writeDocuments } from '../../pipeline/documents/write-documents.ts';
import { EXIT, printBytes, say, WrongCall } from '../exit.ts';
import { openConfiguration, requireFile, requirePartner, warnOfSharedMistakes } from '../open.ts';

export function defineWrite(program: Command): void {
  program
    .command('write')
    .description('canonical JSON → bytes; several documents, one a line, become one group')
    .argument('<file>', 'the file, or - for standard input')
    .requiredOption('--as <format>', 'what to write, such as x12/855')
    .requiredOption('--partner <id>', 'for whom: its map, version and separators')
    .option('--control <number>', 'ISA13 and GS06 to begin with', '1')
    .action(write);
}

async function write(file: string, options: { as: string; partner: string; control: string }): Promise<void> {
  const set = /^x12\/(\d{3}|TA1)$/.exec(options.as)?.[1];
  if (set === undefined)
    throw new WrongCall(`--as ${options.as}: expected x12/ and a set or TA1, such as x12/855`);
  if (!/^[1-9]\d{0,8}$/.test(options.control))
    throw new WrongCall(`--control ${options.control}: expected 1 to 999999999`);
  const configuration = openConfiguration();
  warnOfSharedMistakes(configuration);
  const partner = requirePartner(configuration, options.partner);
  const text = readFileSync(file === '-' ? 0 : requireFile(file), 'utf8');
  const written = writeDocuments(
    text,
    set,
    configuration,
    partner,
    Number(options.control),
    new Date().toISOString(),
  );
  for (const problem of written.problems) say(`${file}:${problem.line} ${problem.message}`);
  if (written.bytes !== undefined) await printBytes(written.bytes);
  process.exitCode = written.bytes === undefined ? EXIT.refused : EXIT.done;
}
