import { classify, classifyBlanks } from './byte-classes.ts';
import { endSet, endUnterminated } from './end-unit.ts';
import { addChunk, createFeed, takeChunk } from './feed.ts';
import { closeGap, createGap } from './gap.ts';
import { createHunt, huntIsa } from './hunt.ts';
import { readSegments } from './read-segments.ts';
import type { CutEvent, JunkEvent, ScanEvent } from './scan-events.ts';
import type { Scan, ScanOptions } from './scan-state.ts';
import * as units from './unit.ts';

/** `push`, then `next` until undefined; `finish`, then `next` until undefined. */
export type Scanner = {
  /** Ids of the segments that a line end may stand before; those of the envelope are known. */
  readonly expect: (ids: ReadonlySet<string>) => void;
  readonly push: (chunk: Uint8Array) => void;
  readonly finish: () => void;
  readonly next: () => ScanEvent | undefined;
};

/** Until an ISA has said what separates. */
const UNKNOWN = new Uint8Array(256);

/**
 * Finds interchanges in a stream of chunks and cuts them into sets and envelope segments. One set is held at a time,
 * in one buffer that only grows; each byte is copied into it once. Knows no standard: that is the reader's.
 */
export function createScanner(options: ScanOptions): Scanner {
  const scan: Scan = {
    options,
    feed: createFeed(),
    unit: units.createUnit(),
    hunt: createHunt(),
    mode: 'hunt',
    inSet: false,
    atStart: true,
    odd: 0,
    searched: 0,
    separators: { element: 0, component: 0, repetition: undefined, terminator: 0 },
    classes: UNKNOWN,
    skips: UNKNOWN,
    ids: new Set(),
    gap: createGap(),
    lowered: false,
    ready: [],
    oddities: [],
    told: new Set(),
  };
  return {
    expect: (ids) => {
      scan.ids = ids;
    },
    push: (chunk) => addChunk(scan.feed, chunk),
    finish: () => {
      scan.feed.ended = true;
    },
    next: () => nextEvent(scan),
  };
}

function nextEvent(scan: Scan): ScanEvent | undefined {
  const { feed, unit, ready } = scan;
  for (;;) {
    if (ready.length > 0) return ready.shift();
    if (feed.i >= feed.chunk.length) {
      if (scan.mode === 'read') units.copyRun(unit, feed.chunk, feed.i);
      unit.run = 0;
      if (!takeChunk(feed)) {
        if (!feed.ended || scan.mode === 'done') return undefined;
        finishFile(scan);
        continue;
      }
    }
    const event = scan.mode === 'read' ? readSegments(scan) : findInterchange(scan);
    if (scan.oddities.length > 0)
      ready.unshift(...scan.oddities.splice(0), ...(event === undefined ? [] : [event]));
    else if (event !== undefined) return event;
  }
}

function findInterchange(scan: Scan): ScanEvent | undefined {
  const { feed, hunt } = scan;
  const header = huntIsa(scan);
  if (header === undefined) return undefined;
  const offset = feed.offset + feed.i;
  if (hunt.start >= 0 || scan.mode === 'lost') return endJunk(scan, 'isa', offset);
  feed.i += header.length;
  hunt.afterWord = false;
  scan.told.clear();
  closeGap(scan.gap, 0);
  if (header.broken === undefined) {
    scan.separators = header.separators;
    scan.classes = classify(header.separators, header.wrapped);
    scan.skips = classifyBlanks(header.separators);
    scan.unit.run = feed.i;
    scan.unit.length = 0;
  }
  scan.mode = header.broken === undefined ? 'read' : 'lost';
  scan.inSet = false;
  scan.atStart = true;
  return { kind: 'isa', header, offset, end: offset + header.length };
}

/** What follows an ISA that cannot be read belongs to its interchange; elsewhere it is junk. */
function endJunk(scan: Scan, reason: CutEvent['reason'], end: number): ScanEvent {
  const { hunt } = scan;
  const junk: JunkEvent = {
    kind: 'junk',
    offset: hunt.start,
    end: hunt.end,
    sample: hunt.sample,
    last: reason === 'eof',
  };
  const lost = scan.mode === 'lost';
  hunt.start = -1;
  scan.mode = 'hunt';
  return lost ? { kind: 'cut', reason, end } : junk;
}

function finishFile(scan: Scan): void {
  const { feed, unit, ready } = scan;
  if (scan.mode === 'read') {
    if (scan.inSet) ready.push(endSet(scan, scan.atStart ? unit.length : units.startOfSegment(unit), false));
    else if (!scan.atStart) ready.push(endUnterminated(scan));
    ready.push({ kind: 'cut', reason: 'eof', end: feed.total });
  } else if (scan.hunt.start >= 0 || scan.mode === 'lost') {
    ready.push(endJunk(scan, 'eof', feed.total));
  }
  scan.mode = 'done';
}
