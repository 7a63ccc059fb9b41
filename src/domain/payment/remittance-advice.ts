import { z } from 'zod';
import {
  contact,
  datedEvent,
  dateText,
  decimalText,
  individual,
  party,
  productId,
  qualifiedQuantity,
  reference,
  remark,
  source,
  unmappedSegment,
} from '../document.ts';
import { subline } from '../order/order-terms.ts';
import { taxedAllowanceCharge } from '../trade-terms.ts';

/** BPR06 to BPR09, and their like: a bank and an account in it, each by its kind of number. */
const bankAccount = z.strictObject({
  /** 01 ABA routing number, 02 SWIFT, … */
  bankQualifier: z.string().optional(),
  bank: z.string().optional(),
  /** DA demand deposit, SG savings, … */
  accountQualifier: z.string().optional(),
  account: z.string().optional(),
});

/** REF with the dates that belong to it. */
const datedReference = reference.extend({ dates: z.array(datedEvent).optional() });

/** IT1: the items of the invoice that are paid or disputed, where the payer tells them one by one. */
const remittanceItem = z.strictObject({
  number: z.string().optional(),
  quantity: decimalText.optional(),
  unit: z.string().optional(),
  unitPrice: decimalText.optional(),
  /** PE per each, HP per hundred, TP per thousand. */
  priceBasis: z.string().optional(),
  ids: z.array(productId),
  /** QTY, from 005010 on. */
  counted: qualifiedQuantity.optional(),
  references: z.array(datedReference).optional(),
  allowanceCharges: z.array(taxedAllowanceCharge).optional(),
  sublines: z.array(subline.omit({ description: true, descriptionCode: true })).optional(),
});

/** ADX: added to or taken off what is paid. Below zero it is a deduction. */
const remittanceAdjustment = z.strictObject({
  amount: decimalText,
  /** ADX02 in a word, `other` for a code that has none here. */
  reason: z.string(),
  /** ADX02 as sent: 01 price, 04 damaged, 06 quantity, 19 duplicate, 59 not received, 70 no ship notice, … */
  reasonCode: z.string(),
  /** ADX03: CM buyer's credit memo, IV seller's invoice number, … */
  qualifier: z.string().optional(),
  number: z.string().optional(),
  remarks: z.array(remark).optional(),
  contacts: z.array(contact).optional(),
  references: z.array(datedReference).optional(),
  items: z.array(remittanceItem).optional(),
});

/** The same beside the invoices. */
const loneAdjustment = remittanceAdjustment.extend({ dates: z.array(datedEvent).optional() });

/** NM1 with what its loop holds. */
const payee = individual.extend(
  party.pick({ names: true, address: true, references: true, contacts: true }).shape,
);

/** RMR: an invoice, a credit or another open item, and what is paid of it. */
const remittance = z.strictObject({
  /** RMR01: IV seller's invoice number, CM buyer's credit memo, PO purchase order, … */
  qualifier: z.string().optional(),
  number: z.string().optional(),
  /** RMR03: PO payment on account, PI pay item, PA payment in advance, … */
  action: z.string().optional(),
  /** RMR04: below zero for a debit. */
  paid: decimalText.optional(),
  /** RMR05: amount of the invoice before terms discount. */
  amount: decimalText.optional(),
  /** RMR06: terms discount taken. */
  discount: decimalText.optional(),
  /** RMR07, in a word and as sent. */
  reason: z.string().optional(),
  reasonCode: z.string().optional(),
  /** RMR08, for that reason. */
  adjustment: decimalText.optional(),
  remarks: z.array(remark).optional(),
  references: z.array(reference).optional(),
  dates: z.array(datedEvent).optional(),
  items: z.array(remittanceItem).optional(),
  adjustments: z.array(remittanceAdjustment).optional(),
});

/** ENT: for whom or what the part below is paid, such as a shop, a department or a person. */
const remittanceEntity = z.strictObject({
  number: z.string().optional(),
  /** ENT02: PR payer, 2L corporation, 2J individual, … */
  code: z.string().optional(),
  idQualifier: z.string().optional(),
  id: z.string().optional(),
  relatedCode: z.string().optional(),
  relatedIdQualifier: z.string().optional(),
  relatedId: z.string().optional(),
  referenceQualifier: z.string().optional(),
  reference: z.string().optional(),
  individuals: z.array(payee).optional(),
  /** Tied to no invoice of this advice. */
  adjustments: z.array(loneAdjustment).optional(),
  remittances: z.array(remittance).optional(),
});

/** What a customer pays, invoice by invoice, and what it holds back (X12 820). */
export const remittanceAdvice = z.strictObject({
  kind: z.literal('remittance-advice'),
  source: source.optional(),
  /** BPR01: whether money moves with this document. */
  handling: z.enum([
    'debit-or-credit-advice',
    'payment-with-remittance',
    'payment-only',
    'debit-or-credit-advice-with-remittance',
    'notification',
    'remittance-only',
    'prenotification',
    'split-payment-and-remittance',
    'split-at-option',
    'other',
  ]),
  /** BPR01 as sent, where `handling` is `other`. */
  handlingCode: z.string().optional(),
  /** BPR02. */
  amount: decimalText,
  /** BPR03, as the receiver of the money sees it. */
  side: z.enum(['credit', 'debit', 'other']),
  sideCode: z.string().optional(),
  method: z.enum(['clearing-house', 'check', 'wire', 'swift', 'bank-option', 'credit-card', 'none', 'other']),
  /** BPR04 as sent, where `method` is `other`. */
  methodCode: z.string().optional(),
  /** BPR05: CCP, CTX, … of the clearing house. */
  format: z.string().optional(),
  payerAccount: bankAccount.optional(),
  payerCompany: z.string().optional(),
  payerCompanySupplement: z.string().optional(),
  payeeAccount: bankAccount.optional(),
  /** BPR16: the day on which the money is to be there, or the date of the check. */
  paymentDate: dateText.optional(),
  /** BPR17: VEN payment to a vendor, … */
  businessFunction: z.string().optional(),
  returnAccount: bankAccount.optional(),
  remarks: z.array(remark).optional(),
  /** TRN: the number that ties this document to the money, such as that of the check. */
  trace: z
    .strictObject({
      type: z.string(),
      number: z.string(),
      company: z.string().optional(),
      reference: z.string().optional(),
    })
    .optional(),
  currency: z.string().optional(),
  exchangeRate: decimalText.optional(),
  references: z.array(reference).optional(),
  dates: z.array(datedEvent).optional(),
  parties: z.array(party).optional(),
  entities: z.array(remittanceEntity).optional(),
  unmapped: z.array(unmappedSegment).optional(),
});
