import type { Command } from 'commander';
import { retryFiles } from '../../pipeline/retry.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineRetry(program: Command): void {
  program
    .command('retry')
    .description('process a quarantined file again, or deliver one again that could not be delivered')
    .argument('<file>', 'id or name of the file')
    .option('--partner <id>', 'only files of this partner')
    .action(retry);
}

const SAYS = {
  processing: 'is processed again',
  delivery: 'is delivered again',
  nothing: 'needs nothing: it is done, or on its way',
} as const;

async function retry(name: string, options: { partner?: string }): Promise<void> {
  const retried = await withGateway((context) => retryFiles(context, name, options.partner));
  for (const { file, what } of retried) print(`${file.partner} ${file.name} [${file.id}] ${SAYS[what]}`);
  if (retried.length === 0) say(`there is no file "${name}"`);
  process.exitCode = retried.length === 0 ? EXIT.refused : EXIT.done;
}
