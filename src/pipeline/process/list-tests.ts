import type { Context } from '../../context.ts';
import type { Id, InterchangeRecord } from '../../domain/exchange/records.ts';
import type { Partner } from '../configuration/configuration.ts';

/** Interchanges whose documents are kept apart from live ones. */
export function listTests(
  { settings }: Pick<Context, 'settings'>,
  { file }: Pick<Partner, 'file'>,
  interchanges: readonly Pick<InterchangeRecord, 'id' | 'usage'>[],
): ReadonlySet<Id> {
  const apart = settings.mode === 'production';
  const tests = interchanges.filter(({ usage }) => file.status === 'testing' || (apart && usage === 'T'));
  return new Set(tests.map(({ id }) => id));
}
