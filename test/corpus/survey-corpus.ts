import { explainDifferences } from '../sets/differences.ts';
import { writeSetsAgain } from '../sets/write-again.ts';
import { copyInterchanges } from './copy-file.ts';
import { explainCopy } from './copy-rules.ts';
import { configuration, listX12Files, openProfile, readSample } from './corpus.ts';
import { type JudgedSample, judgeSample } from './judge-sample.ts';
import { type Comparison, compareReadings } from './oracles.ts';
import { TABLE } from './table.ts';

/** A file of the corpus, what was expected of it, and what became of it. */
export type Surveyed = JudgedSample & {
  readonly path: string;
  readonly provenance: string;
  readonly bytes: number;
  /** Why it is refused, noted or left unread, as judged by hand. */
  readonly why: string;
  /** By which rules each interchange differs when the segments of its sets are written again. */
  readonly copies: readonly (readonly string[])[];
  /** The same of each set that brings a document, when that is written again. */
  readonly rewritten: readonly (readonly string[])[];
  /** Undefined where an envelope or count is not sound. */
  readonly comparisons: readonly Comparison[] | undefined;
};

export async function surveyCorpus(): Promise<readonly Surveyed[]> {
  const reasons = new Map(TABLE.map(([path, , , why = '']) => [path, why]));
  const surveyed: Surveyed[] = [];
  for (const { path, check } of listX12Files()) {
    const bytes = readSample(path);
    const judged = judgeSample(bytes);
    surveyed.push({
      ...judged,
      path,
      provenance: check,
      bytes: bytes.length,
      why: reasons.get(path) ?? '',
      copies: copyInterchanges(bytes).map(explainCopy),
      rewritten: rewriteDocuments(bytes, judged),
      comparisons: await compareReadings(bytes.toString('latin1')),
    });
  }
  return surveyed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function rewriteDocuments(bytes: Uint8Array, { sets }: JudgedSample): Surveyed['rewritten'] {
  const read = sets.filter(({ outcome }) => outcome === 'document' || outcome === 'shown');
  const offsets = new Set(read.map(({ offset }) => offset));
  return writeSetsAgain(bytes, configuration, openProfile)
    .filter(({ sent }) => offsets.has(sent.report.offset))
    .map(explainDifferences);
}
