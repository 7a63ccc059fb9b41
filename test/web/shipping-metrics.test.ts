import test from 'ava';
import { startHttp } from '../../src/web/server.ts';
import { openBilling, signed } from '../support/billing.ts';
import { withMail } from '../support/mail-server.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

test('metrics tell which notices and invoices wait or are stopped, and which mails have not gone', async (t) => {
  const desk = await openBilling(t, '{ "856": {}, "810": {} }', {
    yaml: 'mails: { to: [ap@alpha.example], send: [invoice] }\nshipping: { over: "0" }\n',
    alter: (context) => withMail(signed(context), 9),
  });
  const settings = { ...desk.context.settings, http: { host: '127.0.0.1', port: 0 } };
  const http = (await startHttp({ ...desk.context, settings }))!;
  t.teardown(() => http.stop());
  const read = async () => {
    const text = await (await fetch(`http://127.0.0.1:${http.port}/metrics`)).text();
    return text.match(/^causeway_(ship_notices|unbilled_shipments|mails)\{.*$/gm) ?? [];
  };
  t.deepEqual(await read(), []);

  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await desk.order('PO-2', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await tell(desk, shipmentOf('SH-2', ['PO-2 1 11']));
  t.deepEqual(await read(), [
    'causeway_ship_notices{partner="alpha",state="stopped"} 1',
    'causeway_unbilled_shipments{partner="alpha",state="due"} 1',
  ]);
  await desk.bill();
  t.deepEqual(await read(), [
    'causeway_ship_notices{partner="alpha",state="stopped"} 1',
    'causeway_mails{state="pending"} 1',
  ]);
});
