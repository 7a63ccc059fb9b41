import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type CuttingProxy = {
  readonly port: number;
  /** The next connections are cut after so many bytes from the client; Infinity for never. */
  cutAfter: number;
  readonly stop: () => Promise<void>;
};

/** A line that breaks at a chosen byte. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let left = proxy.cutAfter;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    upstream.on('data', (data) => client.write(data));
    client.on('data', (data: Buffer) => {
      upstream.write(data.subarray(0, Math.max(0, left)));
      left -= data.length;
      // What was let through still arrives, as it would on a real line.
      if (left <= 0) upstream.end(() => client.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const proxy: CuttingProxy = {
    port: typeof address === 'object' && address ? address.port : 0,
    cutAfter: Number.POSITIVE_INFINITY,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
