import type { z } from 'zod';
import type { BillingFacts, BillingTerms, TaxRate } from '../../domain/invoice/billing.ts';
import type { PurchaseOrder } from '../../domain/order/purchase-order.ts';
import { findDestination, findOrderPlace } from '../../domain/order/ship-to.ts';
import type { termsFile } from '../../domain/partner/company-trade.ts';
import { describeCompany } from '../../domain/partner/describe-company.ts';
import type { CompanyFile } from '../../domain/partner/partner.ts';
import { type DueShipment, isMoreAwaited, loadBilledOrders } from '../../store/billing.ts';
import type { Database } from '../../store/database.ts';
import type { Partner } from '../configuration/configuration.ts';

export type LoadedBilling = Omit<BillingFacts, 'number'> & {
  /** Whether nothing of any of the orders is left to ship, and the notice of all that left has. */
  readonly complete: boolean;
};

/** What billing these shipments may know; their orders stay locked until the transaction ends. */
export async function loadBilling(
  tx: Database,
  company: CompanyFile,
  partner: Partner,
  shipments: readonly DueShipment[],
  today: string,
): Promise<LoadedBilling> {
  const ids = [...new Set(shipments.flatMap(({ lines }) => lines.map(({ order }) => order)))];
  const orders = await loadBilledOrders(tx, ids);
  const billed = shipments.map(({ id }) => id);
  const awaited = await isMoreAwaited(tx, ids, billed);
  const { billing } = partner.file;
  const [first] = orders;
  const currency = first?.order.currency ?? company.currency;
  return {
    today,
    orders,
    shipments,
    currency,
    rounding: partner.file.orders.rounding,
    terms: readTerms(billing.terms ?? company.billing.terms),
    taxes: billing.tax === 'exempt' || first === undefined ? [] : chooseTaxes(company, first.order),
    remitTo: describeRemitTo(company),
    references: partner.file.send['810']?.references,
    complete: orders.every(({ state }) => state !== 'open') && !awaited,
  };
}

/** An invoice has one ship-to, by which it is taxed, one currency, and one set of terms. */
export async function groupAlike(
  tx: Database,
  shipments: readonly DueShipment[],
): Promise<readonly (readonly DueShipment[])[]> {
  const ids = [...new Set(shipments.flatMap(({ lines }) => lines[0]?.order ?? []))];
  const keys = new Map(
    (await loadBilledOrders(tx, ids)).map(({ id, order: { currency, parties = [], paymentTerms } }) => {
      const shipTo = parties.find(({ role }) => role === 'ship-to');
      return [id, JSON.stringify([currency, shipTo?.name, shipTo?.id, shipTo?.address, paymentTerms])];
    }),
  );
  return [...Map.groupBy(shipments, ({ lines }) => keys.get(lines[0]?.order ?? '')).values()];
}

function readTerms({ net, discount }: z.output<typeof termsFile>): BillingTerms {
  if (discount === undefined) return { netDays: net };
  return { netDays: net, discountPercent: discount.percent, discountDays: discount.days };
}

/** Those of the country and of the region that the goods go to. */
function chooseTaxes({ billing }: CompanyFile, order: PurchaseOrder): readonly TaxRate[] {
  const nobody = { number: '', priority: 0, listsShipTos: false, shipTos: [] };
  const destination = findDestination(findOrderPlace(order), nobody);
  return billing.taxes
    .filter(({ where }) => destination === where || destination?.startsWith(`${where}-`) === true)
    .map(({ type, percent, jurisdiction, freight }) => ({ type, percent, jurisdiction, onFreight: freight }));
}

function describeRemitTo(company: CompanyFile) {
  const { 'remit-to': to } = company.billing;
  const who = to === undefined ? company : { name: to.name, address: to.address ?? company.address };
  return describeCompany(who, { role: 'remit-to', code: 'RE' });
}
