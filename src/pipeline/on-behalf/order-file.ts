import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { nextControlNumbers } from '../../store/control-numbers.ts';
import type { Database } from '../../store/database.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import { makeDocumentWriter } from '../process/profiles.ts';
import { dealControlNumbers, groupStream, interchangeStream } from '../respond/control-streams.ts';
import { makeEnvelope, seal } from '../respond/seal.ts';

/** What cannot be written as an 850: told to who asked for the order. */
export class OrderNotWritten extends Error {
  override readonly name = 'OrderNotWritten';
}

type Maker = { readonly configuration: Configuration; readonly partner: Partner; readonly now: string };

/** The bytes of the order's file, under the next control number between us and ourselves. */
export async function writeOrderFile(
  tx: Database,
  order: Omit<PurchaseOrder, 'source'>,
  { configuration, partner, now }: Maker,
): Promise<Uint8Array> {
  const { company } = configuration;
  if (company === undefined) throw new OrderNotWritten('company.yaml does not say who we are');
  const { version, usage } = partner.file.x12;
  const us = company.identity.x12;
  const envelope = { ...makeEnvelope(company, partner.file, now), us, them: us };
  const write = makeDocumentWriter(configuration, undefined, envelope);
  // Where a document came from is not written.
  const [written] = write('850', version, [order as PurchaseOrder]);
  const { segments, problems } = written!;
  if (problems.length > 0) throw new OrderNotWritten(`its 850 cannot be written: ${problems.join('; ')}`);
  const streams = [
    interchangeStream(us.interchange, us.interchange),
    groupStream(us.interchange, us.interchange, 'PO'),
  ];
  const first = await nextControlNumbers(
    tx,
    streams.map((stream) => ({ stream, count: 1 })),
  );
  const groups = [{ functionalId: 'PO', version, sets: [{ set: '850', segments }] }];
  const unsealed = { usage, version: version.slice(0, 5), ta1s: [], groups };
  return seal(unsealed, envelope, dealControlNumbers(first)).bytes;
}
