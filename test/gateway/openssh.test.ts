import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { scratchFolder } from '../support/database.ts';
import { startTestGateway } from '../support/gateway.ts';
import { findElement, readAnswer } from '../support/gateway-answers.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { hasProgram } from '../support/requirement.ts';
import { waitFor } from '../support/wait.ts';

const withProgram = hasProgram('sftp') ? test : test.skip;

withProgram(
  'OpenSSH puts an 850 with a key and gets a 997 and an 855 that another parser reads',
  async (t) => {
    const gateway = await startTestGateway(t);
    const folder = await scratchFolder(t);
    const { privateKey, identity } = gateway.partners['alpha']!;
    await writeFile(join(folder, 'key'), privateKey, { mode: 0o600 });
    await mkdir(join(folder, 'got'));
    const options = [
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
    ];
    const run = async (commands: readonly string[]) => {
      await writeFile(join(folder, 'batch'), `${commands.join('\n')}\n`);
      const args = ['-q', '-F', 'none', '-b', join(folder, 'batch'), '-i', join(folder, 'key')];
      const port = String(gateway.started.sftpPort);
      return await promisify(execFile)('sftp', [
        ...args,
        ...options.flatMap((one) => ['-o', one]),
        '-P',
        port,
        'alpha@127.0.0.1',
      ]);
    };
    const orders = [{ po: 'PO-1' }, { po: 'PO-2' }];
    await writeFile(join(folder, 'order.edi'), writeOrders({ from: identity, control: 42, orders }));

    await run([`put ${folder}/order.edi /inbound/`]);
    await waitFor(async () => {
      await run([`get /outbound/* ${folder}/got/`]).catch(() => undefined);
      return (await readdir(join(folder, 'got'))).length === 2;
    });

    const files = await readdir(join(folder, 'got'));
    const answers = await Promise.all(
      files.map(async (name) => readAnswer(await readFile(join(folder, 'got', name)))),
    );
    const sets = answers.flatMap((answer) => answer.sets);
    t.deepEqual(sets.map(({ set, control }) => `${set} ${control}`).toSorted(), [
      '855 0001',
      '855 0002',
      '997 0001',
    ]);
    const acknowledgement = sets.find(({ set }) => set === '997')!;
    t.deepEqual(acknowledgement.segments.find(([tag]) => tag === 'AK9')?.slice(0, 5), [
      'AK9',
      'A',
      '2',
      '2',
      '2',
    ]);
    t.deepEqual(
      sets.filter(({ set }) => set === '855').map((set) => findElement(set, 'BAK', 3)),
      ['PO-1', 'PO-2'],
    );
    t.is(new Set(answers.map(({ control }) => control)).size, 2);
    for (const { to } of answers) t.is(to, identity);
  },
);
