import type { Context } from '../../context.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import type { Transaction } from '../../store/database.ts';
import type { Partner } from '../configuration/configuration.ts';
import type { Maker } from '../process/records.ts';

/** One transaction, and all that is the same for what is shipped in it. */
export type Shipping = {
  readonly context: Context;
  readonly tx: Transaction;
  readonly company: CompanyFile;
  readonly now: string;
};

/** Nobody knows who we are: nothing can be shipped before company.yaml is mended. */
export class NoCompany extends Error {
  override readonly name = 'NoCompany';
}

export function startShipping(context: Context, tx: Transaction): Shipping {
  const { company } = context.configuration();
  if (company === undefined)
    throw new NoCompany('company.yaml is missing or wrong: causeway check says where');
  return { context, tx, company, now: context.clock() };
}

export function makerOf({ context, now }: Shipping, partner: string): Maker {
  return { ids: context.ids, now, partner, desk: context.configuration().desk };
}

export function partnerOf({ context }: Shipping, id: string): Partner | undefined {
  return context.configuration().partners.get(id);
}

/** Our customer number of a partner. */
export function customerOf(shipping: Shipping, id: string): string {
  return partnerOf(shipping, id)?.file.customer ?? id;
}
