import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { CONVERSATIONS, readStep } from './conversations.ts';
import { playConversation } from './play.ts';

const GOLDEN = new URL('golden/', import.meta.url);

for (const conversation of CONVERSATIONS) {
  test(`the conversation "${conversation.name}" is as its golden file has it`, (t) => {
    const file = new URL(`${conversation.name}.txt`, GOLDEN);
    t.true(existsSync(file), 'there is no golden file: npm run golden writes it');
    t.is(playConversation(conversation), readFileSync(file, 'utf8'));
  });
}

test('every golden file belongs to a conversation', (t) => {
  const names = CONVERSATIONS.map(({ name }) => `${name}.txt`).toSorted();
  t.deepEqual(readdirSync(GOLDEN).toSorted(), names);
});

test('a change on the way really changes the file', (t) => {
  for (const step of CONVERSATIONS.flatMap(({ steps }) => steps)) {
    if (step.change !== undefined) {
      const { change: _change, ...plain } = step;
      t.notDeepEqual(readStep(step), readStep(plain), step.sample);
    }
  }
});

test('the same bytes, facts and settings give the same bytes out', (t) => {
  for (const conversation of CONVERSATIONS)
    t.is(playConversation(conversation), playConversation(conversation));
});
