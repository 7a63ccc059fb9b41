import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import Client from 'ssh2-sftp-client';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

const DEADLINE_MS = 30_000;

export type Answer = { readonly name: string; readonly bytes: Uint8Array };
export type Played = { readonly answers: readonly Answer[]; readonly ms: number };

/** Sends a scene's file as its partner does, and fetches what comes back; fewer answers when time runs out. */
export async function playScene(stage: Stage, scene: Scene): Promise<Played> {
  const { partnersFolder } = stage.gateway.context.settings;
  const bytes = await readFile(join(partnersFolder, scene.partner, 'samples', scene.file));
  const started = performance.now();
  const answers =
    scene.partner === 'globex'
      ? await playByFolder(stage, scene, bytes)
      : await playBySftp(stage, scene, bytes);
  return { answers, ms: performance.now() - started };
}

/** Puts the file into /inbound, takes the answers out of /outbound and deletes them there, as most partners do. */
async function playBySftp(stage: Stage, scene: Scene, bytes: Buffer): Promise<Answer[]> {
  const client = new Client();
  const login =
    scene.partner === 'acme'
      ? { username: 'acme', privateKey: stage.acmeKey }
      : { username: scene.partner, password: stage.initechPassword };
  // Without noDelay every small packet waits 40 ms for the acknowledgement of the one before.
  const sock = connect({ host: '127.0.0.1', port: stage.gateway.sftpPort!, noDelay: true });
  await client.connect({ sock, ...login });
  try {
    await client.put(bytes, `/inbound/${scene.file}`);
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

async function playByFolder(stage: Stage, scene: Scene, bytes: Buffer): Promise<Answer[]> {
  await writeFile(join(stage.globexFolder, 'outbox', scene.file), bytes);
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

/** By control number: `997_000000001.edi` before `855_000000002.edi`. */
function bySentOrder(a: string, b: string): number {
  const control = (name: string) => Number(/_(\d+)\./.exec(name)?.[1] ?? 0);
  return control(a) - control(b);
}
