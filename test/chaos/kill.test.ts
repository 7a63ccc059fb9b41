import test, { type ExecutionContext } from 'ava';
import { openGateway } from '../../src/main.ts';
import { readSettings } from '../../src/settings.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { scratchFolder } from '../support/database.ts';
import {
  connectTo,
  fetchAnswers,
  type GatewayProcess,
  prepareFolders,
  spawnGateway,
} from '../support/gateway.ts';
import { listAnsweredOrders } from '../support/gateway-answers.ts';
import { writeOrders } from '../support/gateway-orders.ts';
import { importMaster, type TestPartner } from '../support/gateway-partners.ts';
import { waitFor } from '../support/wait.ts';

/** `CAUSEWAY_CHAOS=full` is the whole of it; what runs with every test is a sample. */
const FULL = process.env['CAUSEWAY_CHAOS'] === 'full';
const KILLS = FULL ? 50 : 8;
const ORDERS = FULL ? 300 : 60;
const PARTNERS = { alpha: {}, beta: {}, gamma: {} };
const LONGEST_LIFE_MS = FULL ? 1_500 : 900;

type Life = { current: GatewayProcess; kills: number };

/** Another seed is another course of events: `CAUSEWAY_SEED=7`. */
function createRandom(): () => number {
  let state = Number(process.env['CAUSEWAY_SEED'] ?? 1);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Kills and starts again, each time after another part of a second. */
async function killOften(life: Life, environment: Readonly<Record<string, string>>): Promise<void> {
  const random = createRandom();
  while (life.kills < KILLS) {
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
    await life.current.kill();
    life.kills += 1;
    life.current = await spawnGateway(environment);
  }
}

/** A client as partners have them: it sends again what it did not hear was received. Returns how often it had to. */
async function upload(
  t: ExecutionContext,
  life: Life,
  partner: TestPartner,
  orders: readonly string[],
): Promise<number> {
  let again = 0;
  let client: Awaited<ReturnType<typeof connectTo>> | undefined;
  for (const [i, po] of orders.entries()) {
    // Spread over the whole course: the last ones are sent after the last kill.
    await waitFor(() => life.kills >= Math.floor((i * (KILLS + 1)) / orders.length), 300_000);
    const bytes = writeOrders({ from: partner.identity, control: i + 1, orders: [{ po }] });
    await waitFor(async () => {
      try {
        client ??= await connectTo(t, life.current.port, partner);
        await client.put(bytes, `/inbound/${po}.edi`);
        return true;
      } catch {
        again += 1;
        client = undefined;
        return false;
      }
    }, 60_000);
  }
  return again;
}

test('killed again and again while orders arrive: every order is answered exactly once', async (t) => {
  t.timeout(FULL ? 900_000 : 120_000);
  const folder = await scratchFolder(t);
  const { partners, environment } = await prepareFolders(folder, PARTNERS);
  const gateway = await openGateway(readSettings({ ...environment, CAUSEWAY_LOG: 'silent' }), {
    onProgress: () => undefined,
  });
  await importMaster(gateway.context, Object.keys(partners));
  await gateway.stop();
  const life: Life = { current: await spawnGateway(environment), kills: 0 };
  t.teardown(() => life.current.kill());
  // We too sit at the embedded server, so that it ends with the test.
  const embedded = await startEmbedded({ folder: environment.CAUSEWAY_DATA });
  t.teardown(() => embedded.stop());
  const each = ORDERS / Object.keys(partners).length;
  const sent = Object.values(partners).map((partner) => ({
    partner,
    orders: Array.from({ length: each }, (_, i) => `PO-${partner.id}-${i + 1}`),
  }));

  const [, ...again] = await Promise.all([
    killOften(life, environment),
    ...sent.map(({ partner, orders }) => upload(t, life, partner, orders)),
  ]);
  t.is(life.kills, KILLS);
  t.log(`${KILLS} kills, ${ORDERS} orders, ${again.reduce((sum, n) => sum + n, 0)} failed calls`);

  const db = openDatabase(embedded.url);
  t.teardown(() => db.destroy());
  await waitFor(async () => (await db('file').where({ state: 'received' })).length === 0, 60_000);
  for (const { partner, orders } of sent) {
    const answers = await fetchAnswers(await connectTo(t, life.current.port, partner));
    t.deepEqual(listAnsweredOrders(answers), orders, 'each once, and in the order in which they were sent');
    t.is(answers.length, orders.length * 2, 'a 997 and an 855 for each');
    const controls = answers.map(({ control }) => Number(control)).sort((a, b) => a - b);
    t.deepEqual(
      controls,
      controls.map((_, i) => i + 1),
      'control numbers without a gap and none twice',
    );
  }
  t.deepEqual(await db('exception').select('kind', 'message'), []);
  await db.destroy();
});
