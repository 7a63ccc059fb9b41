import test from 'ava';
import { addToken } from '../../src/pipeline/access/tokens.ts';
import { answerRequest, claimRequest } from '../../src/store/api-requests.ts';
import { revokeToken } from '../../src/store/api-tokens.ts';
import { openApi } from '../support/api.ts';

const ITEMS = 'number,description,unit\nA-1,Bolt,EA\nA-2,Nut,EA\n';

test('a file of items goes in, and its counts come back', async (t) => {
  const { post, context } = await openApi(t);

  const first = await post('/api/v1/import/items', ITEMS);
  const again = await post('/api/v1/import/items', ITEMS);

  t.is(first.status, 200);
  const none = { kind: 'items', dryRun: false, rows: 2, updated: 0, refused: 0, mistakes: [] };
  t.deepEqual(first.body, { ...none, inserted: 2, unchanged: 0 });
  t.deepEqual(again.body, { ...none, inserted: 0, unchanged: 2 });
  t.is((await context.db('item').whereIn('number', ['A-1', 'A-2'])).length, 2);
});

test('good rows go in, and every bad one is told with its line and reason', async (t) => {
  const { post } = await openApi(t);
  const body = 'number,description,unit\nA-1,Bolt,each\nA-2,Nut,EA\n,Washer,EA\n';

  const answer = await post('/api/v1/import/items', body);

  t.is(answer.status, 200);
  t.is(answer.body.inserted, 1);
  t.is(answer.body.refused, 2);
  t.deepEqual(
    answer.body.mistakes.map(({ line, column }: { line: number; column: string }) => ({ line, column })),
    [
      { line: 2, column: 'unit' },
      { line: 4, column: 'number' },
    ],
  );
});

test('JSON, and JSON objects line by line, are taken as well; a dry run changes nothing', async (t) => {
  const { post, context } = await openApi(t);
  const one = '{"number":"A-1","description":"Bolt","unit":"EA"}';
  const two = '{"number":"A-2","description":"Nut","unit":"EA"}';

  const dry = await post('/api/v1/import/items?dry-run=true', `[${one},${two}]`, {
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  });
  t.is(dry.body.inserted, 2);
  t.true(dry.body.dryRun);
  t.is((await context.db('item').whereIn('number', ['A-1', 'A-2'])).length, 0);

  const lines = await post('/api/v1/import/items', `${one}\n${two}\n`, {
    headers: { 'Content-Type': 'application/x-ndjson' },
  });
  t.is(lines.body.inserted, 2);
  t.is((await context.db('item').whereIn('number', ['A-1', 'A-2'])).length, 2);
});

test('a file that cannot be read is refused as a whole, with every mistake of its header', async (t) => {
  const { post } = await openApi(t);

  const { status, headers, body } = await post(
    '/api/v1/import/items',
    'number,description,unti\nA-1,Bolt,EA\n',
  );

  t.is(status, 422);
  t.is(headers.get('content-type')?.split(';')[0], 'application/problem+json');
  t.is(body.status, 422);
  t.is(body.title, 'Unprocessable Entity');
  t.deepEqual(
    body.mistakes.map(({ column }: { column: string }) => column),
    ['unti', 'unit'],
  );
});

test('what is wrong with a request is told as a problem, before its body is read', async (t) => {
  const { ask, post, context } = await openApi(t, { settings: { maxFileBytes: 1000 } });
  const feedOnly = await addToken(context, 'feed only', ['feed']);
  const gone = await addToken(context, 'gone', ['import']);
  await revokeToken(context.db, 'gone', context.clock());
  const path = '/api/v1/import/items';
  const long = ITEMS + 'x'.repeat(1000);
  const chunked = () => new Blob([long]).stream();
  const problems = {
    'no token': [401, await post(path, ITEMS, { token: '' })],
    'unknown token': [401, await post(path, ITEMS, { token: 'cw_nobody' })],
    'revoked token': [401, await post(path, ITEMS, { token: gone! })],
    'wrong scope': [403, await post(path, ITEMS, { token: feedOnly! })],
    'unknown kind': [404, await post('/api/v1/import/itmes', ITEMS)],
    'unknown path': [404, await post('/api/v1/items', ITEMS)],
    'other method': [405, await ask('GET', path)],
    'too long, and said so': [413, await post(path, long)],
    'too long, in pieces': [413, await post(path, chunked())],
    'another type': [415, await post(path, ITEMS, { headers: { 'Content-Type': 'application/xml' } })],
    'another charset': [
      415,
      await post(path, ITEMS, { headers: { 'Content-Type': 'text/csv; charset=latin1' } }),
    ],
    packed: [415, await post(path, ITEMS, { headers: { 'Content-Encoding': 'gzip' } })],
    'unknown query': [400, await post(`${path}?dryrun=true`, ITEMS)],
    'wrong dry-run': [400, await post(`${path}?dry-run=yes`, ITEMS)],
    'wrong key': [400, await post(path, ITEMS, { headers: { 'Idempotency-Key': 'a b' } })],
  } as const;
  for (const [name, [status, answer]] of Object.entries(problems)) {
    t.is(answer.status, status, name);
    t.is(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json', name);
    t.is(answer.body.status, status, name);
    t.true(answer.body.detail.length > 10, name);
  }
  t.regex(problems['no token'][1].headers.get('www-authenticate') ?? '', /^Bearer/);
  t.is(problems['other method'][1].headers.get('allow'), 'POST');
  t.is((await context.db('item').where({ number: 'A-1' })).length, 0);
});

test('under one Idempotency-Key a request is done once, and its answer is the same each time', async (t) => {
  const { post } = await openApi(t);
  const headers = { 'Idempotency-Key': '"night-1"' };

  const first = await post('/api/v1/import/items', ITEMS, { headers });
  const again = await post('/api/v1/import/items', ITEMS, { headers });
  const other = await post('/api/v1/import/items', `${ITEMS}A-3,Washer,EA\n`, { headers });
  const dry = await post('/api/v1/import/items?dry-run=true', ITEMS, { headers });

  t.deepEqual(again.body, first.body);
  t.is(again.body.inserted, 2);
  t.is(again.headers.get('idempotency-replayed'), 'true');
  t.is(first.headers.get('idempotency-replayed'), null);
  t.is(other.status, 422);
  t.is(dry.status, 422);
});

test('a request that was refused leaves its key free', async (t) => {
  const { post } = await openApi(t);
  const headers = { 'Idempotency-Key': 'night-2' };

  t.is((await post('/api/v1/import/items', 'nonsense', { headers })).status, 422);
  t.is((await post('/api/v1/import/items', ITEMS, { headers })).body.inserted, 2);
});

test('while a request is worked on its key is taken; whoever died over it does not hold it for ever', async (t) => {
  const { context, advance } = await openApi(t);
  const [{ id }] = await context.db('api_token').select('id');
  const key = { token: id, key: 'k' };
  const claim = () => claimRequest(context.db, key, 'print', context.clock());

  t.is((await claim()).kind, 'new');
  t.is((await claim()).kind, 'running');
  advance(6 * 60_000);
  t.is((await claim()).kind, 'new');
  await answerRequest(context.db, key, { status: 200, body: { done: true } });
  advance(6 * 60_000);
  t.deepEqual(await claim(), { kind: 'answered', status: 200, answer: { done: true } });
});

test('ten requests under one key at the same time import once', async (t) => {
  const { post } = await openApi(t);
  const headers = { 'Idempotency-Key': 'rush' };

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post('/api/v1/import/items', ITEMS, { headers })),
  );

  const done = answers.filter(({ status }) => status === 200);
  t.true(done.length >= 1);
  t.true(answers.every(({ status }) => status === 200 || status === 409));
  t.deepEqual(new Set(done.map(({ body }) => body.inserted)), new Set([2]));
  t.is(done.filter(({ headers: sent }) => sent.get('idempotency-replayed') === null).length, 1);
});

test('many imports at the same time take turns and leave the database to others', async (t) => {
  const { post } = await openApi(t);

  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      post('/api/v1/import/items', `number,description,unit\nB-${i},Bolt,EA\n`),
    ),
  );

  t.deepEqual(new Set(answers.map(({ body }) => body.inserted)), new Set([1]));
});

test('a body past what memory keeps is read from disk, whole', async (t) => {
  const { post, context } = await openApi(t);
  const rows = Array.from({ length: 60_000 }, (_, i) => `C-${i},Hex bolt grade 8,EA\n`);

  const { body } = await post('/api/v1/import/items', `number,description,unit\n${rows.join('')}`);

  t.is(body.inserted, 60_000);
  t.is((await context.db('item').where('number', 'like', 'C-%')).length, 60_000);
});

test('the API describes itself', async (t) => {
  const { ask } = await openApi(t);

  const { status, body } = await ask('GET', '/api/v1/openapi.json', { token: '' });

  t.is(status, 200);
  t.is(body.openapi, '3.1.0');
  t.deepEqual(Object.keys(body.paths['/import/{kind}']), ['post']);
});
