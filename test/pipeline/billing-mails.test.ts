import test from 'ava';
import { issueCredit } from '../../src/pipeline/bill/issue-credit.ts';
import { openBilling } from '../support/billing.ts';
import { drainMails, startMailServer, withMail } from '../support/mail-server.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

const YAML =
  'mails: { to: [buyer@alpha.example], send: [shipped, invoice], attach: [invoice, packing-slip] }';

test('a partner without EDI invoices gets them by mail, in the thread of its order, with their PDFs', async (t) => {
  const server = await startMailServer(t);
  const desk = await openBilling(t, '{}', {
    yaml: YAML,
    alter: (context) => withMail(context, server.port),
  });
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 10']), carrier: { name: 'UPS', tracking: ['1Z999'] } });
  await desk.bill();
  const asked = { invoice: 'INV-2026-00001', reason: 'damaged', by: 'ann' } as const;
  const lines = [{ position: 1, kind: 'quantity', quantity: '2' }] as const;
  await issueCredit(desk.context, { ...asked, lines });
  await drainMails(desk.context);

  const mails = server.arrived.map(({ mail }) => mail);
  t.deepEqual(
    mails.map(({ attachments }) => attachments.map(({ filename }) => filename)),
    [['packing-slip-SH-1.pdf'], ['INV-2026-00001.pdf'], ['CM-2026-00001.pdf']],
  );
  const [first, ...later] = mails;
  for (const mail of later) t.is(mail.inReplyTo, first!.messageId);
  t.true(first!.text!.includes('1Z999'), first!.text);
  t.true(mails[1]!.text!.includes('32.50'), mails[1]!.text);
  t.true(mails[2]!.text!.includes('6.50'), mails[2]!.text);
});
