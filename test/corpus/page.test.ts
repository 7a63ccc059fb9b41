import { readFileSync } from 'node:fs';
import test from 'ava';
import { describeCorpus } from './describe-corpus.ts';
import { hasCorpus } from './presence.ts';
import { surveyCorpus } from './survey-corpus.ts';

if (hasCorpus()) {
  test('docs/corpus.md is what npm run golden would write', async (t) => {
    const page = readFileSync(new URL('../../docs/corpus.md', import.meta.url), 'utf8');
    t.is(page, describeCorpus(await surveyCorpus()));
  });
}
