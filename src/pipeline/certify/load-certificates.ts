import {
  certifies,
  missingCertificates,
  requireCertificates,
} from '../../domain/certificate/require-certificates.ts';
import type { CertificatePolicy } from '../../domain/partner/send-policy.ts';
import type { ShippedGoods } from '../../domain/shipment/shipped.ts';
import { loadStandingCertificates, type StoredCertificate } from '../../store/certificates.ts';
import type { Database } from '../../store/database.ts';

/** The certificates that the goods of a shipment must have, and those that are not there. */
export async function loadCertificatesOf(
  db: Database,
  { lines }: Pick<ShippedGoods, 'lines'>,
  policy: Pick<CertificatePolicy, 'kinds'>,
) {
  const required = requireCertificates(lines, policy);
  const standing = await loadStandingCertificates(db, {
    items: [...new Set(lines.map(({ item }) => item))],
    orders: [...new Set(lines.map(({ order }) => order))],
    lots: [...new Set(lines.flatMap(({ lots }) => lots))],
    serials: [...new Set(lines.flatMap(({ serials }) => serials))],
  });
  const missing = missingCertificates(required, standing);
  const used = standing.filter((one) => required.some((need) => certifies(one, need)));
  return { certificates: used as readonly StoredCertificate[], missing };
}
