import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Outcome } from '../../domain/exchange/records.ts';
import { isAgreed } from '../../domain/partner/received-sets.ts';
import { readAdvice } from '../../domain/warehouse/warehouse-shipment.ts';
import type { warehouseShippingAdvice } from '../../domain/warehouse/warehouse-shipping-advice.ts';
import type { Database } from '../../store/database.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import type { Partner } from '../configuration/configuration.ts';
import { listTests } from '../process/list-tests.ts';
import { makeException } from '../process/records.ts';
import { takeReport } from './take-report.ts';

/** A 945 that was read is a report of a shipment: kept with the document that it came as, in its transaction. */
export async function takeAdvices(
  context: Context,
  tx: Database,
  partner: Partner,
  { documents, interchanges }: Pick<Outcome, 'documents' | 'interchanges'>,
): Promise<void> {
  const tests = listTests(context, partner, interchanges);
  for (const { id, interchange, direction, status, set, canonical, kind } of documents) {
    if (direction === 'out') continue;
    if (kind !== 'warehouse-shipping-advice' || status === 'R' || !isAgreed(partner.file, set)) continue;
    const advice = canonical as z.infer<typeof warehouseShippingAdvice>;
    const { warehouse } = partner.file;
    const read = readAdvice(advice, { warehouse, test: tests.has(interchange) });
    if (read.kind === 'shipment') {
      const key = `document ${id}`;
      await takeReport(context, tx, { origin: '945', document: id, content: read.shipment, key });
      continue;
    }
    const { desk } = context.configuration();
    const maker = { ids: context.ids, now: context.clock(), partner: partner.id, desk };
    const text = `set ${set}: ${read.reasons.map((one) => one.text).join('; ')}`;
    await raiseExceptions(tx, [makeException(maker, 'shipment-refused', text, { document: id })]);
  }
}
