import type { Context } from '../../context.ts';
import { draftCertificateMail } from '../../domain/mail/draft-shipping-mails.ts';
import type { MailAttachment } from '../../domain/mail/mail-record.ts';
import type { Job } from '../../jobs/lanes.ts';
import { enqueue } from '../../jobs/lanes.ts';
import {
  listAwaiting,
  listCertificatesDue,
  listUnprinted,
  markCertificates,
  readCertificatePdf,
  type StoredCertificate,
  saveCertificatePdf,
  stopPrinting,
} from '../../store/certificates.ts';
import { inTransaction, isOutage, type Transaction } from '../../store/database.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import { findShipment } from '../../store/shipments.ts';
import { planMails } from '../mail/plan-mails.ts';
import { NotPrinted } from '../print/print-page.ts';
import { makeEvent, makeException } from '../process/records.ts';
import { sendFiles } from '../respond/send-files.ts';
import { startRevising } from '../revise/start-revising.ts';
import { hashFile } from './issue-certificate.ts';
import { loadCertificatesOf } from './load-certificates.ts';
import { printCertificate } from './print-certificate.ts';
import { releaseCertified } from './release-certified.ts';

const AT_ONCE = 50;

/**
 * Makes the PDFs of what was issued, lets go what waited for certificates, and sends with each shipment those that its goods
 * must have.
 */
export async function certifyLane(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const unprinted = await listUnprinted(context.db, AT_ONCE);
    for (const certificate of unprinted) {
      if (signal.aborted) return;
      await print(context, certificate);
    }
    if (unprinted.length < AT_ONCE) break;
  }
  const awaiting = await listAwaiting(context.db);
  const due = await listCertificatesDue(context.db, 1000);
  await workApart(context, signal, [
    ...awaiting.map((one) => (tx: Transaction) => releaseCertified(context, tx, one)),
    ...due.map((one) => (tx: Transaction) => sendCertificates(context, tx, one.id, one.partner)),
  ]);
}

/** What fails for one shipment holds up no other; the job tries it again. */
async function workApart(
  context: Context,
  signal: AbortSignal,
  works: readonly ((tx: Transaction) => Promise<void>)[],
): Promise<void> {
  const failed: unknown[] = [];
  for (const work of works) {
    if (signal.aborted) return;
    try {
      await inTransaction(context.db, work);
    } catch (error) {
      context.log.error({ error: String(error) }, 'what waits for certificates was not sent');
      if (isOutage(error)) throw error;
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** What cannot be printed is asked about, and hinders no other. */
async function print(context: Context, certificate: StoredCertificate): Promise<void> {
  const { id, number, partner = '', order } = certificate;
  try {
    const pdf = printCertificate(context, certificate);
    await saveCertificatePdf(context.db, id, pdf, hashFile(pdf));
  } catch (error) {
    if (!(error instanceof NotPrinted)) throw error;
    const { desk } = context.configuration();
    const maker = { ids: context.ids, now: context.clock(), partner, desk };
    const text = `certificate ${number}: ${error.message}`;
    const exception = makeException(maker, 'paper-not-printed', text, { order });
    await inTransaction(context.db, async (tx) => {
      await raiseExceptions(tx, [exception]);
      await stopPrinting(tx, id, exception.id);
    });
  }
}

/** All together, once each of the goods has its own and each is printed; until then nothing goes. */
async function sendCertificates(
  context: Context,
  tx: Transaction,
  shipment: string,
  partner: string,
): Promise<void> {
  const goods = await findShipment(tx, shipment);
  const revising = startRevising(context, tx, partner);
  const policy = revising.partner.file.send.certificates;
  if (goods === undefined || policy === undefined) return;
  const found = await loadCertificatesOf(tx, goods, policy);
  if (found.missing.length > 0) return;
  const attached: MailAttachment[] = [];
  for (const { id, number } of found.certificates) {
    const bytes = await readCertificatePdf(tx, id);
    if (bytes === undefined) return;
    attached.push({ name: `certificate-${number}.pdf`, type: 'application/pdf', bytes });
  }
  if (!(await markCertificates(tx, goods.id, 'sent'))) return;
  const jobs: Job[] = [];
  if (policy.via !== 'sftp') {
    const { company, partner: to, maker } = revising;
    const about = { company: { name: company.name }, partner: { name: to.file.name } };
    const orders = [...new Set(goods.lines.map(({ order }) => order))];
    const draft = draftCertificateMail(
      `${goods.id}:${goods.version}`,
      found.certificates.map(({ id, content, code }) => ({
        id,
        content,
        url: addressOf(context, code),
      })),
      { about, orders: orders.map((id) => ({ id })), test: goods.test, attachments: attached },
    );
    jobs.push(...(await planMails(tx, { company, partner: to, ids: maker.ids, now: maker.now }, [draft])));
  }
  if (policy.via !== 'mail') jobs.push(...(await sendFiles(revising, attached)));
  const numbers = found.certificates.map(({ number }) => number).join(', ');
  const text = `certificates ${numbers} of shipment ${goods.number} sent`;
  await recordEvents(tx, [
    makeEvent(revising.maker, 'certificates-sent', text, {
      shipment: goods.id,
      order: goods.lines[0]?.order,
    }),
  ]);
  if (jobs.length > 0) await enqueue(tx, jobs);
}

/** The page that confirms a certificate. */
export function addressOf({ settings }: Pick<Context, 'settings'>, code: string): string {
  return `${settings.url}/certificates/${code}`;
}
