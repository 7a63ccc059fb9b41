import test from 'ava';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { assertDesk } from '../support/desk-invariants.ts';

const PARTNERS = ['alpha', 'beta', 'gamma', 'delta'];

/** More bolts than there are, and as many washers as there are: 4 partners × 3 files × 4 orders. */
const BOLTS = 60;
const WASHERS = 48 * 5;

test('partners that buy the same items at once share what there is, and what is short waits', async (t) => {
  const master = {
    warehouses: 'id,name\nDAY,Dayton',
    stock: stockOf({ 'HB-1001': BOLTS, 'WS-2001': WASHERS }),
  };
  const desk = await openDesk(t, { partners: PARTNERS, orders: '{ promise: stock }', master });
  for (const partner of PARTNERS) {
    const post = openPost(partner);
    for (let file = 1; file <= 3; file += 1) {
      const orders = [1, 2, 3, 4].map((n) => {
        const lines = ['5 WS-2001 0.13', '3 HB-1001 3.25'];
        return writeOrder(`PO-${partner}-${file}-${n}`, n % 2 === 0 ? lines : lines.toReversed());
      });
      await desk.receive(partner, post.file(...orders), `${file}.edi`);
    }
  }

  await Promise.all(PARTNERS.map((partner) => desk.drain(partner)));

  const { rows } = await desk.context.db.raw(
    `select item, state, trim_scale(sum(quantity))::text as quantity from allocation group by 1, 2 order by 1, 2`,
  );
  t.deepEqual(rows, [
    { item: 'HB-1001', state: 'reserved', quantity: String(BOLTS) },
    { item: 'HB-1001', state: 'waiting', quantity: String(48 * 3 - BOLTS) },
    { item: 'WS-2001', state: 'reserved', quantity: String(WASHERS) },
  ]);
  t.deepEqual(await desk.context.db('file').where({ direction: 'in' }).whereNot({ state: 'done' }), []);
  for (const partner of PARTNERS) {
    const sets = (await desk.outbound(partner)).flatMap((answer) => answer.sets);
    t.is(sets.filter(({ set }) => set === '855').length, 12, partner);
  }
  await assertDesk(t, desk);
});
