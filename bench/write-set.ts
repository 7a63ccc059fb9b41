import { writeSet } from '../src/mapping/run/write-set.ts';
import type { CanonicalDocument } from '../src/pipeline/process/interpret.ts';
import { createInterchangeReader } from '../src/x12/interchange/interchange.ts';
import { type Corpus, makeGroups, writeGroups } from './corpus.ts';
import { createRandom } from './random.ts';
import { configuration, readCanonical } from './read-set.ts';

/** Canonical documents of an interchange of a thousand, and what writes them as bytes again. */
export function prepareWriting(corpus: Corpus): () => number {
  const groups = makeGroups(corpus, 1, createRandom(1));
  const reader = createInterchangeReader({ standards: configuration.standards });
  const documents: CanonicalDocument[] = [];
  for (const reading of reader.push(writeGroups(1, groups)))
    if (reading.kind === 'set') documents.push(readCanonical(reading, corpus));
  const map = configuration.mapFor(undefined, corpus.set, configuration.standards.get('004010')!)!;
  return () => {
    const sets = documents.map((document, i) => {
      const { segments, problems } = writeSet(map, document);
      if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
      return { set: corpus.set, control: String(i + 1).padStart(4, '0'), segments };
    });
    return writeGroups(1, [{ ...groups[0]!, sets }]).length;
  };
}
