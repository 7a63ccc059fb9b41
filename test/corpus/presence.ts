import { existsSync } from 'node:fs';
import { hasRequirement } from '../support/requirement.ts';
import { FOLDER } from './folder.ts';

export function hasCorpus(): boolean {
  return hasRequirement(`the corpus of sample documents at ${FOLDER.pathname}`, existsSync(FOLDER));
}
