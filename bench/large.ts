import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SftpClient from 'ssh2-sftp-client';
import { openGateway } from '../src/main.ts';
import { importMasterData } from '../src/pipeline/import/import-master-data.ts';
import { readSettings } from '../src/settings.ts';
import { addPartner, MAPS, preparePartners } from '../test/support/gateway-partners.ts';
import type { Figure } from './figure.ts';
import type { Strain } from './large-gateway.ts';
import { makeFile, makeLongOrder, makeMasterData } from './pipeline-orders.ts';
import { createRandom } from './random.ts';

const GATEWAY = fileURLToPath(new URL('large-gateway.ts', import.meta.url));
const LINES = 100_000;
const MB = 1_000_000;
const PARTNER = 'north';
const IDENTITY = 'ZZ:NORTH';

/** A file that takes seconds, and what must stand in its answers: a bench that answers wrongly gives no figure. */
type Case = {
  readonly name: string;
  readonly bytes: Buffer;
  /** Handed in and answered before measuring begins: code is slow while it is new. */
  readonly before?: readonly Buffer[];
  readonly answers: readonly { readonly name: RegExp; readonly holds: RegExp }[];
};

/**
 * Handed in over SFTP by a client in this process and answered by the gateway in another: seconds until the answers
 * lie in /outbound, and what the gateway's event loop and memory had to bear meanwhile.
 */
export async function measure(quick: boolean): Promise<Figure[]> {
  const lines = quick ? LINES / 5 : LINES;
  const figures: Figure[] = [];
  for (const size of quick ? [256] : [64, 256, 1024])
    figures.push(...(await run(makeDay(size), 'in line', 0)));
  for (const one of [makeSingleError(lines), makeClean(lines)]) {
    figures.push(...(await run(one, 'in line', 0)));
    figures.push(...(await run(one, 'in a thread', 1)));
  }
  if (!quick) figures.push(...(await run(makeNight(64 * MB), 'in a thread', 1)));
  return figures;
}

/** The quantity of the last line but one is no number: AK403 6. */
function makeSingleError(lines: number): Case {
  const text = makeLongOrder(IDENTITY, 1, lines, createRandom(1)).toString();
  const bytes = Buffer.from(text.replace(new RegExp(`(?<=PO1\\*${lines - 1}\\*)\\d+`), 'X'));
  const position = 7 + 2 * (lines - 1);
  const holds = new RegExp(`AK3\\*PO1\\*${position}\\*PO1\\*8~AK4\\*2\\*330\\*6\\*X~AK5\\*R\\*5~`);
  return { name: `850 of ${lines} lines, one error`, bytes, answers: [{ name: /^997_/, holds }] };
}

function makeClean(lines: number): Case {
  const bytes = makeLongOrder(IDENTITY, 1, lines, createRandom(1));
  const answers = [
    { name: /^997_/, holds: /AK5\*A~/ },
    { name: /^855_/, holds: new RegExp(`CTT\\*${lines}[*~]`) },
  ];
  return { name: `850 of ${lines} lines, clean`, bytes, answers };
}

/** The fifth file of so many kilobytes: what it does to the event loop says which files are to be called large. */
function makeDay(kilobytes: number): Case {
  const random = createRandom(1);
  const orders = Math.ceil((kilobytes * 1024) / 650);
  const files = [1, 2, 3, 4, 5].map((control) => makeFile(IDENTITY, control, orders, random));
  const answers = [{ name: /^855_0*10\.edi$/, holds: new RegExp(`SE\\*\\d+\\*0*${orders}~`) }];
  return { name: `${kilobytes} KB of 850s`, bytes: files.at(-1)!, before: files.slice(0, -1), answers };
}

/** What a distributor sends over night: interchanges of a thousand orders. */
function makeNight(size: number): Case {
  const random = createRandom(1);
  const parts: Buffer[] = [];
  for (let bytes = 0; bytes < size; bytes += parts.at(-1)!.length)
    parts.push(makeFile(IDENTITY, parts.length + 1, 1_000, random));
  const name = new RegExp(`^855_0*${2 * parts.length}\\.edi$`);
  return { name: '64 MB of 850s', bytes: Buffer.concat(parts), answers: [{ name, holds: /SE\*\d+\*1000~/ }] };
}

async function run(one: Case, how: string, threads: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-bench-'));
  const partners = join(folder, 'partners');
  await preparePartners(partners);
  const { privateKey } = await addPartner(partners, PARTNER);
  const environment = {
    CAUSEWAY_DATA: join(folder, 'data'),
    CAUSEWAY_PARTNERS: partners,
    CAUSEWAY_MAPS: MAPS,
    CAUSEWAY_HTTP: 'off',
    CAUSEWAY_SFTP: '127.0.0.1:0',
    CAUSEWAY_THREADS: String(threads),
  };
  await fillCatalogue(environment);
  const child = fork(GATEWAY, { env: { ...process.env, ...environment } });
  const client = new SftpClient('bench', {
    end: () => undefined,
    close: () => undefined,
    error: () => undefined,
  });
  try {
    const { port } = (await next(child)) as { port: number };
    const sock = connect({ host: '127.0.0.1', port, noDelay: true });
    await client.connect({ sock, username: PARTNER, privateKey });
    for (const [i, bytes] of (one.before ?? []).entries()) {
      await client.put(bytes, `/inbound/before-${i}.edi`);
      await waitForAnswers(client, [{ name: new RegExp(`^855_0*${2 * i + 2}\\.edi$`), holds: /IEA/ }]);
    }
    child.send('start');
    const start = performance.now();
    await client.put(one.bytes, '/inbound/large.edi');
    await waitForAnswers(client, one.answers);
    const seconds = (performance.now() - start) / 1000;
    return tell(`${one.name}, ${how}`, seconds, await stop(child));
  } finally {
    await client.end();
    if (child.connected) await stop(child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillCatalogue(environment: Readonly<Record<string, string>>): Promise<void> {
  const gateway = await openGateway(readSettings(environment), { onProgress: () => undefined });
  const master = makeMasterData([PARTNER]);
  for (const kind of ['items', 'cross-references', 'prices'] as const) {
    const { mistakes } = await importMasterData(gateway.context, kind, master[kind]);
    if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes[0]));
  }
  await gateway.stop();
}

async function stop(child: ChildProcess): Promise<Strain> {
  child.send('stop');
  const strain = await next(child);
  if (child.exitCode === null) await once(child, 'exit');
  return strain as Strain;
}

async function next(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the gateway ended')));
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

async function waitForAnswers(client: SftpClient, answers: Case['answers']): Promise<void> {
  const deadline = performance.now() + 300_000;
  for (const answer of answers) {
    for (;;) {
      const found = (await client.list('/outbound')).find(({ name }) => answer.name.test(name));
      if (found === undefined) {
        if (performance.now() > deadline) throw new Error(`no ${answer.name} came`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const bytes = (await client.get(`/outbound/${found.name}`)) as Buffer;
      if (!answer.holds.test(bytes.toString('latin1')))
        throw new Error(`${found.name} is not what it should be: ${bytes.toString('latin1').slice(0, 600)}`);
      break;
    }
  }
}

function tell(name: string, seconds: number, { p99, most, peak }: Strain): Figure[] {
  return [
    { name: `${name}: answered`, value: Math.round(seconds * 10) / 10, unit: 's' },
    { name: `${name}: event loop, p99`, value: Math.round(p99), unit: 'ms' },
    { name: `${name}: event loop, longest`, value: Math.round(most), unit: 'ms' },
    { name: `${name}: peak memory of the gateway`, value: Math.round(peak), unit: 'MB' },
  ];
}
