import { startEmbedded } from '../../src/store/embedded.ts';

/** A process that uses the embedded server of a folder until it is killed, or asked to stop on its stdin. */
const server = await startEmbedded({ folder: process.argv[2] ?? '' });
process.stdout.write(`${server.url}\n`);
const stop = async () => {
  await server.stop();
  process.exit(0);
};
process.stdin.once('data', stop).once('close', stop);
