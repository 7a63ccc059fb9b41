import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import ssh2 from 'ssh2';
import { makeEd25519Key } from '../channels/ed25519-key.ts';
import { fingerprintKey } from '../channels/fingerprint.ts';
import { type Started, startGateway } from '../main.ts';
import { importMasterData } from '../pipeline/import/import-master-data.ts';
import { IMPORT_KINDS } from '../pipeline/import/kinds.ts';
import { readSettings } from '../settings.ts';
import { startFolderServer } from './folder-server.ts';

/** Who logs in to our server with a password. */
const WITH_PASSWORD = ['initech', 'vandelay'] as const;

/** A gateway in a scratch folder, with its partners around it. */
export type Stage = {
  readonly folder: string;
  readonly gateway: Started;
  /** Acme’s private key and the others’ passwords, for the hosted server. */
  readonly acmeKey: string;
  readonly acmeKeyFile: string;
  readonly passwords: ReadonlyMap<string, string>;
  /** The folder that Globex’s own server shows. */
  readonly globexFolder: string;
  readonly stop: () => Promise<void>;
};

/** Copies the partner files into a scratch folder, gives them keys and passwords, and starts everything. */
export async function setStage(onProgress: (text: string) => void): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-demo-'));
  const installed = readSettings();
  const partners = join(folder, 'partners');
  await cp(installed.partnersFolder, partners, { recursive: true });
  const acme = makeEd25519Key();
  const acmeKeyFile = join(folder, 'acme_key');
  await writeFile(acmeKeyFile, acme.private, { mode: 0o600 });
  await writeFile(join(partners, 'acme', 'keys', 'acme.pub'), acme.public);
  const passwords = new Map(WITH_PASSWORD.map((id) => [id, randomBytes(9).toString('base64url')]));
  for (const [id, password] of passwords)
    await giveSecrets(partners, id, { [`${id.toUpperCase()}_SFTP_PASSWORD`]: password });
  const globex = await startGlobex(join(folder, 'globex-server'));
  await giveSecrets(partners, 'globex', globex.secrets);
  const settings = {
    ...installed,
    databaseUrl: undefined,
    dataFolder: join(folder, 'data'),
    partnersFolder: partners,
    http: { host: '127.0.0.1', port: 0 },
    sftp: { host: '127.0.0.1', port: 0 },
  };
  const log = pino({ level: settings.log }, pino.destination(join(folder, 'gateway.log')));
  const gateway = await startGateway(settings, { serve: true, work: true }, { log, onProgress }).catch(
    async (error: unknown) => {
      await globex.stop();
      throw error;
    },
  );
  await importSamples(gateway, partners);
  return {
    folder,
    gateway,
    acmeKey: acme.private,
    acmeKeyFile,
    passwords,
    globexFolder: globex.folder,
    stop: async () => {
      await gateway.stop();
      await globex.stop();
    },
  };
}

export async function clearStage(stage: Stage): Promise<void> {
  await rm(stage.folder, { recursive: true, force: true });
}

/** Globex has a server of its own: we poll its /outbox and deliver to its /inbox. */
async function startGlobex(folder: string) {
  for (const box of ['outbox', 'inbox', 'done']) await mkdir(join(folder, box), { recursive: true });
  const hostKey = makeEd25519Key();
  const parsed = ssh2.utils.parseKey(hostKey.public);
  if (parsed instanceof Error) throw parsed;
  const password = randomBytes(9).toString('base64url');
  const server = await startFolderServer({ folder, hostKey: hostKey.private, user: 'causeway', password });
  const secrets = {
    GLOBEX_SFTP_HOST: '127.0.0.1',
    GLOBEX_SFTP_PORT: String(server.port),
    GLOBEX_SFTP_HOST_KEY: fingerprintKey(parsed.getPublicSSH()),
    GLOBEX_SFTP_PASSWORD: password,
  };
  return { folder, secrets, stop: server.stop };
}

/** What the partner file takes from the environment comes from files here, and polling is quick. */
async function giveSecrets(
  partners: string,
  id: string,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const file = join(partners, id, 'partner.yaml');
  const text = await readFile(file, 'utf8');
  await mkdir(join(partners, id, 'secrets'), { recursive: true });
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(partners, id, 'secrets', name), value, { mode: 0o600 });
  }
  await writeFile(file, text.replaceAll(/env:(\w+)/g, 'file:secrets/$1').replace('every: 1m', 'every: 1s'));
}

/** What lies in `partners/` and in the samples of each, named as its kind: `items.csv`, `agreements.csv`, … */
async function importSamples({ context }: Started, partners: string): Promise<void> {
  const files = (await readdir(partners, { recursive: true })).sort();
  for (const kind of IMPORT_KINDS) {
    for (const file of files.filter((name) => basename(name) === `${kind}.csv`)) {
      const { mistakes } = await importMasterData(context, kind, await readFile(join(partners, file)));
      const [mistake] = mistakes;
      if (mistake !== undefined) throw new Error(`${file}:${mistake.line} ${mistake.message}`);
    }
  }
}
