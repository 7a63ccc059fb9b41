import type { Context } from '../../context.ts';
import { findCertificates, type StoredCertificate } from '../../store/certificates.ts';
import { findInvoices, type StoredInvoice } from '../../store/invoices.ts';
import { findShipmentByNumber, type StoredShipment } from '../../store/shipments.ts';
import { makeSourceOf } from './find-sources.ts';

/** Where each figure of a paper came from: an invoice, a credit memo, a certificate, a packing slip. */
export type ExplainedPaper = {
  readonly kind: 'paper';
  readonly title: string;
  readonly figures: readonly {
    readonly path: string;
    readonly value: string;
    readonly from: string | undefined;
  }[];
};

/** Of an invoice, certificate or shipment by its number; undefined where there is none. */
export async function explainPaper({ db }: Context, number: string): Promise<ExplainedPaper | undefined> {
  const [invoice] = await findInvoices(db, { number });
  if (invoice !== undefined) return explainInvoice(invoice);
  const [certificate] = await findCertificates(db, { number, most: 1 });
  if (certificate !== undefined) return explainCertificate(certificate);
  const shipment = await findShipmentByNumber(db, number);
  return shipment && explainShipment(shipment);
}

/** What labels and packing slip say, and the notice where the partner gets one. */
function explainShipment({ number, partner, shipDate, version, content }: StoredShipment): ExplainedPaper {
  const told = `as the warehouse told it, version ${version}`;
  const dealt = 'our series, unless the warehouse gave one';
  return {
    kind: 'paper',
    title: `shipment ${number} to ${partner} of ${shipDate}`,
    figures: listLeaves(content).map(({ path, value }) => {
      const from = /(^|\.)sscc$|^number$/.test(path) ? dealt : told;
      return { path, value, from };
    }),
  };
}

function explainInvoice({ number, kind, partner, issued, content, proof }: StoredInvoice): ExplainedPaper {
  const sourceOf = makeSourceOf(proof);
  const what = kind === 'invoice' ? 'invoice' : 'credit memo';
  return {
    kind: 'paper',
    title: `${what} ${number} to ${partner} of ${issued}`,
    figures: listLeaves(content).map(({ path, value }) => ({ path, value, from: sourceOf(path) })),
  };
}

function explainCertificate({ content, shipment, origin }: StoredCertificate): ExplainedPaper {
  const { poNumber = '', line = '' } = content.subject;
  const ordered = `order ${poNumber} line ${line}`;
  const given = origin === 'brought' ? 'as it was brought' : 'as it was handed in to be issued';
  const packed = 'what was packed of it';
  const issuedWithShipment = shipment !== undefined && origin === 'issued' && content.kind === 'conformance';
  const sourceOf = issuedWithShipment
    ? makeSourceOf([
        { path: 'number', from: 'our series of certificate numbers' },
        { path: 'date', from: 'the day on which the goods left' },
        { path: 'issuer', from: 'company.yaml: our name and address' },
        { path: 'customer', from: 'the partner file, and N1 of the order' },
        { path: 'subject', from: ordered },
        { path: 'subject.item', from: `${ordered}, the item that it was answered with` },
        ...['quantity', 'unit', 'lot', 'serials'].map((name) => ({ path: `subject.${name}`, from: packed })),
        { path: 'authorisedBy', from: 'company.yaml: certificates.signatory' },
        { path: 'statement', from: 'company.yaml: certificates.statement' },
        { path: 'standards', from: 'company.yaml: certificates.standards' },
        { path: 'replaces', from: 'the certificate of the shipment as it was told before' },
      ])
    : makeSourceOf([]);
  return {
    kind: 'paper',
    title: `${content.kind} certificate ${content.number} of ${content.date}`,
    figures: listLeaves(content).map(({ path, value }) => ({
      path,
      value,
      from: sourceOf(path) ?? (path === 'kind' ? undefined : given),
    })),
  };
}

type Leaf = { readonly path: string; readonly value: string };

function listLeaves(value: unknown, path = ''): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => listLeaves(one, `${path}[${i}]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) =>
      listLeaves(one, path === '' ? name : `${path}.${name}`),
    );
  return value === undefined || value === null ? [] : [{ path, value: String(value) }];
}
