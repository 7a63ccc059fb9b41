import type { Started } from '../main.ts';

/** What happens at our own desk, in words for the person who does it. */
export type DeskWork = (context: Started['context']) => Promise<readonly string[]>;

/** Who sends what or does what, and what must come back. */
export type Scene = {
  readonly partner: 'acme' | 'globex' | 'initech' | 'vandelay';
  readonly title: string;
  /** File under the partner's samples that it sends; absent where `does` sets it off. */
  readonly file?: string;
  readonly does?: DeskWork;
  /** Sets of the files that come back, in their order; the same names again for a repeated file. */
  readonly expect: readonly string[];
  /** Told when they have come. */
  readonly tells?: DeskWork;
  /** What all of it must say, in words of the answers' own elements and of the desk. */
  readonly says: readonly RegExp[];
};
