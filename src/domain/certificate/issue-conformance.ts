import type { PlainDate } from '../../lib/dates.ts';
import type { PurchaseOrder } from '../order/purchase-order.ts';
import type { ShippedLine } from '../shipment/shipped.ts';
import type { Certificate } from './certificate.ts';

type Conformance = Extract<Certificate, { kind: 'conformance' }>;

export type IssueFacts = {
  readonly number: string;
  readonly today: PlainDate;
  readonly issuer: Conformance['issuer'];
  readonly customer: Conformance['customer'];
  readonly statement: string;
  readonly standards: readonly string[];
  readonly signatory: Conformance['authorisedBy'];
  readonly order: Pick<PurchaseOrder, 'poNumber' | 'releaseNumber' | 'lines'>;
};

/** The certificate of conformance of one shipped line: what left, under which lot and serials. */
export function issueConformance(shipped: ShippedLine, facts: IssueFacts): Conformance {
  const { line, item, quantity, unit, lots, serials, orderPosition } = shipped;
  const ordered = facts.order.lines[orderPosition - 1];
  const revision = ordered?.ids.find(({ qualifier }) => qualifier === 'EC' || qualifier === 'RV')?.value;
  const { poNumber, releaseNumber } = facts.order;
  return {
    kind: 'conformance',
    number: facts.number,
    date: facts.today,
    issuer: facts.issuer,
    customer: facts.customer,
    subject: {
      poNumber,
      ...(releaseNumber === undefined ? {} : { releaseNumber }),
      line,
      item,
      ...(ordered?.description === undefined ? {} : { description: ordered.description }),
      ...(revision === undefined ? {} : { revision }),
      quantity,
      unit,
      ...(lots.length === 0 ? {} : { lot: lots.join(', ') }),
      ...(serials.length === 0 ? {} : { serials: [...serials] }),
    },
    authorisedBy: facts.signatory,
    statement: facts.statement,
    standards: [...facts.standards],
  };
}
