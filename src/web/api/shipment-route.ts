import { readShipments } from '../../pipeline/ship/read-shipments.ts';
import { type Answered, tellShipment } from '../../pipeline/ship/take-report.ts';
import { Problem } from './problem.ts';
import type { Answer, ApiRequest, Route } from './route.ts';

export const SHIPMENT: Route = {
  method: 'POST',
  path: '/shipments',
  scope: 'shipments',
  summary:
    'Tell what left: one shipment, as it was packed. A correction or a cancellation says so in `purpose`.',
  takes: ['application/json'],
  handle: takeShipment,
};

const MOST_BYTES = 4 * 1024 * 1024;

/** Kept before it is looked at; then judged at once, and where that is not possible just now a little later. */
async function takeShipment({ context, token, body, key }: ApiRequest): Promise<Answer> {
  if (body.size > MOST_BYTES) throw new Problem(413, `a shipment may have at most ${MOST_BYTES} bytes`);
  const text = decode(Buffer.concat(await Array.fromAsync(body.read())));
  const { shipments, mistakes } = readShipments('body', text);
  if (mistakes.length > 0) throw new Problem(422, mistakes[0]!.message, { mistakes });
  const [content, ...others] = shipments;
  if (content === undefined || others.length > 0)
    throw new Problem(422, `expected one shipment (there are ${shipments.length})`);
  const told = await tellShipment(context, {
    origin: 'api',
    content,
    key: key === undefined ? undefined : `api ${token.id} ${key}`,
  });
  return answer(told);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'the body is no UTF-8');
  }
}

function answer({ id, state, number, version, reasons = [], stops = [], repeated }: Answered): Answer {
  if (state === 'refused') {
    const detail = reasons.map(({ text }) => text).join('; ');
    throw new Problem(422, detail, { report: id, reasons });
  }
  const status = state === 'done' ? (repeated ? 200 : 201) : 202;
  const waits = stops.map(({ kind, message }) => ({ kind, message }));
  return { status, body: { report: id, state, shipment: number, version, reasons, stops: waits } };
}
