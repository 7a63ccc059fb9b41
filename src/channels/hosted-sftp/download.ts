import { Coverage } from './coverage.ts';

/** An open file of /outbound or /archive, and how much of it the client has taken. */
export class Download {
  readonly bytes: Uint8Array;
  #taken: Coverage | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** At most this many bytes an answer: what every client must be able to take. */
  static readonly longestAnswer = 32 * 1024;

  /** Undefined at the end of the file. */
  read(offset: number, length: number): Uint8Array | undefined {
    const size = this.bytes.length;
    this.#taken ??= new Coverage(Math.min(offset, size));
    if (offset >= size) return undefined;
    const end = Math.min(size, offset + Math.min(length, Download.longestAnswer));
    this.#taken.add(offset, end);
    return this.bytes.subarray(offset, end);
  }

  /** Every byte from where the client began (a resumed download begins in the middle) to the last one. */
  get isComplete(): boolean {
    return this.#taken?.until === this.bytes.length;
  }
}
