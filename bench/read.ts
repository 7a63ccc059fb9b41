import { execFile } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { X12Parser } from 'node-x12';
import { X12parser } from 'x12-parser';
import { createInterchangeReader } from '../src/x12/interchange/interchange.ts';
import { createScanner } from '../src/x12/scan/scan.ts';
import { type Corpus, generateBytes } from './corpus.ts';
import { ORDERS } from './corpus-850.ts';
import type { Figure } from './figure.ts';
import {
  CHUNK,
  CORPORA,
  configuration,
  createTaker,
  ENVELOPES,
  FULL,
  type SetReader,
  VALIDATED,
} from './read-set.ts';
import { prepareWriting } from './write-set.ts';

const MB = 1_000_000;
// As `causeway read` reads a large file: src/cli/bin.js.
const STREAM = fileURLToPath(new URL('read-stream.ts', import.meta.url));

/** Speeds of one core; and the peak memory of files of very different size, each read by a process of its own. */
export async function measure(quick: boolean): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  try {
    const figures: Figure[] = [];
    for (const corpus of CORPORA) {
      const path = join(folder, `${corpus.set}.edi`);
      figures.push(...(await measureSpeed(corpus, path, (quick ? 10 : 50) * MB)));
    }
    for (const corpus of CORPORA) {
      const path = join(folder, `${corpus.set}.edi`);
      for (const size of quick ? [5, 50] : [5, 50, 500])
        figures.push(...(await measureMemory(corpus, path, size)));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureSpeed(corpus: Corpus, path: string, size: number): Promise<Figure[]> {
  writeFile(corpus, path, size);
  const bytes = readFileSync(path);
  const { set } = corpus;
  const figures: Figure[] = [];
  if (corpus === ORDERS) {
    figures.push(speed(set, 'segments with offsets only', bytes.length, await best(() => scanAll(bytes))));
    figures.push(
      speed(set, ENVELOPES.name, bytes.length, await best(() => readAll(bytes, ENVELOPES, corpus))),
    );
  }
  for (const how of [VALIDATED, FULL])
    figures.push(speed(set, how.name, bytes.length, await best(() => readAll(bytes, how, corpus))));
  const full = figures.at(-1)!;
  const write = prepareWriting(corpus);
  figures.push(speed(set, 'writing: canonical to bytes', write(), await best(() => void write())));
  const theirs = speed(
    set,
    'npm x12-parser, splitting only',
    bytes.length,
    await best(() => splitWithX12Parser(path)),
  );
  figures.push(theirs, {
    name: `${set} full reading ÷ npm x12-parser, splitting only`,
    value: Math.round((full.value / theirs.value) * 10) / 10,
    unit: '×',
  });
  if (corpus === ORDERS) {
    const slice = bytes.subarray(0, lastEnd(bytes, 2 * MB));
    figures.push(
      speed(set, 'npm node-x12 parse, first 2 MB', slice.length, await time(() => parseWithNodeX12(slice))),
    );
  }
  return figures;
}

function speed(set: string, what: string, bytes: number, seconds: number): Figure {
  return { name: `${set} ${what}`, value: Math.round((bytes / MB / seconds) * 10) / 10, unit: 'MB/s' };
}

async function best(run: () => void | Promise<void>): Promise<number> {
  const times = [await time(run), await time(run), await time(run)];
  return Math.min(...times);
}

async function time(run: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

function writeFile(corpus: Corpus, path: string, size: number): void {
  const file = openSync(path, 'w');
  for (const bytes of generateBytes(corpus, size)) writeSync(file, bytes);
  closeSync(file);
}

function scanAll(bytes: Uint8Array): void {
  const scanner = createScanner({ charset: 'utf-8', maxSetBytes: 64 * 1024 * 1024 });
  let segments = 0;
  const drain = () => {
    for (let event = scanner.next(); event !== undefined; event = scanner.next()) {
      if (event.kind === 'set') segments += event.segments.count;
    }
  };
  for (let at = 0; at < bytes.length; at += CHUNK) {
    scanner.push(bytes.subarray(at, at + CHUNK));
    drain();
  }
  scanner.finish();
  drain();
  if (segments === 0) throw new Error('nothing was scanned');
}

function readAll(bytes: Uint8Array, how: SetReader, corpus: Corpus): void {
  const reader = createInterchangeReader({ standards: configuration.standards, ...how.options });
  const take = createTaker(how, corpus);
  for (let at = 0; at < bytes.length; at += CHUNK) take(reader.push(bytes.subarray(at, at + CHUNK)));
  take(reader.end());
}

async function splitWithX12Parser(path: string): Promise<void> {
  let segments = 0;
  for await (const segment of createReadStream(path).pipe(new X12parser()))
    if (segment !== undefined) segments++;
  if (segments === 0) throw new Error('nothing was split');
}

function parseWithNodeX12(slice: Uint8Array): void {
  // It knows one interchange with one set of separators; more than one makes it drop data.
  const parsed = new X12Parser(true).parse(Buffer.from(slice).toString('latin1'));
  if (parsed === undefined) throw new Error('nothing was parsed');
}

/** The end of the last whole interchange within `most` bytes, else of the first. */
function lastEnd(bytes: Buffer, most: number): number {
  const within = bytes.lastIndexOf('\nISA*', most);
  const first = bytes.indexOf('\nISA*');
  return Math.max(within, first) < 0 ? bytes.length : Math.max(within, first) + 1;
}

async function measureMemory(corpus: Corpus, path: string, size: number): Promise<Figure[]> {
  writeFile(corpus, path, size * MB);
  const command = ['--max-semi-space-size=8', STREAM, path, corpus.set];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const { bytes, seconds, peak } = JSON.parse(stdout) as { bytes: number; seconds: number; peak: number };
  const what = `${size} MB streamed from disk, full reading`;
  return [
    speed(corpus.set, what, bytes, seconds),
    { name: `${corpus.set} ${what}: peak memory`, value: Math.round(peak / 1000), unit: 'MB' },
  ];
}
