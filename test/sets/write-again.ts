import type { CompiledMap } from '../../src/mapping/compile/compile-map.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import type { Configuration } from '../../src/pipeline/configuration/configuration.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { InterchangeReading, ReaderOptions, SetReading } from '../../src/x12/interchange/reading.ts';
import { keepSegments } from '../../src/x12/scan/segments.ts';
import { chooseStandard } from '../../src/x12/standard/standard.ts';
import { type GroupEnvelope, type SetEnvelope, writeInterchange } from '../../src/x12/write/write.ts';

/** A set as it came, and what came of it when its canonical document was written again. */
export type WrittenAgain = {
  readonly sent: SetReading;
  readonly written: SetReading;
  /** What the map could not write; always empty for what it has read. */
  readonly problems: readonly string[];
};

type Body = SetEnvelope & { readonly sent: SetReading; readonly problems: readonly string[] };

/** Every set of a file that is taken and that a map reads, read and written again; by default as strictly as can be. */
export function writeSetsAgain(
  bytes: Uint8Array,
  configuration: Configuration,
  options: ReaderOptions = configuration,
): readonly WrittenAgain[] {
  return [...listBodies(bytes, configuration, options)].map((body) => ({
    ...body,
    written: readAlone(body, options),
  }));
}

/** A file of sound interchanges read and written again, each under its own envelope. */
export function writeFileAgain(bytes: Uint8Array, configuration: Configuration): Uint8Array {
  const bodies = [...listBodies(bytes, configuration, configuration)];
  const interchanges: Uint8Array[] = [];
  for (const reading of readInterchanges(bytes, configuration))
    if (reading.kind === 'interchange') interchanges.push(writeEnvelope(reading, bodies, bytes));
  return Buffer.concat(interchanges);
}

function* listBodies(
  bytes: Uint8Array,
  configuration: Configuration,
  options: ReaderOptions,
): Generator<Body> {
  for (const reading of readInterchanges(bytes, options)) {
    if (reading.kind !== 'set' || reading.definition === undefined || reading.report.status === 'R') continue;
    const map = findMap(reading, configuration);
    if (map === undefined) continue;
    const { segments, problems, unwritten } = writeSet(map, readSet(map, reading));
    const { set, control, implementation = '' } = reading.report;
    const said = problems.map(({ path, message }) => `${path}: ${message}`);
    yield {
      set,
      control,
      implementation,
      segments,
      sent: keep(reading),
      problems: [...said, ...unwritten],
    };
  }
}

function findMap({ group, report }: SetReading, configuration: Configuration): CompiledMap | undefined {
  const chosen = chooseStandard(configuration.standards, group.version);
  return chosen && configuration.mapFor(undefined, report.set, chosen.standard);
}

/** What the reader hands out are views that its next step overwrites. */
function keep(reading: SetReading): SetReading {
  const { count } = reading.segments;
  return { ...reading, segments: keepSegments(reading.segments), nodes: reading.nodes.slice(0, count) };
}

/** Signs that no document holds. */
const SEPARATORS = { element: 29, component: 31, repetition: 28, terminator: 30 };

/** The set in an envelope of ours: that of the sender may be one that we read and would never write. */
function readAlone(body: Body, options: ReaderOptions): SetReading {
  const { group } = body.sent;
  const envelope = {
    sender: { qualifier: 'ZZ', id: 'THEM' },
    receiver: { qualifier: 'ZZ', id: 'US' },
    date: '260105',
    time: '0915',
    version: '00501',
    control: '000000001',
    usage: 'P' as const,
    separators: SEPARATORS,
  };
  const alone = { ...group, sender: 'THEM', receiver: 'US', date: '20260105', time: '0915', control: '1' };
  const bytes = writeInterchange(envelope, [{ ...alone, sets: [{ ...body, control: '0001' }] }]);
  for (const reading of readInterchanges(bytes, options)) if (reading.kind === 'set') return keep(reading);
  throw new Error('no set was read');
}

/** Sets in the envelopes that they came in. */
export function writeEnvelope(
  { report, separators, ta1s }: InterchangeReading,
  bodies: readonly (SetEnvelope & { readonly sent: Pick<SetReading, 'group'> })[],
  file: Uint8Array,
  charset: 'utf-8' | 'latin1' = 'utf-8',
): Uint8Array {
  const { header } = report;
  const [, , , , , sender = '', from = '', receiver = '', to = '', date = '', time = ''] = header.elements;
  const groups = report.groups.map(
    ({ header: group }): GroupEnvelope => ({
      ...group,
      // GS04 is written with its century left out before 004010.
      date: group.date.length === 6 && group.version < '004' ? `20${group.date}` : group.date,
      sets: bodies.filter(({ sent }) => sent.group.offset === group.offset),
    }),
  );
  const envelope = {
    sender: { qualifier: sender, id: from },
    receiver: { qualifier: receiver, id: to },
    date,
    time,
    version: header.version,
    control: header.control,
    usage: header.usage as 'P' | 'T',
    acknowledgementRequested: header.elements[14] === '1',
    separators,
    charset,
    newline: hasLineEnds(file, header.offset, separators.terminator),
    ta1s,
  };
  return writeInterchange(envelope, groups);
}

const LINE_FEED = 10;

function hasLineEnds(file: Uint8Array, from: number, terminator: number): boolean {
  return terminator !== LINE_FEED && file[file.indexOf(terminator, from) + 1] === LINE_FEED;
}
