import ssh2, { type ConnectConfig, type SFTPWrapper } from 'ssh2';
import { fingerprintKey } from '../fingerprint.ts';
import { HostKeyChanged, RemoteFault } from './fault.ts';
import { type RemoteSettings, remoteDefaults } from './settings.ts';

type HostKeyAlgorithms = NonNullable<NonNullable<ConnectConfig['algorithms']>['serverHostKey']>;

/**
 * A server has several host keys and shows the one that suits both sides, which need not be the pinned one. So the
 * other kinds are asked for before it is said to have changed.
 */
const hostKeyKinds: readonly HostKeyAlgorithms[] = [
  [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  ['rsa-sha2-512', 'rsa-sha2-256'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['ssh-ed25519'],
];

export type OpenConnection = { readonly client: ssh2.Client; readonly sftp: SFTPWrapper };

export async function connectPinned(settings: RemoteSettings): Promise<OpenConnection> {
  const pinned = settings.hostKey.replace(/=+$/, '');
  const shown = new Set<string>();
  for (const serverHostKey of hostKeyKinds) {
    let wrong = false;
    const verify = (key: Buffer): boolean => {
      const fingerprint = fingerprintKey(key);
      wrong = fingerprint !== pinned;
      if (wrong) shown.add(fingerprint);
      return !wrong;
    };
    try {
      return await connect(settings, serverHostKey, verify);
    } catch (error) {
      const noneOfThatKind = shown.size > 0 && /no matching host key/.test(String(error));
      if (!wrong && !noneOfThatKind) throw explainConnect(settings, error);
    }
  }
  throw new HostKeyChanged(settings.host, pinned, [...shown]);
}

function connect(
  settings: RemoteSettings,
  serverHostKey: HostKeyAlgorithms,
  hostVerifier: (key: Buffer) => boolean,
): Promise<OpenConnection> {
  const connectTime = settings.connectTime ?? remoteDefaults.connectTime;
  const client = new ssh2.Client();
  return new Promise<OpenConnection>((resolve, reject) => {
    const timer = setTimeout(() => fail(timedOut()), connectTime);
    const fail = (error: Error) => {
      clearTimeout(timer);
      client.destroy();
      reject(error);
    };
    // Stays for the life of the connection: an error without a listener ends the process.
    client.on('error', fail);
    client.on('close', () => fail(new Error('the server closed the connection')));
    // Small requests in turn: each would wait for the delayed acknowledgement of the one before.
    client.on('connect', () => client.setNoDelay(true));
    client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) => {
      finish(prompts.map(() => settings.password ?? ''));
    });
    client.on('ready', () => {
      client.sftp((error, sftp) => {
        if (error) return fail(error);
        clearTimeout(timer);
        sftp.on('error', () => client.destroy());
        resolve({ client, sftp });
      });
    });
    try {
      client.connect({
        host: settings.host,
        port: settings.port,
        username: settings.user,
        ...(settings.key === undefined ? {} : { privateKey: settings.key }),
        ...(settings.password === undefined ? {} : { password: settings.password, tryKeyboard: true }),
        hostVerifier,
        algorithms: { serverHostKey },
        readyTimeout: connectTime,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
      });
    } catch (error) {
      fail(error as Error);
    }
  });
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { level: 'client-timeout' });
}

function explainConnect(settings: RemoteSettings, error: unknown): RemoteFault {
  const { level, message, code } = error as { level?: string; message: string; code?: string };
  const where = `${settings.user}@${settings.host}:${settings.port}`;
  if (level === 'client-authentication') {
    return new RemoteFault(
      'permanent',
      'log-in',
      `${where} refused the log-in: check user, key and password`,
      error,
    );
  }
  if (level === 'client-timeout') {
    return new RemoteFault('transient', 'time-out', `${where} did not answer in time`, error);
  }
  if (/privateKey|Cannot parse|Encrypted/.test(message)) {
    return new RemoteFault(
      'permanent',
      'settings',
      `the private key for ${where} cannot be used: ${message}`,
      error,
    );
  }
  return new RemoteFault(
    'transient',
    'connect',
    `${where} cannot be reached: ${code ?? ''} ${message}`,
    error,
  );
}
