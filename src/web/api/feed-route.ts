import { z } from 'zod';
import { acknowledgeMessage } from '../../pipeline/feed/settle-message.ts';
import { findMessage } from '../../store/feed.ts';
import { Problem } from './problem.ts';
import { requireFields } from './require-fields.ts';
import type { Answer, ApiRequest, Route } from './route.ts';

export const ACKNOWLEDGE_MESSAGE: Route = {
  method: 'POST',
  path: '/feed/:message/ack',
  scope: 'feed',
  summary: 'What the ERP says of a message that it was sent: it has it, or rejects it and why.',
  takes: ['application/json'],
  handle: acknowledge,
};

const said = z.discriminatedUnion('acknowledged', [
  z.strictObject({ acknowledged: z.literal(true) }),
  z.strictObject({ acknowledged: z.literal(false), reason: z.string().trim().min(1).max(1000) }),
]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Saying the same again changes nothing, so there is nothing to remember. */
async function acknowledge({ context, params, body }: ApiRequest): Promise<Answer> {
  const id = params['message'] ?? '';
  const given = requireFields(said, await body.json());
  const found = UUID.test(id) ? await findMessage(context.db, id) : undefined;
  if (found === undefined) throw new Problem(404, `there is no message ${id}`);
  const settled = await acknowledgeMessage(context, id, given.acknowledged ? undefined : given.reason);
  if (settled.kind === 'refused') throw new Problem(409, settled.text);
  return { status: 200, body: { id, text: settled.text } };
}
