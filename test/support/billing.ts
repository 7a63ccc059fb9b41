import type { ExecutionContext } from 'ava';
import type { Context } from '../../src/context.ts';
import { companyFile } from '../../src/domain/partner/partner.ts';
import { billLane } from '../../src/pipeline/bill/bill-lane.ts';
import { certifyLane } from '../../src/pipeline/certify/certify-lane.ts';
import { findInvoices, type StoredInvoice } from '../../src/store/invoices.ts';
import { openDesk, stockOf } from './desk.ts';
import { openPost, writeOrder } from './desk-documents.ts';
import type { Lanes } from './gateway-lane.ts';

export const MASTER = {
  customers: 'number,name,credit_limit,credit_currency\nalpha,Alpha,100000,USD',
  warehouses: 'id,name\nDAY,Dayton',
  stock: stockOf({ 'HB-1001': 1000, 'HB-1002': 100, 'WS-2001': 1000 }),
};

export type BillingDesk = Lanes & {
  /** Sends an order whose lines are `40 HB-1001 3.25`. */
  readonly order: (po: string, lines: readonly string[]) => Promise<void>;
  readonly bill: () => Promise<void>;
  readonly certify: () => Promise<void>;
  /** The oldest first. */
  readonly invoices: () => Promise<readonly StoredInvoice[]>;
};

/** A partner that is sent ship notices and invoices; `send` is flow YAML that is laid over that. */
export async function openBilling(
  t: ExecutionContext,
  send = '{ "856": {}, "810": {} }',
  more: { readonly yaml?: string; readonly alter?: Parameters<typeof openDesk>[1]['alter'] } = {},
): Promise<BillingDesk> {
  const desk = await openDesk(t, {
    orders: `{ promise: stock }\nsend: ${send}\n${more.yaml ?? ''}`,
    master: MASTER,
    ...(more.alter === undefined ? {} : { alter: more.alter }),
  });
  const post = openPost('alpha');
  const signal = new AbortController().signal;
  return {
    ...desk,
    order: async (po, lines) => {
      await desk.send('alpha', post.file(writeOrder(po, lines)));
    },
    bill: () => billLane(desk.context, signal),
    certify: () => certifyLane(desk.context, signal),
    invoices: async () => (await findInvoices(desk.context.db, {})).toReversed(),
  };
}

const SIGNED = {
  statement: 'It conforms.',
  standards: ['ISO 9001'],
  signatory: { name: 'Q. Manager', title: 'Quality' },
};

/** Certificates of conformance are signed. */
export function signed(context: Context): Context {
  const configuration = context.configuration();
  const certificates = companyFile.shape.certificates.parse(SIGNED);
  return {
    ...context,
    configuration: () => ({ ...configuration, company: { ...configuration.company!, certificates } }),
  };
}
