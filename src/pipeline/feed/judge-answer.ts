import type { WebhookAnswer } from '../../channels/webhook/post-webhook.ts';

/** What an answer of the ERP means for the message. */
export type Judgement =
  | { readonly kind: 'sent' }
  | { readonly kind: 'acknowledged' }
  /** The ERP has it and does not want it: sending it again would change nothing. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** `permanent`: a person must mend something first; then it goes out by itself. */
  | { readonly kind: 'retry'; readonly error: string; readonly permanent: boolean }
  | { readonly kind: 'failed'; readonly error: string };

/** 4xx that speak of the message and not of the address, the secret or the moment. */
const REFUSES_MESSAGE: ReadonlySet<number> = new Set([400, 409, 413, 422]);
/** RFC 9110 and RFC 6585: time-out, too early, too many requests. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429]);
const GONE = 410;

export function judgeAnswer(answer: WebhookAnswer): Judgement {
  if (answer.kind === 'no-answer') return { kind: 'retry', error: answer.error, permanent: false };
  const { status, text } = answer;
  if (status >= 200 && status < 300) return readSettled(text);
  const said = text.trim().replaceAll(/\s+/g, ' ').slice(0, 200);
  const error = `the ERP answered ${status}${said === '' ? '' : `: ${said}`}`;
  if (REFUSES_MESSAGE.has(status)) return { kind: 'rejected', reason: error };
  if (status === GONE) return { kind: 'failed', error };
  return { kind: 'retry', error, permanent: status < 500 && !NOT_NOW.has(status) };
}

/** `{"acknowledged":true}`, or false with a `reason`; any other body leaves it to be acknowledged later. */
function readSettled(text: string): Judgement {
  const body = parse(text);
  if (body?.acknowledged === true) return { kind: 'acknowledged' };
  if (body?.acknowledged !== false) return { kind: 'sent' };
  return {
    kind: 'rejected',
    reason: typeof body.reason === 'string' ? body.reason : 'the ERP gave no reason',
  };
}

function parse(text: string): { readonly acknowledged?: unknown; readonly reason?: unknown } | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
