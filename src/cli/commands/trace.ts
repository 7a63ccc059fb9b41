import type { Command } from 'commander';
import { describeTrace } from '../../pipeline/describe-trace.ts';
import { trace as traceStore } from '../../store/trace.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineTrace(program: Command): void {
  program
    .command('trace')
    .description('the timeline of an order, document, file or control number')
    .argument('<what>', 'PO number, id, file name or control number')
    .option('--partner <id>', 'only what concerns this partner')
    .option('--json', 'one entry a line as JSON')
    .action(trace);
}

async function trace(what: string, options: { partner?: string; json?: boolean }): Promise<void> {
  const found = await withGateway(({ db }) => traceStore(db, { what, partner: options.partner }));
  if (options.json === true) for (const entry of found.entries) print(JSON.stringify(entry));
  else for (const line of describeTrace(found.entries)) print(line);
  if (found.truncated) say('there is more than is shown: ask for one file or document');
  if (found.entries.length === 0) say(`nothing is known of "${what}"`);
  process.exitCode = found.entries.length === 0 ? EXIT.refused : EXIT.done;
}
