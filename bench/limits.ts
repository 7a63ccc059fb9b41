import type { CanonicalDocument } from '../src/pipeline/process/interpret.ts';
import { createInterchangeReader } from '../src/x12/interchange/interchange.ts';
import type { SetReading } from '../src/x12/interchange/reading.ts';
import { classify } from '../src/x12/scan/byte-classes.ts';
import { element, elementCount, type Segments } from '../src/x12/scan/segments.ts';
import { USUAL_SEPARATORS } from '../src/x12/write/write.ts';
import { type Corpus, generateBytes } from './corpus.ts';
import type { Figure } from './figure.ts';
import { CHUNK, CORPORA, configuration, ENVELOPES, readCanonical } from './read-set.ts';

const MB = 1_000_000;

/**
 * What reading cannot do without, one step after the other, each timed on the same bytes: how far each is from what
 * the machine and the engine allow. In MB of X12 a second, so that the steps compare; the time of a core is taken and
 * not that of the clock, so that other work on the machine disturbs less.
 */
export async function measure(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const corpus of CORPORA) {
    const bytes = Buffer.concat([...generateBytes(corpus, (quick ? 5 : 20) * MB)]);
    for (const [name, run] of listSteps(corpus, bytes))
      figures.push({
        name: `${corpus.set} ${name}`,
        value: Math.round(bytes.length / MB / best(run)),
        unit: 'MB/s',
      });
  }
  return figures;
}

/** Each returns something of what it computed, so that nothing is thought needless. */
type Step = readonly [name: string, run: () => number];

function listSteps(corpus: Corpus, bytes: Buffer): Step[] {
  const copy = Buffer.alloc(bytes.length);
  const classes = classify(USUAL_SEPARATORS, false);
  const documents: CanonicalDocument[] = [];
  readSets(bytes, true, (set) => documents.push(readCanonical(set, corpus)));
  const texts = documents.map((document) => JSON.stringify(document));
  const elementsOf = (arrays: boolean) => (set: SetReading) => readElements(set.segments, arrays);
  return [
    ['the bytes copied', () => bytes.copy(copy)],
    ['each byte looked at', () => addBytes(bytes)],
    ['each byte looked up in a table', () => countPlain(bytes, classes)],
    ['envelopes, segments and elements found', () => readSets(bytes, false, () => 0)],
    ['… and a string made for each element', () => readSets(bytes, false, elementsOf(false))],
    ['… and an array for each segment', () => readSets(bytes, false, elementsOf(true))],
    ['validated', () => readSets(bytes, true, () => 0)],
    ['full reading', () => readSets(bytes, true, (set) => readCanonical(set, corpus).kind.length)],
    [
      'the same documents by JSON.parse',
      () => texts.reduce((sum, text) => sum + JSON.parse(text).kind.length, 0),
    ],
  ];
}

function addBytes(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum = (sum + bytes[i]!) | 0;
  return sum;
}

function countPlain(bytes: Uint8Array, classes: Uint8Array): number {
  let plain = 0;
  for (let i = 0; i < bytes.length; i++) if (classes[bytes[i]!] === 0) plain++;
  return plain;
}

function readSets(bytes: Buffer, validate: boolean, take: (set: SetReading) => number): number {
  const options = validate ? {} : ENVELOPES.options;
  const reader = createInterchangeReader({ standards: configuration.standards, ...options });
  let sum = 0;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    for (const reading of reader.push(bytes.subarray(at, at + CHUNK)))
      if (reading.kind === 'set') sum += take(reading);
  }
  return sum;
}

function readElements(segments: Segments, arrays: boolean): number {
  let sum = 0;
  for (let s = 0; s < segments.count; s++) {
    const count = elementCount(segments, s);
    const data: string[] = [];
    for (let e = 1; e <= count; e++) {
      const text = element(segments, s, e);
      if (arrays) data.push(text);
      else sum += text.length;
    }
    sum += data.length;
  }
  return sum;
}

/** Seconds of this thread for one run, of rounds that are long enough to be measured. */
function best(run: () => number): number {
  let kept = 0;
  const times = Array.from({ length: 7 }, () => {
    const start = process.threadCpuUsage();
    let runs = 0;
    let seconds = 0;
    while (seconds < 0.1) {
      kept += run();
      runs += 1;
      const { user, system } = process.threadCpuUsage(start);
      seconds = (user + system) / 1_000_000;
    }
    return seconds / runs;
  });
  if (Number.isNaN(kept)) throw new Error('nothing was computed');
  return Math.min(...times);
}
