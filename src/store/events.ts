import type { EventRecord } from '../domain/exchange/records.ts';
import { type Database, run, type Statement } from './query.ts';
import { placeRows } from './rows.ts';

export const EVENT_ROWS = `id uuid, at timestamptz, partner text, file uuid, interchange uuid, document uuid, order uuid,
  shipment uuid, kind text, text text`;

export function insertEvents(rows: string): string {
  return `
    insert into event (id, at, partner, file_id, interchange_id, document_id, order_id, shipment_id, kind, text)
    select id, at, partner, file, interchange, document, "order", shipment, kind, text from ${rows}`;
}

const ROWS = placeRows({ events: EVENT_ROWS });

const INSERT: Statement = { name: 'event-insert', text: insertEvents(ROWS.from.events) };

export async function recordEvents(tx: Database, events: readonly EventRecord[]): Promise<void> {
  if (events.length > 0) await run(tx, INSERT, ROWS.values({ events }));
}
