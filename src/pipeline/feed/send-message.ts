import { deliverRemote } from '../../channels/remote-sftp/deliver.ts';
import { RemoteFault } from '../../channels/remote-sftp/fault.ts';
import { postWebhook } from '../../channels/webhook/post-webhook.ts';
import type { Context } from '../../context.ts';
import type { FeedMessage } from '../../domain/feed/feed-message.ts';
import { writeCsv } from '../../domain/feed/write-csv.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import type { ErpFile } from '../../domain/partner/partner.ts';
import { resolveSecret, SecretMissing } from '../../settings.ts';
import type { WholeMessage } from '../../store/feed.ts';
import { resolveRemote } from '../deliver/remote.ts';
import { isTold } from '../erp-inbox/erp-mailbox.ts';
import { type Judgement, judgeAnswer } from './judge-answer.ts';

export type Sent = { readonly filed: boolean; readonly judged: Judgement };

/**
 * One try: first the file, once, then the webhook. Trouble that a person must mend keeps the message waiting. Throws
 * when `signal` ended it.
 */
export async function sendMessage(
  context: Context,
  message: WholeMessage,
  signal: AbortSignal,
): Promise<Sent> {
  const erp = context.configuration().company?.erp;
  let filed = message.filedAt !== undefined;
  try {
    if (!isTold(erp)) {
      return {
        filed,
        judged: { kind: 'retry', error: 'no sound company.yaml says how the ERP is told', permanent: true },
      };
    }
    if (erp.files !== undefined && !filed) {
      await putFile(context, erp.files, message);
      filed = true;
    }
    if (erp.webhook === undefined) return { filed, judged: { kind: 'sent' } };
    return { filed, judged: await callWebhook(context, erp.webhook, message, signal) };
  } catch (error) {
    const judged = explain(error);
    if (judged === undefined) throw error;
    return { filed, judged };
  }
}

async function callWebhook(
  { settings, clock }: Context,
  { url, secret, timeout }: NonNullable<ErpFile['webhook']>,
  { id, body }: WholeMessage,
  signal: AbortSignal,
): Promise<Judgement> {
  const webhook = {
    url,
    secret: resolveSecret(secret, settings.partnersFolder),
    timeoutMs: durationSeconds(timeout) * 1000,
  };
  const at = Math.floor(Date.parse(clock()) / 1000);
  return judgeAnswer(await postWebhook(webhook, { id, body, at }, signal));
}

async function putFile(
  context: Context,
  { sftp, format }: NonNullable<ErpFile['files']>,
  { id, kind, poNumber, body }: WholeMessage,
): Promise<void> {
  const text = format === 'csv' ? writeCsv(JSON.parse(body) as FeedMessage) : body;
  // Ids sort by time, so the names do as well.
  const name = `${id}-${kind}-${poNumber.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.${format}`;
  const remote = resolveRemote(context, { folder: context.settings.partnersFolder }, sftp);
  await deliverRemote(remote, { name, bytes: Buffer.from(text) });
}

function explain(error: unknown): Judgement | undefined {
  if (error instanceof SecretMissing) return { kind: 'retry', error: error.message, permanent: true };
  if (!(error instanceof RemoteFault)) return undefined;
  return { kind: 'retry', error: error.message, permanent: error.kind === 'permanent' };
}
