import type { Command } from 'commander';
import { type Parts, startGateway } from '../../main.ts';
import { readSettings, VARIABLES } from '../../settings.ts';
import { say } from '../exit.ts';

/** `up` is both halves in one process; `serve` and `work` are for more than one process or machine. */
export function defineUp(program: Command): void {
  define(program, 'up', 'everything in one process: migrations, channels, workers', {
    serve: true,
    work: true,
  });
}

export function defineServe(program: Command): void {
  define(program, 'serve', 'only the hosted SFTP server', { serve: true, work: false });
}

export function defineWork(program: Command): void {
  define(program, 'work', 'only the workers: processing, deliveries, polling, watching', {
    serve: false,
    work: true,
  });
}

function define(program: Command, name: string, description: string, parts: Parts): void {
  program
    .command(name)
    .description(description)
    .addHelpText('after', `\nSettings (environment variables):\n${describeVariables()}`)
    .action(() => run(parts));
}

function describeVariables(): string {
  const width = Math.max(...Object.keys(VARIABLES).map((name) => name.length));
  return Object.entries(VARIABLES)
    .map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`)
    .join('\n');
}

async function run(parts: Parts): Promise<void> {
  const settings = readSettings();
  const started = await startGateway(settings, parts, { onProgress: say });
  const { log, configuration } = started.context;
  const partners = [...configuration().partners.keys()];
  log.info(
    { partners, sftp: started.sftpPort, http: started.httpPort, hostKeys: started.hostKeys },
    'causeway is up',
  );
  process.on('SIGHUP', started.reload);
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  log.info({ signal }, 'stopping: what is under way is finished first');
  await started.stop();
  log.info('stopped');
}
