import type { ExceptionRecord } from '../../domain/exchange/records.ts';
import type { Database } from '../../store/database.ts';
import { type Resolution, resolveException, type StoredException } from '../../store/exceptions.ts';

/** What was asked and is asked again goes on waiting, what is not asked any more is resolved; returns what is new. */
export async function keepAsked(
  tx: Database,
  open: readonly StoredException[],
  asked: readonly ExceptionRecord[],
  resolution: Resolution,
  why: string,
): Promise<ExceptionRecord[]> {
  const keyOf = ({ kind, line }: Pick<ExceptionRecord, 'kind' | 'line'>) => `${kind} ${line ?? ''}`;
  const still = new Set(asked.map(keyOf));
  for (const one of open)
    if (!still.has(keyOf(one)))
      await resolveException(tx, one.id, { ...resolution, resolution: `answered with ${why}` });
  const known = new Set(open.map(keyOf));
  return asked.filter((one) => !known.has(keyOf(one)));
}
