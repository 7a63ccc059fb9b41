import { readFileSync } from 'node:fs';
import test from 'ava';
import { EXCEPTION_KINDS } from '../../../src/domain/exception/exception-kinds.ts';
import { KINDS_PAGE, putKinds } from './kinds-page.ts';

const page = readFileSync(KINDS_PAGE, 'utf8');

test('docs/operations.md says of every kind what it means and what to do', (t) => {
  t.true(page === putKinds(page), 'it is stale: run `npm run golden`');
  t.deepEqual(
    Object.keys(EXCEPTION_KINDS).filter((kind) => !page.includes(`\n| \`${kind}\` | `)),
    [],
  );
});

test('runbooks that the advice names are there', (t) => {
  const named = Object.values(EXCEPTION_KINDS).flatMap(({ advice }) =>
    [...advice.matchAll(/"([^"]+)"/g)].map((found) => found[1]!),
  );
  t.true(named.length > 3);
  t.deepEqual(
    named.filter((title) => !page.includes(`\n### ${title}\n`)),
    [],
  );
});
