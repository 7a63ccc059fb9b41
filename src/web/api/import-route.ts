import type { Context } from '../../context.ts';
import { suggest } from '../../lib/suggest.ts';
import { type Imported, importMasterData } from '../../pipeline/import/import-master-data.ts';
import { describeImport } from '../../pipeline/import/import-report.ts';
import { findImportKind, IMPORT_KINDS, type ImportKind } from '../../pipeline/import/kinds.ts';
import { Problem } from './problem.ts';
import type { Answer, ApiRequest, Route } from './route.ts';

export const IMPORT: Route = {
  method: 'POST',
  path: '/import/:kind',
  scope: 'import',
  summary: 'Bring in master data. Good rows go in together; every bad one is told with its line and reason.',
  takes: ['text/csv', 'application/json', 'application/x-ndjson', 'application/jsonl'],
  query: { 'dry-run': 'true: say what would change, and change nothing' },
  handle: importRows,
};

async function importRows({ context, params, query, body, remember }: ApiRequest): Promise<Answer> {
  const kind = requireKind(params['kind'] ?? '');
  const dryRun = readDryRun(query);
  const imported = await takeTurn(context, () =>
    importMasterData(context, kind, () => body.read(), {
      dryRun,
      onEnd: (tx, ended) => remember(tx, answer(kind, ended, dryRun)),
    }),
  );
  if (imported.rows > 0 || imported.mistakes.length === 0) return answer(kind, imported, dryRun);
  const { mistakes } = imported;
  throw new Problem(422, `the file was refused: ${mistakes[0]!.message}`, { kind, mistakes });
}

function answer(kind: ImportKind, imported: Imported, dryRun: boolean): Answer {
  return { status: 200, body: describeImport(kind, imported, dryRun) };
}

function requireKind(name: string): ImportKind {
  const kind = findImportKind(name);
  if (kind !== undefined) return kind;
  throw new Problem(404, `there is nothing to import called "${name}"${suggest(name, IMPORT_KINDS)}`);
}

function readDryRun(query: URLSearchParams): boolean {
  const given = query.get('dry-run') ?? 'false';
  if (given === 'true' || given === 'false') return given === 'true';
  throw new Problem(400, `expected dry-run=true or dry-run=false (it is ${JSON.stringify(given)})`);
}

/** The last import of each process: one waits for the other here, where it takes up no connection to the database. */
const turns = new WeakMap<Context, Promise<unknown>>();

async function takeTurn<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(context) ?? Promise.resolve()).then(work);
  turns.set(
    context,
    turn.catch(() => undefined),
  );
  return await turn;
}
