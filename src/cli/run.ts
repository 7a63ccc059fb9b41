import { Command, CommanderError } from 'commander';
import { WrongSetting } from '../settings.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, say, WrongCall } from './exit.ts';

/** Parses the command line, runs one command and sets the exit code of the process. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  // `causeway read … | head` closes the pipe: that ends us quietly, it is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  const program = new Command('causeway')
    .description('The open gateway for EDI and business documents, on the supplier’s side.')
    .showHelpAfterError('(causeway COMMAND --help tells more)')
    .exitOverride();
  const asked = Object.keys(COMMANDS).filter((name) => name === argv[2]);
  for (const name of asked.length > 0 ? asked : Object.keys(COMMANDS)) (await COMMANDS[name]!())(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Faults that an operator can mend: the message is enough. By name, since most commands need no store. */
const FOR_THE_OPERATOR: ReadonlySet<string> = new Set([
  'UnsafeDatabase',
  'WrongMigration',
  'EmbeddedUnavailable',
]);

/** Says what went wrong as a person wants it, and gives the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongCall;
  if (error instanceof WrongCall || error instanceof WrongSetting) {
    say(error.message);
    return EXIT.wrongCall;
  }
  const { code, address, port, syscall } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE') {
    say(
      `${address}:${port} is taken: another program listens there; set CAUSEWAY_SFTP or CAUSEWAY_HTTP to a free port, or off`,
    );
  } else if (error instanceof Error && FOR_THE_OPERATOR.has(error.name)) {
    say(error.message);
  } else if (code === 'ECONNREFUSED' && syscall === 'connect') {
    say(`nothing answers at ${address}:${port}: is the database of DATABASE_URL running?`);
  } else {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return EXIT.fault;
}
