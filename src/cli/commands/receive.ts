import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { receiveFile } from '../../pipeline/receive/receive.ts';
import { print } from '../exit.ts';
import { requireFile, requirePartner } from '../open.ts';
import { withGateway } from '../with-gateway.ts';

export function defineReceive(program: Command): void {
  program
    .command('receive')
    .description('hand a file in as though a channel had brought it; a running gateway processes it')
    .argument('<file>', 'the file, or - for standard input')
    .requiredOption('--partner <id>', 'whose file it is')
    .option('--name <name>', 'the name to keep it under')
    .action(receive);
}

async function receive(file: string, options: { partner: string; name?: string }): Promise<void> {
  const bytes = readFileSync(file === '-' ? 0 : requireFile(file));
  await withGateway(async (context) => {
    const partner = requirePartner(context.configuration(), options.partner);
    const name = options.name ?? (file === '-' ? 'stdin' : basename(file));
    const { id } = await receiveFile(context, { partner: partner.id, channel: 'command', name, bytes });
    print(id);
  });
}
