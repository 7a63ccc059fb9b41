import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import Client from 'ssh2-sftp-client';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

const DEADLINE_MS = 30_000;

export type Answer = { readonly name: string; readonly bytes: Uint8Array };
export type Played = {
  /** What was told at our desk. */
  readonly told: readonly string[];
  readonly answers: readonly Answer[];
  readonly ms: number;
};

/** Sends a scene's file as its partner does, and fetches what comes back; fewer answers when time runs out. */
export async function playScene(stage: Stage, scene: Scene): Promise<Played> {
  const { context } = stage.gateway;
  const started = performance.now();
  const told = (await scene.does?.(context)) ?? [];
  const answers = await (scene.partner === 'globex' ? playByFolder : playBySftp)(stage, scene);
  return { told, answers, ms: performance.now() - started };
}

function readSample(stage: Stage, partner: string, file: string): Promise<Buffer> {
  return readFile(join(stage.gateway.context.settings.partnersFolder, partner, 'samples', file));
}

/** Puts the file into /inbound, takes the answers out of /outbound and deletes them there, as most partners do. */
async function playBySftp(stage: Stage, scene: Scene): Promise<Answer[]> {
  const client = new Client();
  const { partner, file } = scene;
  const password = stage.passwords.get(partner);
  const login =
    password === undefined
      ? { username: partner, privateKey: stage.acmeKey }
      : { username: partner, password };
  // Without noDelay every small packet waits 40 ms for the acknowledgement of the one before.
  const sock = connect({ host: '127.0.0.1', port: stage.gateway.sftpPort!, noDelay: true });
  await client.connect({ sock, ...login });
  try {
    if (file !== undefined) await client.put(await readSample(stage, partner, file), `/inbound/${file}`);
    const names = await waitForNames(scene, async () =>
      (await client.list('/outbound')).map(({ name }) => name),
    );
    const answers: Answer[] = [];
    for (const name of names) {
      answers.push({ name, bytes: (await client.get(`/outbound/${name}`)) as Buffer });
      await client.delete(`/outbound/${name}`);
    }
    return answers;
  } finally {
    await client.end();
  }
}

async function playByFolder(stage: Stage, scene: Scene): Promise<Answer[]> {
  const { partner, file } = scene;
  if (file !== undefined)
    await writeFile(join(stage.globexFolder, 'outbox', file), await readSample(stage, partner, file));
  const inbox = join(stage.globexFolder, 'inbox');
  const names = await waitForNames(scene, async () =>
    (await readdir(inbox)).filter((name) => !name.startsWith('.')),
  );
  const answers: Answer[] = [];
  for (const name of names) {
    answers.push({ name, bytes: await readFile(join(inbox, name)) });
    await rm(join(inbox, name));
  }
  return answers;
}

async function waitForNames(scene: Scene, list: () => Promise<string[]>): Promise<string[]> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const names = (await list()).toSorted(bySentOrder);
    if (names.length >= scene.expect.length || performance.now() > deadline) return names;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** By control number: `997_000000001.edi` before `855_000000002.edi`; PDFs first. */
function bySentOrder(a: string, b: string): number {
  const control = (name: string) => Number(/_(\d+)\./.exec(name)?.[1] ?? 0);
  return control(a) - control(b);
}
