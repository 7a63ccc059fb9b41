import { existsSync } from 'node:fs';
import { hasRequirement } from '../support/requirement.ts';

export const FOLDER = new URL('../../../shared/corpus/', import.meta.url);

/** The samples are no part of the repository. */
export function hasCorpus(): boolean {
  return hasRequirement(`the corpus of sample documents at ${FOLDER.pathname}`, existsSync(FOLDER));
}
