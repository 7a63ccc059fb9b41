import type { Certificate } from '../../domain/certificate/certificate.ts';
import { issueConformance } from '../../domain/certificate/issue-conformance.ts';
import { chooseSeries } from '../../domain/numbering/number-series.ts';
import { writeAddress, writeOwnAddress } from '../../domain/partner/describe-company.ts';
import type { NoticeOrder } from '../../domain/shipment/describe-levels.ts';
import type { ShippedGoods, ShippedLine } from '../../domain/shipment/shipped.ts';
import { certifyJob, enqueue } from '../../jobs/lanes.ts';
import { isSameData } from '../../lib/same-data.ts';
import {
  findCertificates,
  markCertificates,
  type StoredCertificate,
  supersedeCertificate,
  withdrawCertificates,
} from '../../store/certificates.ts';
import type { Transaction } from '../../store/database.ts';
import { takeNumbers } from '../../store/number-series.ts';
import type { Revising } from '../revise/save-revision.ts';
import { issueCertificate } from './issue-certificate.ts';

/**
 * Issues the certificates of conformance of a shipment in the transaction that books it, where the partner wants them and
 * somebody signs them. A corrected shipment has those replaced that say something else now, and those withdrawn whose
 * goods did not leave; tests are not certified.
 */
export async function certifyShipment(
  revising: Revising,
  tx: Transaction,
  goods: ShippedGoods,
  orders: readonly Pick<NoticeOrder, 'id' | 'order'>[],
): Promise<void> {
  const { partner, company, maker } = revising;
  const policy = partner.file.send.certificates;
  const { signatory } = company.certificates;
  if (policy === undefined || goods.test) return;
  const standing = (await findCertificates(tx, { shipment: goods.id })).filter(isStanding);
  const lines = goods.state === 'shipped' ? goods.lines : [];
  if (signatory !== undefined && policy.kinds.includes('conformance')) {
    const issuing = { tx, ids: maker.ids, now: maker.now };
    const today = maker.now.slice(0, 10);
    const series = chooseSeries(company.numbers, 'certificate', today);
    const due = lines.filter((line) => needsOne(line, standing, revising, orders));
    const [taken] = await takeNumbers(tx, [{ series, count: due.length }]);
    for (const [i, line] of due.entries()) {
      const before = standing.find((one) => isOfLine(one, line));
      const content = conformanceOf(line, taken!.numbers[i]!, revising, orders);
      const replaces =
        before === undefined
          ? {}
          : { replaces: { number: before.number, reason: `shipment ${goods.number} was corrected` } };
      const bound = { partner: partner.id, order: line.order, shipment: goods.id };
      const id = await issueCertificate(issuing, { ...content, ...replaces }, bound);
      if (before !== undefined) await supersedeCertificate(tx, before.id, id);
    }
  }
  const gone = standing.filter((one) => !lines.some((line) => isOfLine(one, line)));
  await withdrawCertificates(
    tx,
    gone.map(({ id }) => id),
    maker.now,
  );
  await markCertificates(tx, goods.id, lines.length === 0 ? 'none' : 'due');
  await enqueue(tx, certifyJob());
}

export function isStanding({ replacedBy, withdrawnAt }: StoredCertificate): boolean {
  return replacedBy === undefined && withdrawnAt === undefined;
}

function isOfLine({ order, line }: StoredCertificate, shipped: ShippedLine): boolean {
  return order === shipped.order && line === shipped.line;
}

/** Whether what stands says something else than would be said now. */
function needsOne(
  line: ShippedLine,
  standing: readonly StoredCertificate[],
  revising: Revising,
  orders: readonly Pick<NoticeOrder, 'id' | 'order'>[],
): boolean {
  const before = standing.find((one) => isOfLine(one, line));
  if (before === undefined) return true;
  return !isSameData(before.content.subject, conformanceOf(line, before.number, revising, orders).subject);
}

function conformanceOf(
  line: ShippedLine,
  number: string,
  { company, partner, maker }: Revising,
  orders: readonly Pick<NoticeOrder, 'id' | 'order'>[],
): Extract<Certificate, { kind: 'conformance' }> {
  const { order } = orders.find(({ id }) => id === line.order)!;
  const buyer = order.parties?.find(({ role }) => role === 'buyer' || role === 'ship-to');
  const { statement, standards, signatory } = company.certificates;
  return issueConformance(line, {
    number,
    today: maker.now.slice(0, 10),
    issuer: { name: company.name, address: [...writeOwnAddress(company.address)] },
    customer: {
      name: partner.file.name,
      ...(buyer?.address === undefined ? {} : { address: [...writeAddress(buyer.address)] }),
    },
    statement,
    standards,
    signatory: signatory!,
    order,
  });
}
