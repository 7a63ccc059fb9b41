import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { listExceptions, resolveException } from '../../store/exceptions.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineExceptions(program: Command): void {
  program
    .command('exceptions')
    .description('what waits for a person, the most urgent first')
    .option('--partner <id>', 'only of this partner')
    .option('--all', 'resolved ones as well')
    .option('--json', 'one exception a line as JSON')
    .option('--resolve <id>', 'note this one as resolved')
    .option('--how <text>', 'what was done about it; needed with --resolve')
    .action(exceptions);
}

type Options = { partner?: string; all?: boolean; json?: boolean; resolve?: string; how?: string };

async function exceptions(options: Options): Promise<void> {
  if (options.resolve !== undefined) return resolve(options.resolve, options.how);
  const found = await withGateway(({ db }) =>
    listExceptions(db, {
      state: options.all === true ? 'all' : 'open',
      ...(options.partner === undefined ? {} : { partner: options.partner }),
    }),
  );
  for (const one of found) {
    if (options.json === true) print(JSON.stringify(one));
    else {
      print(
        `${one.partner}  ${one.kind} for ${one.team}, ${one.state}, due ${one.dueAt.slice(0, 16)}  [${one.id}]`,
      );
      print(`    ${one.message}`);
      print(`    choices: ${one.choices.join(', ')}`);
    }
  }
  if (found.length === 0) say('nothing waits for a person');
}

async function resolve(id: string, how: string | undefined): Promise<void> {
  if (how === undefined || !/^[0-9a-f-]{36}$/i.test(id)) {
    say('--resolve takes the id of an exception, and --how says what was done about it');
    process.exitCode = EXIT.wrongCall;
    return;
  }
  const resolved = await withGateway(({ db, clock }) =>
    resolveException(db, id, { at: clock(), by: userInfo().username, resolution: how }),
  );
  say(resolved ? 'resolved' : `there is no open exception ${id}`);
  process.exitCode = resolved ? EXIT.done : EXIT.refused;
}
