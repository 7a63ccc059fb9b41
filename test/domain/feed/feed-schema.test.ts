import { readFileSync } from 'node:fs';
import test from 'ava';
import { signBody } from '../../../src/channels/webhook/post-webhook.ts';
import { feedMessage } from '../../../src/domain/feed/feed-message.ts';
import { describeFeedMessage, FEED_SCHEMA } from './feed-schema.ts';

test('docs/erp-feed.schema.json says what the ERP is told today', (t) => {
  const held = JSON.parse(readFileSync(FEED_SCHEMA, 'utf8'));
  t.deepEqual(held, describeFeedMessage(), 'it is stale: run `npm run golden`');
});

test('the message that docs/erp-feed.md shows is one', (t) => {
  const page = readFileSync('docs/erp-feed.md', 'utf8');
  const [, shown] = /```json\n([\s\S]*?)```/.exec(page)!;
  const { success, error } = feedMessage.safeParse(JSON.parse(shown!));
  t.true(success, error?.message);
});

test('the lines of docs/erp-feed.md that verify a signature do', async (t) => {
  const page = readFileSync('docs/erp-feed.md', 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(page)!;
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(code!)}`);
  const signature = signBody('secret', 1_700_000_000, '{"a":"ü"}');
  t.true(isGenuine('secret', signature, Buffer.from('{"a":"ü"}'), 1_700_000_299));
  t.false(isGenuine('secret', signature, Buffer.from('{"a":"u"}'), 1_700_000_299), 'another body');
  t.false(isGenuine('other', signature, Buffer.from('{"a":"ü"}'), 1_700_000_299), 'another secret');
  t.false(
    isGenuine('secret', signature, Buffer.from('{"a":"ü"}'), 1_700_000_301),
    'sent again by somebody else',
  );
  t.false(isGenuine('secret', '', Buffer.from(''), 1_700_000_000), 'no signature');
});
