import { existsSync, writeFileSync } from 'node:fs';
import { describeCorpus } from './describe-corpus.ts';
import { FOLDER } from './folder.ts';
import { surveyCorpus } from './survey-corpus.ts';

/** Writes `docs/corpus.md` anew (`npm run golden`): read the difference before it is committed, and explain it. */
if (existsSync(FOLDER)) {
  const files = await surveyCorpus();
  writeFileSync(new URL('../../docs/corpus.md', import.meta.url), describeCorpus(files));
  process.stdout.write(`docs/corpus.md of ${files.length} files written\n`);
} else {
  process.stdout.write('the corpus of sample documents is not here: docs/corpus.md stays as it is\n');
}
