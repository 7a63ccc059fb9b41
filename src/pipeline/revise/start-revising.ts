import type { Context } from '../../context.ts';
import type { Database } from '../../store/database.ts';
import type { Revising } from './save-revision.ts';

/** Undoes the transaction: what was chosen cannot be done, and nothing changes. */
export class NotDecided extends Error {
  override readonly name = 'NotDecided';
}

export function startRevising(context: Context, tx: Database, id: string): Revising {
  const configuration = context.configuration();
  const { company, desk } = configuration;
  const partner = configuration.partners.get(id);
  if (partner === undefined || company === undefined)
    throw new NotDecided(`partner ${id} has no sound partner file: causeway check ${id} says why`);
  const maker = { ids: context.ids, now: context.clock(), partner: id, desk };
  return { context, tx, partner, company, maker };
}
