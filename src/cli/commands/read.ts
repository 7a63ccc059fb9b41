import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describeInterchange } from '../../pipeline/documents/describe-report.ts';
import { readDocuments } from '../../pipeline/documents/read-documents.ts';
import { makeOpenProfile, makeReadingProfile } from '../../pipeline/process/profiles.ts';
import { EXIT, printBytes, say } from '../exit.ts';
import { openConfiguration, readChunks, requireFile, requirePartner, warnOfSharedMistakes } from '../open.ts';

const BATCH = 64 * 1024;

export function defineRead(program: Command): void {
  program
    .command('read')
    .description(
      'any supported document → canonical JSON, one document a line; what is refused is told on stderr',
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('--partner <id>', 'read it as this partner’s: its maps and its tolerance')
    .option('--map <name>', 'read it with this map: x12/850, or the path of a map file')
    .action(read);
}

async function read(file: string, options: { partner?: string; map?: string }): Promise<void> {
  const configuration = openConfiguration(options.map);
  warnOfSharedMistakes(configuration);
  const partner = options.partner === undefined ? undefined : requirePartner(configuration, options.partner);
  const profile =
    partner === undefined ? makeOpenProfile(configuration) : makeReadingProfile(configuration, partner);
  const open = openTwice(requireFile(file));
  let refused = 0;
  let documents = 0;
  let lines: string[] = [];
  let length = 0;
  const flush = async () => {
    if (lines.length > 0) await printBytes(`${lines.join('\n')}\n`);
    lines = [];
    length = 0;
  };
  for (const result of readDocuments(open, profile)) {
    switch (result.kind) {
      case 'document': {
        const line = JSON.stringify(result.document);
        documents += 1;
        lines.push(line);
        length += line.length;
        if (length > BATCH) await flush();
        break;
      }
      case 'unread':
        refused += 1;
        say(
          `${file}: set ${result.set} ${result.control}: there is no map for it in version ${result.version}`,
        );
        break;
      case 'junk':
        say(`${file}: byte ${result.problem.offset}: ${result.problem.message}`);
        if (result.problem.severity === 'error') refused += 1;
        break;
      case 'interchange': {
        const { report } = result;
        const unsound = report.status !== 'A' || report.groups.some((group) => group.status !== 'A');
        const warned = unsound || hasWarnings(report);
        if (warned) say(`${file}: ${describeInterchange(report).join('\n')}`);
        if (
          report.status === 'R' ||
          report.groups.some((group) => group.status === 'R' || group.status === 'P')
        )
          refused += 1;
        break;
      }
    }
  }
  await flush();
  if (documents === 0 && refused === 0) say(`${file}: nothing was found in it`);
  process.exitCode = refused > 0 || documents === 0 ? EXIT.refused : EXIT.done;
}

function hasWarnings(report: Parameters<typeof describeInterchange>[0]): boolean {
  const groups = report.groups;
  return (
    report.problems.length > 0 ||
    groups.some((group) => group.problems.length > 0 || group.sets.some((set) => set.problems.length > 0))
  );
}

/** Standard input cannot be read twice, so it is kept. */
function openTwice(file: string): () => Iterable<Uint8Array> {
  if (file !== '-') return () => readChunks(file);
  const bytes = readFileSync(0);
  return () => [bytes];
}
