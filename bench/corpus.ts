import {
  type GroupEnvelope,
  type SetEnvelope,
  USUAL_SEPARATORS,
  writeInterchange,
} from '../src/x12/write/write.ts';
import { createRandom, type Random } from './random.ts';

/** Made-up documents of one kind, such as partners send over night. The same size always gives the same bytes. */
export type Corpus = {
  readonly set: string;
  /** GS01. */
  readonly functionalId: string;
  /** The kind of its canonical document. */
  readonly kind: string;
  /** The `number`th set of an interchange. */
  readonly makeSet: (name: string, number: number, random: Random) => SetEnvelope;
};

/** Interchanges of ten groups of a hundred sets, until there are so many bytes. */
export function* generateBytes(corpus: Corpus, size: number): Generator<Uint8Array> {
  const random = createRandom(Number(corpus.set));
  let written = 0;
  for (let control = 1; written < size; control++) {
    const bytes = writeGroups(control, makeGroups(corpus, control, random));
    written += bytes.length;
    yield bytes;
  }
}

export function makeGroups(corpus: Corpus, interchange: number, random: Random): GroupEnvelope[] {
  return Array.from({ length: 10 }, (_, g) => ({
    functionalId: corpus.functionalId,
    sender: 'ACMEIND',
    receiver: 'HOUSE',
    date: '20260104',
    time: '0415',
    control: String(interchange * 10 + g),
    version: '004010',
    sets: Array.from({ length: 100 }, (__, s) => {
      const number = g * 100 + s + 1;
      return corpus.makeSet(`${interchange}-${number}`, number, random);
    }),
  }));
}

export function writeGroups(interchange: number, groups: readonly GroupEnvelope[]): Uint8Array {
  return writeInterchange(
    {
      sender: { qualifier: 'ZZ', id: 'ACMEIND' },
      receiver: { qualifier: 'ZZ', id: 'HOUSE' },
      date: '260104',
      time: '0415',
      version: '00401',
      control: String(interchange).padStart(9, '0'),
      usage: 'P',
      separators: USUAL_SEPARATORS,
      newline: true,
    },
    groups,
  );
}
