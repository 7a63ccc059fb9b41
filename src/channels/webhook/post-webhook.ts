import { createHmac } from 'node:crypto';

export type Webhook = {
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
};

export type WebhookCall = {
  /** The same whenever the call is made again. */
  readonly id: string;
  readonly body: string;
  /** Seconds since 1970, against replay. */
  readonly at: number;
};

/** `no-answer`: nobody knows whether the call arrived. */
export type WebhookAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'no-answer'; readonly error: string };

/** Of an answer so much is read; the rest is left. */
const MOST_ANSWER = 64 * 1024;

/** `t=1700000000,v1=…`: HMAC-SHA256 over the time, a dot and the body, in hex. */
export function signBody(secret: string, at: number, body: string): string {
  const hex = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return `t=${at},v1=${hex}`;
}

/** One POST. Throws nothing but the reason of `signal`, when that ended it. */
export async function postWebhook(
  { url, secret, timeoutMs }: Webhook,
  { id, body, at }: WebhookCall,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Causeway-Id': id,
        'Causeway-Signature': signBody(secret, at, body),
      },
      // What was signed for one address is not carried to another.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    return { kind: 'answer', status: response.status, text: await readText(response) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'no-answer', error: explain(error, timeoutMs) };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_ANSWER) break;
  }
  return Buffer.concat(chunks).toString();
}

function explain(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
}
