import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/store/embedded.ts';

export type TestServer = {
  /** Put it into CAUSEWAY_TEST_DATABASE before the test files start. */
  readonly url: string;
  stop(): Promise<void>;
  /** At once, data and all. */
  discard(): void;
};

/** One server for all tests, in a folder of its own that goes with it. Also imported outside of test files. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-test-'));
  const server = await startEmbedded({
    folder,
    database: 'admin',
    settings: { max_connections: '300', max_wal_size: '256MB' },
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop, discard: () => discardServer(folder) };
}

function discardServer(folder: string): void {
  const pidFile = join(folder, 'postgres', 'postmaster.pid');
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // It does not run any more.
  }
  for (let round = 0; round < 100 && existsSync(folder); round += 1) {
    try {
      if (!existsSync(pidFile)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // The server's last processes still write.
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}
