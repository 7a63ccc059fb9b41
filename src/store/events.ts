import type { EventRecord } from '../domain/exchange/records.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

const INSERT: Statement = {
  name: 'event-insert',
  text: `
    insert into event (id, at, partner, file_id, interchange_id, document_id, order_id, shipment_id, kind, text)
    select id, at, partner, file, interchange, document, "order", shipment, kind, text
    from json_to_recordset($1::json) as r(id uuid, at timestamptz, partner text, file uuid, interchange uuid,
      document uuid, "order" uuid, shipment uuid, kind text, text text)`,
};

export async function recordEvents(tx: Database, events: readonly EventRecord[]): Promise<void> {
  if (events.length > 0) await run(tx, INSERT, [toJson(events)]);
}
