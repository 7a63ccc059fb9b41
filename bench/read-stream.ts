import { createReadStream } from 'node:fs';
import { createInterchangeReader } from '../src/x12/interchange/interchange.ts';
import { CHUNK, CORPORA, configuration, createTaker, FULL } from './read-set.ts';

/** Reads a file from disk in full, in a process of its own: its peak memory is that of reading and of nothing else. */
async function streamFile(path: string, set: string): Promise<void> {
  const corpus = CORPORA.find((one) => one.set === set)!;
  const reader = createInterchangeReader({ standards: configuration.standards, ...FULL.options });
  const take = createTaker(FULL, corpus);
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

await streamFile(process.argv[2]!, process.argv[3]!);
