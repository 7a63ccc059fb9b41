import type { Decimal } from '../../lib/decimal.ts';
import type { Id } from '../exchange/records.ts';
import type { AdviceResult } from './application-advice.ts';

/** A document that we sent, as an advice may name it. */
export type SentDocument = {
  readonly id: Id;
  readonly set: string;
  readonly control: string;
  readonly groupControl: string;
  readonly order?: Id | undefined;
  readonly shipment?: Id | undefined;
  readonly invoiceNumber?: string | undefined;
  readonly shipmentNumber?: string | undefined;
  readonly poNumber?: string | undefined;
  /** BSN01 of a ship notice, in a word. */
  readonly purpose?: string | undefined;
  /** Of the invoice, or else the order. */
  readonly amount?: Decimal | undefined;
  readonly currency?: string | undefined;
  /** The document that was sent instead of it since. */
  readonly replacedBy?: string | undefined;
};

/** By what an advice led to it: OTI08 and OTI09, or OTI03. */
export type FoundDocument = SentDocument & { readonly by: 'envelope' | 'reference' };

/** What OTI03 numbers, as far as OTI02 says. */
export type Referred = 'invoice' | 'shipment' | 'order' | 'any';

/* X12 128. A shipment goes by several names: SI our shipment number, 2I tracking number, BM bill of lading, … */
const REFERRED: Readonly<Record<string, Referred>> = {
  IV: 'invoice',
  CM: 'invoice',
  PO: 'order',
  SI: 'shipment',
};

export function findReferred({ qualifier }: Pick<AdviceResult, 'qualifier'>): Referred {
  return REFERRED[qualifier] ?? 'any';
}

export type Match =
  | { readonly kind: 'found'; readonly document: FoundDocument }
  /** `text`: what was looked for, and why it leads to no one document. */
  | { readonly kind: 'unclear'; readonly text: string };

/**
 * The document of ours that a result is about. Group and set number (OTI08, OTI09) name one transmission; the reference
 * names what it was about, and then the last document counts. Where the two contradict each other nobody guesses.
 */
export function matchResult(result: AdviceResult, found: readonly FoundDocument[]): Match {
  const what = describeTarget(result);
  const fits = found.filter(({ set, by }) =>
    result.set === undefined ? by === 'envelope' || isUsual(result, set) : set === result.set,
  );
  const byEnvelope = fits.filter(({ by }) => by === 'envelope');
  const [sent, ...more] = byEnvelope;
  if (sent !== undefined && more.length === 0) {
    const number = numberOf(sent, findReferred(result));
    if (number === undefined || number === result.number) return { kind: 'found', document: sent };
    return { kind: 'unclear', text: `${what}: under these numbers we sent ${nameDocument(sent)}` };
  }
  const byReference = fits.filter(({ by }) => by === 'reference');
  const last = byReference.filter(({ replacedBy }) => replacedBy === undefined);
  const [only, ...others] = last;
  if (only === undefined) {
    const why =
      more.length > 0 ? `it fits ${byEnvelope.map(nameDocument).join(', ')}` : 'we sent no such document';
    return { kind: 'unclear', text: `${what}: ${why}` };
  }
  if (others.length > 0)
    return { kind: 'unclear', text: `${what}: it fits ${last.map(nameDocument).join(', ')}` };
  return { kind: 'found', document: only };
}

/** An order is answered with an 855; for anything else about it the advice names the set (OTI10). */
function isUsual(result: AdviceResult, set: string): boolean {
  return findReferred(result) === 'order' ? set === '855' : true;
}

/** Undefined where the document says nothing of the kind: an 856 of several orders, a reference of the partner's own. */
function numberOf(document: SentDocument, referred: Referred): string | undefined {
  if (referred === 'invoice') return document.invoiceNumber;
  if (referred === 'shipment') return document.shipmentNumber;
  return referred === 'order' && document.set === '855' ? document.poNumber : undefined;
}

/** `invoice INV-1 (our 810 0001 of group 7)`. */
export function nameDocument(document: SentDocument): string {
  const { set, control, groupControl, invoiceNumber, shipmentNumber, poNumber } = document;
  const our = `our ${set} ${control} of group ${groupControl}`;
  if (invoiceNumber !== undefined) return `invoice ${invoiceNumber} (${our})`;
  if (shipmentNumber !== undefined) return `the notice of shipment ${shipmentNumber} (${our})`;
  return poNumber === undefined ? our : `the answer to order ${poNumber} (${our})`;
}

function describeTarget({ qualifier, number, set, group, control }: AdviceResult): string {
  const sent = [
    ...(set === undefined ? [] : [`a ${set}`]),
    ...(control === undefined ? [] : [`set number ${control}`]),
    ...(group === undefined ? [] : [`group ${group}`]),
  ].join(', ');
  return `it speaks of ${qualifier} ${number}${sent === '' ? '' : ` (${sent})`}`;
}
