import type { Command } from 'commander';
import { suggest } from '../../lib/suggest.ts';
import {
  DOCUMENT_KINDS,
  describeSchema,
  isDocumentKind,
  listDocumentKinds,
} from '../../pipeline/documents/describe-schema.ts';
import { print, WrongCall } from '../exit.ts';
import { openConfiguration, warnOfSharedMistakes } from '../open.ts';

export function defineSchema(program: Command): void {
  program
    .command('schema')
    .description('the JSON Schema of a canonical document; without KIND a list of them')
    .argument('[kind]', 'such as purchase-order or invoice')
    .option('--json', 'the list as JSON')
    .action(printSchema);
}

function printSchema(kind: string | undefined, options: { json?: boolean }): void {
  if (kind === undefined) print(describeKinds(options.json === true));
  else if (isDocumentKind(kind)) print(JSON.stringify(describeSchema(kind), undefined, 2));
  else throw new WrongCall(`there is no document of kind ${kind}${suggest(kind, DOCUMENT_KINDS)}`);
}

function describeKinds(json: boolean): string {
  const configuration = openConfiguration();
  warnOfSharedMistakes(configuration);
  const kinds = listDocumentKinds(configuration);
  if (json) return JSON.stringify(kinds);
  const width = Math.max(...kinds.map((one) => one.kind.length));
  return kinds.map(({ kind, sets }) => `${kind.padEnd(width + 2)}${sets.join(' ')}`.trimEnd()).join('\n');
}
