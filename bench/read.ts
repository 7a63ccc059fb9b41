import { execFile } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { X12Parser } from 'node-x12';
import { X12parser } from 'x12-parser';
import { createInterchangeReader } from '../src/x12/interchange.ts';

import { createScanner } from '../src/x12/scan.ts';
import { createRandom, generate850s, makeGroups, writeGroups } from './corpus-850.ts';
import type { Figure } from './figure.ts';
import { CHUNK, configuration, createTaker, READERS, type SetReader } from './read-set.ts';

const MB = 1_000_000;
// As `causeway read` reads a large file: src/cli/bin.js.
const STREAM = fileURLToPath(new URL('read-stream.ts', import.meta.url));

export async function measure(quick: boolean): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  try {
    const small = writeFile(join(folder, 'small.edi'), (quick ? 10 : 50) * MB);
    const bytes = readFileSync(small);
    const figures: Figure[] = [];
    figures.push(
      speed(
        'segments with offsets only (our scanner)',
        bytes.length,
        best(() => scanAll(bytes)),
      ),
    );
    for (const reader of READERS) {
      figures.push(
        speed(
          `${reader.name} (our reader)`,
          bytes.length,
          best(() => readAll(bytes, reader)),
        ),
      );
    }
    figures.push(speed('writing (our writer)', ...measureWriter()));
    figures.push(
      speed('npm x12-parser, splitting only', bytes.length, await time(() => splitWithX12Parser(small))),
    );
    const slice = bytes.subarray(0, lastEnd(bytes, 2 * MB));
    figures.push(
      speed(
        'npm node-x12 parse, first interchanges',
        slice.length,
        await time(() => parseWithNodeX12(slice)),
      ),
    );
    figures.push(
      ratio(figures, 'full reading: validated, canonical (our reader)', 'npm x12-parser, splitting only'),
    );
    if (!quick) figures.push(...(await measureLarge(join(folder, 'large.edi'))));
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function speed(name: string, bytes: number, seconds: number): Figure {
  return { name, value: Math.round((bytes / MB / seconds) * 10) / 10, unit: 'MB/s' };
}

function ratio(figures: readonly Figure[], ours: string, theirs: string): Figure {
  const find = (name: string) => figures.find((figure) => figure.name === name)!.value;
  return { name: `${ours} ÷ ${theirs}`, value: Math.round((find(ours) / find(theirs)) * 10) / 10, unit: '×' };
}

function best(run: () => void): number {
  return Math.min(...[1, 2, 3].map(() => timeNow(run)));
}

function timeNow(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

async function time(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

function writeFile(path: string, size: number): string {
  const file = openSync(path, 'w');
  for (const bytes of generate850s(size)) writeSync(file, bytes);
  return path;
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

function readAll(bytes: Uint8Array, how: SetReader): void {
  const reader = createInterchangeReader({ standards: configuration.standards, ...how.options });
  const take = createTaker(how);
  for (let at = 0; at < bytes.length; at += CHUNK) take(reader.push(bytes.subarray(at, at + CHUNK)));
  take(reader.end());
}

function measureWriter(): [number, number] {
  const groups = makeGroups(1, createRandom(1));
  let bytes = 0;
  const seconds = best(() => {
    bytes = 0;
    for (let i = 1; i <= 5; i++) bytes += writeGroups(i, groups).length;
  });
  return [bytes, seconds];
}

async function splitWithX12Parser(path: string): Promise<void> {
  let segments = 0;
  for await (const segment of createReadStream(path).pipe(new X12parser()))
    if (segment !== undefined) segments++;
  if (segments === 0) throw new Error('nothing was split');
}

async function parseWithNodeX12(slice: Uint8Array): Promise<void> {
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

/** 500 MB streamed from disk, in a process of its own so that its peak memory is that of reading alone. */
async function measureLarge(path: string): Promise<Figure[]> {
  writeFile(path, 500 * MB);
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-semi-space-size=8', STREAM, path]);
  const { bytes, seconds, peak } = JSON.parse(stdout) as { bytes: number; seconds: number; peak: number };
  return [
    speed('500 MB streamed from disk, full reading', bytes, seconds),
    { name: '500 MB streamed from disk, peak memory', value: Math.round(peak / 1000), unit: 'MB' },
  ];
}
