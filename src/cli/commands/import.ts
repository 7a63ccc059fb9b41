import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { IMPORT_KINDS, type ImportKind, importMasterData } from '../../pipeline/import-master-data.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { requireFile } from '../open.ts';
import { withGateway } from '../with-gateway.ts';

export function defineImport(program: Command): void {
  program
    .command('import')
    .description(`master data from CSV or JSON: ${IMPORT_KINDS.join(', ')}`)
    .argument('<kind>', IMPORT_KINDS.join(', '))
    .argument('<file>', 'CSV with a header, or a JSON array; - for standard input')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--json', 'the counts and mistakes as JSON')
    .action(importFile);
}

async function importFile(
  kind: string,
  file: string,
  options: { dryRun?: boolean; json?: boolean },
): Promise<void> {
  if (!isKind(kind))
    throw new WrongCall(`there is nothing to import called "${kind}": expected ${IMPORT_KINDS.join(', ')}`);
  const text = readFileSync(file === '-' ? 0 : requireFile(file), 'utf8');
  const imported = await withGateway((context) =>
    importMasterData(context, kind, text, options.dryRun === true),
  );
  if (options.json === true) print(JSON.stringify(imported));
  for (const { line, message } of imported.mistakes)
    say(line === 0 ? `${file}: ${message}` : `${file}:${line} ${message}`);
  const { inserted, updated, unchanged } = imported;
  const would = options.dryRun === true ? 'would be ' : '';
  if (options.json !== true)
    print(`${kind}: ${inserted} ${would}added, ${updated} ${would}changed, ${unchanged} unchanged`);
  process.exitCode = imported.mistakes.length === 0 ? EXIT.done : EXIT.refused;
}

function isKind(kind: string): kind is ImportKind {
  return (IMPORT_KINDS as readonly string[]).includes(kind);
}
