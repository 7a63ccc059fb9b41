import type { Id } from '../../domain/exchange/records.ts';
import { billJob, enqueue } from '../../jobs/lanes.ts';
import { resumeBilling } from '../../store/billing.ts';
import type { Database } from '../../store/database.ts';

/** Does what a person chose of shipments that could not be billed; undefined where none of them waits any more. */
export async function billAgain(
  tx: Database,
  exception: Id,
  how: 'again' | 'elsewhere',
): Promise<string | undefined> {
  const numbers = await resumeBilling(tx, exception, how === 'again' ? 'due' : 'none');
  if (numbers.length === 0) return undefined;
  const names = `shipment ${numbers.join(', ')}`;
  if (how === 'elsewhere') return `${names} is not billed from here`;
  await enqueue(tx, billJob());
  return `${names} is billed again`;
}
