import assert from 'node:assert/strict';
import { loadStandards } from '../../src/pipeline/configuration/load-standards.ts';
import { createInterchangeReader } from '../../src/x12/interchange/interchange.ts';
import type { InterchangeReading, ReaderOptions, Reading } from '../../src/x12/interchange/reading.ts';
import type { SetReport } from '../../src/x12/interchange/report.ts';
import {
  element,
  elementCount,
  keepSegments,
  type Segments,
  segmentId,
} from '../../src/x12/scan/segments.ts';
import type { Standard } from '../../src/x12/standard/definition.ts';

const loaded = loadStandards(new URL('../../maps', import.meta.url).pathname);
assert.deepEqual(loaded.mistakes, []);

export const standards: ReadonlyMap<string, Standard> = loaded.standards;

/** Readings with what they show copied, so that they can be compared after the reader has gone on. */
export type Kept = Reading & {
  readonly rows?: readonly (readonly string[])[];
  readonly places?: readonly number[];
};

export function readAll(
  input: string | Uint8Array,
  options: Partial<ReaderOptions> = {},
  chunks: readonly number[] = [],
): Kept[] {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'latin1') : input;
  const reader = createInterchangeReader({ standards, ...options });
  const kept: Kept[] = [];
  let from = 0;
  for (const to of [...chunks, bytes.length]) {
    // A chunk of its own for each push: the reader must not rely on it afterwards.
    const chunk = Uint8Array.from(bytes.subarray(from, to));
    for (const reading of reader.push(chunk)) kept.push(keep(reading));
    chunk.fill(0);
    from = to;
  }
  for (const reading of reader.end()) kept.push(keep(reading));
  return kept;
}

function keep(reading: Reading): Kept {
  if (reading.kind !== 'set') return reading;
  const segments = keepSegments(reading.segments);
  const nodes = reading.nodes.slice(0, segments.count);
  return {
    ...reading,
    segments,
    nodes,
    rows: rowsOf(segments),
    places: [...segments.first.subarray(0, segments.count)].map((edge) => segments.edges[edge]!),
  };
}

export function rowsOf(segments: Segments): string[][] {
  return Array.from({ length: segments.count }, (_, s) => [
    segmentId(segments, s),
    ...Array.from({ length: elementCount(segments, s) }, (__, e) => element(segments, s, e + 1)),
  ]);
}

/** Readings without the views, for comparing one way of reading with another. */
export function plain(readings: readonly Kept[]): unknown {
  return readings.map((reading) => {
    if (reading.kind !== 'set') return reading;
    const { segments, nodes, definition, ...rest } = reading;
    return { ...rest, set: definition?.set, nodes: [...nodes], offset: segments.offset };
  });
}

export function setsOf(readings: readonly Reading[]): SetReport[] {
  return readings.flatMap((reading) => (reading.kind === 'set' ? [reading.report] : []));
}

export function interchangesOf(readings: readonly Reading[]): InterchangeReading[] {
  return readings.flatMap((reading) => (reading.kind === 'interchange' ? [reading] : []));
}

export type Sample = {
  readonly element?: string;
  readonly component?: string;
  readonly terminator?: string;
  readonly control?: string;
  readonly isa11?: string;
  readonly version?: string;
  readonly gs08?: string;
  readonly sets?: readonly (readonly string[])[];
};

export const ORDER = [
  'ST*850*0001',
  'BEG*00*SA*PO1**20260105',
  'N1*ST*ACME*92*77',
  'PO1*1*2*EA*3.50**VP*X1',
  'CTT*1',
  'SE*6*0001',
];

export const ISA_LENGTH = 106;

/** A sound interchange of one group; segments are given with `*` and `>`. */
export function interchange(sample: Sample = {}): string {
  const { control = '000000001', isa11 = 'U', version = '00401', gs08 = '004010', sets = [ORDER] } = sample;
  const { element: e = '*', component = '>', terminator = '~' } = sample;
  const isa = [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    'ZZ',
    'ACMEIND'.padEnd(15),
    'ZZ',
    'HOUSE'.padEnd(15),
  ];
  isa.push('260105', '0930', isa11, version, control, '0', 'P', component);
  const swap = (segment: string) =>
    segment.replaceAll('*', '\0').replaceAll('>', component).replaceAll('\0', e);
  const body = [
    `GS*PO*ACMEIND*HOUSE*20260105*0930*1*X*${gs08}`,
    ...sets.flat(),
    `GE*${sets.length}*1`,
    `IEA*1*${control}`,
  ];
  return [isa.join(e), ...body.map(swap)].map((segment) => segment + terminator).join('');
}

/** An order with other control number and lines between BEG and CTT. */
export function order(control: string, body: readonly string[] = ['PO1*1*2*EA*3.50**VP*X1']): string[] {
  const segments = [`ST*850*${control}`, 'BEG*00*SA*PO1**20260105', ...body, 'CTT*1'];
  return [...segments, `SE*${segments.length + 1}*${control}`];
}
