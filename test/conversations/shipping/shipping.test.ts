import { readFileSync } from 'node:fs';
import test from 'ava';
import { checkAnswer } from '../../corpus/check-answer.ts';
import { assertDesk } from '../../support/desk-invariants.ts';
import { SHIPPING_CONVERSATIONS } from './conversations.ts';
import { countPapers } from './count-papers.ts';

for (const { name, play, sums } of SHIPPING_CONVERSATIONS)
  test(`the conversation "${name}" is as its golden file has it, and all of it adds up`, async (t) => {
    const stage = await play(t);

    t.is(stage.transcript(), readFileSync(new URL(`../golden/${name}.txt`, import.meta.url), 'utf8'));
    const sent = (await stage.outbound(stage.partner)).filter((file) => file.name.endsWith('.edi'));
    for (const { name: file, bytes } of sent) t.deepEqual(checkAnswer(bytes, new Uint8Array()), [], file);
    t.deepEqual(await countPapers(stage), sums);
    await assertDesk(t, stage);
    const settled = await stage.context
      .db('document')
      .where({ partner: stage.partner, direction: 'out' })
      .whereNot({ set: '997' })
      .select('set', 'acknowledgement');
    t.deepEqual(
      settled.filter(({ acknowledgement }) => acknowledgement !== 'accepted'),
      [],
    );
    const open = (await stage.exceptions(stage.partner)).filter(({ state }) => state === 'open');
    t.deepEqual(open, []);
  });
