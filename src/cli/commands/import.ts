import { type Command, Option } from 'commander';
import { findNearest } from '../../lib/suggest.ts';
import { describeColumns, makeTemplate } from '../../pipeline/import/describe-kind.ts';
import { type Imported, importMasterData } from '../../pipeline/import/import-master-data.ts';
import type { Columns } from '../../pipeline/import/kind.ts';
import { findImportKind, IMPORT_KINDS, type ImportKind, KINDS } from '../../pipeline/import/kinds.ts';
import type { ImportSource } from '../../pipeline/import/read-text.ts';
import { importShipments } from '../../pipeline/ship/import-shipments.ts';
import { SHIPMENT_COLUMNS } from '../../pipeline/ship/shipment-columns.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { readChunks, requireFile } from '../open.ts';
import { withGateway } from '../with-gateway.ts';

/** From so many rows on a person wants to see that it goes on. */
const LONG = 10_000;

type Options = {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly columns?: boolean;
  readonly template?: boolean;
};

export function defineImport(program: Command): void {
  program
    .command('import')
    .description('master data from CSV or JSON')
    .argument('[kind]', 'what the file holds')
    .argument('[file]', 'CSV with a header, or JSON objects; - for standard input')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--json', 'counts and mistakes, or columns, as JSON')
    .option('--list', 'the kinds, in an order in which they can be imported')
    .option('--columns', 'the columns of a kind')
    .addOption(
      new Option('--template', 'a CSV file of a kind to begin from: header and one row').conflicts('json'),
    )
    .addHelpText('after', `\nKinds:\n${listKinds()}`)
    .action(runImport);
}

async function runImport(
  kind: string | undefined,
  file: string | undefined,
  options: Options,
): Promise<void> {
  if (options.list === true) return print(options.json === true ? JSON.stringify(IMPORT_KINDS) : listKinds());
  const chosen = kind === SHIPMENTS ? SHIPMENTS : requireKind(kind);
  const columns = chosen === SHIPMENTS ? SHIPMENT_COLUMNS : KINDS[chosen].columns;
  if (options.template === true) return print(makeTemplate(columns).trimEnd());
  if (options.columns === true) return printColumns(columns, options.json === true);
  if (file === undefined)
    throw new WrongCall(`which file? causeway import ${chosen} FILE, or - for standard input`);
  if (chosen === SHIPMENTS) await importGoods(file, options);
  else await importFile(chosen, file, options);
}

/** No master data, and told in the same way. */
const SHIPMENTS = 'shipments';

async function importGoods(file: string, { dryRun = false, json }: Options): Promise<void> {
  const source = openSource(file);
  const imported = await withGateway((context) => importShipments(context, source, { dryRun }));
  const { booked, corrected, unchanged, waiting, stopped, mistakes } = imported;
  for (const { line, message } of mistakes) say(`${file}:${line} ${message}`);
  if (json === true) print(JSON.stringify(imported));
  else {
    const would = dryRun ? 'would be ' : '';
    print(`shipments: ${booked} ${would}booked, ${corrected} ${would}corrected, ${unchanged} unchanged`);
    for (const number of waiting) print(`  ${number} waits: the shipment that it corrects was not told yet`);
    for (const stop of stopped) print(`  its notice waits: ${stop}`);
  }
  process.exitCode = mistakes.length === 0 ? EXIT.done : EXIT.refused;
}

async function importFile(kind: ImportKind, file: string, options: Options): Promise<void> {
  const source = openSource(file);
  const imported = await withGateway(async (context) => {
    const result = await importMasterData(context, kind, source, {
      dryRun: options.dryRun === true,
      onProgress: process.stderr.isTTY ? showProgress : () => undefined,
    });
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    return result;
  });
  if (options.json === true) print(JSON.stringify(imported));
  tell(kind, file, imported, options);
  process.exitCode = imported.mistakes.length === 0 ? EXIT.done : EXIT.refused;
}

function tell(kind: ImportKind, file: string, imported: Imported, options: Options): void {
  for (const { line, element, message } of imported.mistakes)
    say(`${file}:${line} ${element === undefined ? '' : `object ${element}: `}${message}`);
  if (options.json === true) return;
  const { inserted, updated, unchanged, rows, mistakes } = imported;
  const would = options.dryRun === true ? 'would be ' : '';
  const refused = rows - inserted - updated - unchanged;
  const left = mistakes.length === 0 ? '' : rows === 0 ? '; the file was refused' : `, ${refused} refused`;
  print(`${kind}: ${inserted} ${would}added, ${updated} ${would}changed, ${unchanged} unchanged${left}`);
}

/** Standard input goes by once: an import that met another writer cannot begin again. */
function openSource(file: string): ImportSource {
  const path = requireFile(file);
  if (path !== '-') return () => readChunks(path);
  let opened = false;
  return () => {
    if (opened)
      throw new Error('the import met another writer and standard input is gone: nothing was imported');
    opened = true;
    return readChunks('-');
  };
}

function showProgress(rows: number): void {
  if (rows < LONG) return;
  process.stderr.write(`\r${rows.toLocaleString('en')} rows`);
}

function requireKind(kind: string | undefined): ImportKind {
  const kinds = [...IMPORT_KINDS, SHIPMENTS].join(', ');
  if (kind === undefined) throw new WrongCall(`what is to be imported? expected ${kinds}`);
  const found = findImportKind(kind);
  if (found !== undefined) return found;
  const near = findNearest(kind, [...IMPORT_KINDS, SHIPMENTS]);
  const hint = near.length === 0 ? `expected ${kinds}` : `did you mean ${near.join(' or ')}?`;
  throw new WrongCall(`there is nothing to import called "${kind}": ${hint}`);
}

function listKinds(): string {
  const goods = `  ${SHIPMENTS.padEnd(18)}what left a warehouse: one row a packed item`;
  return [...IMPORT_KINDS.map((kind) => `  ${kind.padEnd(18)}${KINDS[kind].meaning}`), goods].join('\n');
}

function printColumns(of: Columns, json: boolean): void {
  const columns = describeColumns(of);
  if (json) {
    print(JSON.stringify(columns));
    return;
  }
  for (const { name, needed, wanted, meaning, only } of columns) {
    const when = only === 'json' ? 'JSON only' : needed ? 'needed' : '';
    print(`${name.padEnd(18)}${when.padEnd(11)}${meaning} (${wanted})`);
  }
}
