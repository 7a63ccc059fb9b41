import { createReadStream } from 'node:fs';
import { createInterchangeReader } from '../src/x12/interchange.ts';
import { CHUNK, configuration, createTaker, READERS } from './read-set.ts';

/** Reads a file from disk in full, in a process of its own: its peak memory is that of reading and of nothing else. */
async function streamFile(path: string): Promise<void> {
  const how = READERS.at(-1)!;
  const reader = createInterchangeReader({ standards: configuration.standards, ...how.options });
  const take = createTaker(how);
  let bytes = 0;
  const start = performance.now();
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    take(reader.push(chunk));
  }
  take(reader.end());
  const seconds = (performance.now() - start) / 1000;
  // maxRSS is in kilobytes.
  process.stdout.write(JSON.stringify({ bytes, seconds, peak: process.resourceUsage().maxRSS }));
}

await streamFile(process.argv[2]!);
