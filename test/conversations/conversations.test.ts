import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { checkAnswer } from '../corpus/check-answer.ts';
import { CONVERSATIONS, readStep } from './conversations.ts';
import { playConversation, playFiles } from './play.ts';
import { SHIPPING_CONVERSATIONS } from './shipping/conversations.ts';

const GOLDEN = new URL('golden/', import.meta.url);

for (const conversation of CONVERSATIONS) {
  test(`the conversation "${conversation.name}" is as its golden file has it`, (t) => {
    const file = new URL(`${conversation.name}.txt`, GOLDEN);
    t.true(existsSync(file), 'there is no golden file: npm run golden writes it');
    t.is(playConversation(conversation), readFileSync(file, 'utf8'));
  });
}

test('every golden file belongs to a conversation', (t) => {
  const all = [...CONVERSATIONS, ...SHIPPING_CONVERSATIONS];
  const names = all.map(({ name }) => `${name}.txt`).toSorted();
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

/** x12.md, 855: every code of ACK01 that an answer of ours may have. */
const ACK01 = 'IA IB IC ID IE IF IH IP IQ IR IS DR BP SP R1 R2 R3 R4'.split(' ');

test('every code of ACK01 is answered in some conversation', (t) => {
  const answered = new Set<string>();
  for (const { outcome } of CONVERSATIONS.flatMap(playFiles))
    for (const { bytes } of outcome.files)
      for (const [, code] of Buffer.from(bytes)
        .toString('latin1')
        .matchAll(/(?<=[~\n])ACK[*|]([A-Z0-9]{2})/g))
        answered.add(code!);
  t.deepEqual(
    ACK01.filter((code) => !answered.has(code)),
    [],
  );
});

test('every answer is sound by our own definitions, and node-x12 reads it alike', (t) => {
  for (const conversation of CONVERSATIONS)
    for (const { step, outcome } of playFiles(conversation))
      for (const file of outcome.files)
        t.deepEqual(checkAnswer(file.bytes, readStep(step)), [], `${conversation.name}: ${file.name}`);
});
