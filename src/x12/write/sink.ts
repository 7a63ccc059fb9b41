import type { Separators } from '../scan/separators.ts';

/** A value that X12 cannot carry, and where. */
export type WriteProblem = {
  /** ST02, absent in the envelope. */
  readonly set: string | undefined;
  readonly segment: string;
  /** Position in the set, ST is 1. */
  readonly position: number;
  readonly element: number;
  readonly component: number | undefined;
  readonly message: string;
};

/** Bytes being written, and the place that is being written for messages. */
export type Sink = {
  bytes: Buffer;
  length: number;
  readonly separators: Separators;
  readonly charset: 'utf-8' | 'latin1';
  readonly refuse: boolean;
  readonly newline: boolean;
  /** For each character below 256: 1 where it may not stand in data. */
  readonly barred: Uint8Array;
  readonly replacement: number;
  readonly problems: WriteProblem[];
  set: string | undefined;
  segment: string;
  position: number;
  element: number;
  component: number | undefined;
};

type SinkOptions = {
  readonly separators: Separators;
  readonly charset: 'utf-8' | 'latin1';
  readonly refuse: boolean;
  readonly replacement: string;
  readonly newline: boolean;
};

const CONTROLS = Uint8Array.from({ length: 256 }, (_, code) => (code < 0x20 || code === 0x7f ? 1 : 0));

/** Room for the bytes of one interchange after the other: each is written in one go, and copied out of it. */
let room: Buffer = Buffer.allocUnsafe(1 << 14);

/** One of many megabytes is let go of. */
const MOST_ROOM = 1 << 20;

export function createSink(options: SinkOptions): Sink {
  const { separators, charset, refuse, newline } = options;
  const barred = CONTROLS.slice();
  for (const byte of [
    separators.element,
    separators.component,
    separators.repetition,
    separators.terminator,
  ]) {
    if (byte !== undefined) barred[byte] = 1;
  }
  // A replacement that is barred itself would never end up right; a space can only be barred by being a separator.
  const wanted = options.replacement.charCodeAt(0);
  const replacement = wanted < 0x80 && barred[wanted] === 0 ? wanted : 0x20;
  return {
    bytes: room,
    length: 0,
    separators,
    charset,
    refuse,
    newline,
    barred,
    replacement,
    problems: [],
    set: undefined,
    segment: '',
    position: 0,
    element: 0,
    component: undefined,
  };
}

/** A copy of what was written. The sink is of no use any more. */
export function takeBytes({ bytes, length }: Sink): Uint8Array {
  if (bytes.length <= MOST_ROOM) room = bytes;
  return new Uint8Array(bytes.subarray(0, length));
}

export function writeByte(sink: Sink, byte: number): void {
  if (sink.length === sink.bytes.length) grow(sink, 1);
  sink.bytes[sink.length++] = byte;
}

/** Text of our own, such as a segment id. */
export function writeRaw(sink: Sink, text: string): void {
  for (let i = 0; i < text.length; i++) writeByte(sink, text.charCodeAt(i));
}

/** Data: what may not stand in it is replaced or refused. */
export function writeText(sink: Sink, text: string): void {
  const size = text.length;
  if (sink.length + size * 4 > sink.bytes.length) grow(sink, size * 4);
  const { bytes, barred } = sink;
  let at = sink.length;
  for (let i = 0; i < size; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80 && barred[code] === 0) {
      bytes[at++] = code;
    } else {
      sink.length = at;
      if (code >= 0xd800 && code <= 0xdbff) i++;
      writeUnusual(sink, text.codePointAt(code >= 0xd800 && code <= 0xdbff ? i - 1 : i)!);
      at = sink.length;
    }
  }
  sink.length = at;
}

function writeUnusual(sink: Sink, point: number): void {
  const sign = String.fromCodePoint(point);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  const sayable = sink.charset === 'utf-8' ? !surrogate : point <= 0xff;
  const barred = point <= 0xff && sink.barred[point] === 1;
  if (sayable && !barred) {
    sink.length += sink.bytes.write(sign, sink.length, sink.charset === 'utf-8' ? 'utf8' : 'latin1');
    return;
  }
  if (sink.refuse) refuseSign(sink, point, barred);
  sink.bytes[sink.length++] = sink.replacement;
}

function refuseSign(sink: Sink, point: number, barred: boolean): void {
  const { set, segment, position, element, component } = sink;
  const shown =
    point < 0x20 || point === 0x7f
      ? `control character ${point}`
      : JSON.stringify(String.fromCodePoint(point));
  const why = barred ? 'is a separator or control character' : `cannot be said in ${sink.charset}`;
  const at = `${segment}${String(element).padStart(2, '0')}${component === undefined ? '' : `-${component}`}`;
  const message = `${at} holds ${shown}, which ${why}`;
  sink.problems.push({ set, segment, position, element, component, message });
}

function grow(sink: Sink, more: number): void {
  const larger = Buffer.allocUnsafe(Math.max(sink.bytes.length * 2, sink.length + more));
  larger.set(sink.bytes.subarray(0, sink.length));
  sink.bytes = larger;
}
