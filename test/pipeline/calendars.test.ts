import test from 'ava';
import { listAnswers, openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';

/** It is Saturday, 21 November: DAY ships on weekdays, and RENO, which has no calendar of its own, on our days. */
const master = {
  warehouses: 'id,name\nDAY,Dayton\nRENO,Reno',
  stock: `${stockOf({ 'HB-1001': 10 })}\nHB-1002,RENO,10`,
  calendars: 'owner,days,holidays\nDAY,mon-fri,2026-12-18\nus,mon-sun,2026-11-21;2026-11-22;2026-11-23',
};

/** ACK04 and ACK05 (068: current schedule ship) of each line that says when it ships. */
async function listShipDates(desk: Awaited<ReturnType<typeof openDesk>>): Promise<readonly string[]> {
  const answers = await desk.outbound('alpha');
  return answers
    .flatMap(({ sets }) => sets)
    .filter(({ set }) => set === '855')
    .flatMap(({ segments }) => segments.filter(([tag]) => tag === 'ACK').map((ack) => `${ack[4]} ${ack[5]}`));
}

test('a line is promised for the next day on which its warehouse ships', async (t) => {
  const desk = await openDesk(t, { master, orders: '{ promise: stock }' });
  const post = openPost('alpha');

  await desk.send('alpha', post.file(writeOrder('PO-1', ['5 HB-1001 3.25'], { wanted: '20261121' })));
  await desk.send('alpha', post.file(writeOrder('PO-2', ['5 HB-1002 4.10'], { wanted: '20261121' })));
  await desk.send('alpha', post.file(writeOrder('PO-3', ['5 HB-1001 3.25'], { wanted: '20261218' })));

  t.deepEqual(await listAnswers(desk), ['855 AC PO-1: DR', '855 AC PO-2: DR', '855 AD PO-3: IA']);
  t.deepEqual(await listShipDates(desk), ['068 20261123', '068 20261124', '068 20261217']);
  const reasons = await desk.context
    .db('event')
    .where({ kind: 'order-decided' })
    .orderBy('id')
    .select('text');
  t.regex(reasons[0].text, /ship 2026-11-23 from DAY, which is closed on 2026-11-21/);
  t.regex(reasons[1].text, /ship 2026-11-24 from RENO, which is closed on 2026-11-21/);
});
