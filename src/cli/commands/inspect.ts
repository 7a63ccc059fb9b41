import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { inspectDocuments, type OpenFile } from '../../pipeline/documents/inspect-file.ts';
import { EXIT, printBytes, WrongCall } from '../exit.ts';
import { openConfiguration, readChunks, requireFile, requirePartner, warnOfSharedMistakes } from '../open.ts';

const BATCH = 64 * 1024;
const USUAL_WIDTH = 80;

type Options = {
  partner?: string;
  set?: string;
  all?: boolean;
  html?: boolean;
  color: boolean;
};

export function defineInspect(program: Command): void {
  program
    .command('inspect')
    .description('a file as a person reads it: names, codes in words, problems in their places')
    .argument('<file>', 'the file, or - for standard input')
    .option('--partner <id>', 'judge it as if this partner had sent it')
    .option('--set <control>', 'only sets of this control number (ST02)')
    .option('--all', 'every segment of a long set, and envelopes element by element')
    .option('--html', 'one page of HTML instead of text')
    .option('--no-color', 'no colour; NO_COLOR and FORCE_COLOR are heeded as well')
    .action(inspect);
}

async function inspect(file: string, options: Options): Promise<void> {
  const configuration = openConfiguration();
  warnOfSharedMistakes(configuration);
  const partner = options.partner === undefined ? undefined : requirePartner(configuration, options.partner);
  const whole = options.all === true;
  const found = inspectDocuments(openAgain(requireFile(file)), configuration, partner, {
    name: file === '-' ? 'standard input' : file,
    set: options.set,
    whole,
    as:
      options.html === true
        ? { kind: 'html' }
        : { kind: 'text', width: findWidth(), colour: options.color && hasColour(), envelopes: whole },
  });
  if (found.kind === 'no-such-set') throw new WrongCall(describeSets(options.set!, found.controls));
  let batch = '';
  for (const line of found.text) {
    batch += `${line}\n`;
    if (batch.length < BATCH) continue;
    await printBytes(batch);
    batch = '';
  }
  await printBytes(batch);
  process.exitCode = found.sound ? EXIT.done : EXIT.refused;
}

/** Standard input cannot be read twice, so it is kept. */
function openAgain(file: string): OpenFile {
  if (file !== '-') return () => readChunks(file);
  const bytes = readFileSync(0);
  return () => [bytes];
}

/** Before a pager stdout is no terminal, while stderr still is. */
function findWidth(): number {
  return process.stdout.columns ?? process.stderr.columns ?? USUAL_WIDTH;
}

/** As Node decides for stdout: a terminal that has colours, NO_COLOR and FORCE_COLOR. */
function hasColour(): boolean {
  return styleText('red', 'x', { stream: process.stdout }) !== 'x';
}

const MOST_NAMED = 10;

function describeSets(asked: string, controls: readonly string[]): string {
  if (controls.length === 0) return `there is no set ${asked}: no set was found at all`;
  const more = controls.length > MOST_NAMED ? ', …' : '';
  return `there is no set ${asked}; there are ${controls.slice(0, MOST_NAMED).join(', ')}${more}`;
}
