import { hash } from 'node:crypto';
import type { Context } from '../../context.ts';
import {
  answerRequest,
  claimRequest,
  forgetRequests,
  giveUpRequest,
  type RequestKey,
} from '../../store/api-requests.ts';
import { Problem } from './problem.ts';
import type { Answer, Remember } from './route.ts';

const DAY = 86_400_000;

/** How long an answer is kept for those who ask again. */
const KEPT_DAYS = 7;

type Work = (remember: Remember) => Promise<Answer>;

type Asked = {
  /** `Idempotency-Key` as it was sent. */
  readonly key: string | undefined;
  readonly token: string;
  /** All that makes this request another one than the last. */
  readonly request: readonly string[];
};

/** Does the work, unless it was done under this key: then the answer is what it was. */
export async function answerOnce(context: Context, asked: Asked, work: Work): Promise<Answer> {
  if (asked.key === undefined) return await work(async () => undefined);
  const key = { token: asked.token, key: readKey(asked.key) };
  const { db } = context;
  const now = context.clock();
  await forgetRequests(db, new Date(Date.parse(now) - KEPT_DAYS * DAY).toISOString());
  const claim = await claimRequest(db, key, hash('sha256', JSON.stringify(asked.request), 'hex'), now);
  switch (claim.kind) {
    case 'answered':
      return { status: claim.status, body: claim.answer, headers: { 'Idempotency-Replayed': 'true' } };
    case 'other':
      throw new Problem(422, 'the Idempotency-Key was used for another request: choose a new key');
    case 'running':
      throw new Problem(
        409,
        'the request under this Idempotency-Key is being worked on',
        {},
        { 'Retry-After': '5' },
      );
    case 'new':
      return await doWork(context, key, work);
  }
}

/** Of what was refused or failed nothing was done: the next request under the key begins afresh. */
async function doWork({ db }: Context, key: RequestKey, work: Work): Promise<Answer> {
  let remembered = false;
  try {
    const answer = await work(async (tx, inside) => {
      await answerRequest(tx, key, inside);
      remembered = true;
    });
    if (!remembered) await answerRequest(db, key, answer);
    return answer;
  } catch (error) {
    await giveUpRequest(db, key);
    throw error;
  }
}

/** A string of a structured field (`"abc"`) or the bare text that most clients send. */
function readKey(sent: string): string {
  const key = /^"(.*)"$/.exec(sent)?.[1] ?? sent;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem(400, 'expected an Idempotency-Key of 1 to 255 printable characters without spaces');
}
