import type { ShippedLine } from '../shipment/shipped.ts';
import type { CertificateKind } from './certificate.ts';

/** A certificate that shipped goods must have: for the line as a whole, for one lot, or for one serial. */
export type RequiredCertificate = {
  readonly kind: CertificateKind;
  /** Of the shipment. */
  readonly position: number;
  readonly order: string;
  readonly line: string;
  readonly item: string;
} & (
  | { readonly of: 'line' }
  | { readonly of: 'lot'; readonly lot: string }
  | { readonly of: 'serial'; readonly serial: string }
);

/** What a certificate that exists, and that no other has replaced, is bound to. */
export type ExistingCertificate = {
  readonly kind: CertificateKind;
  readonly item: string;
  readonly order?: string | undefined;
  readonly line?: string | undefined;
  readonly lot?: string | undefined;
  readonly serials: readonly string[];
};

/**
 * What the partner wants certified: conformance for each line, calibration for each serial, a material test for each
 * lot. Goods without serials have nothing to calibrate, and those without a lot are tested as the line.
 */
export function requireCertificates(
  lines: readonly ShippedLine[],
  { kinds }: { readonly kinds: readonly CertificateKind[] },
): readonly RequiredCertificate[] {
  return lines.flatMap((shipped) => kinds.flatMap((kind) => requireKind(kind, shipped)));
}

function requireKind(kind: CertificateKind, shipped: ShippedLine): readonly RequiredCertificate[] {
  const { position, order, line, item, lots, serials } = shipped;
  const base = { kind, position, order, line, item };
  switch (kind) {
    case 'conformance':
      return [{ ...base, of: 'line' }];
    case 'calibration':
      return serials.map((serial) => ({ ...base, of: 'serial', serial }));
    case 'material-test':
      if (lots.length === 0) return [{ ...base, of: 'line' }];
      return lots.map((lot) => ({ ...base, of: 'lot', lot }));
  }
}

/** What is not certified yet. */
export function missingCertificates(
  required: readonly RequiredCertificate[],
  existing: readonly ExistingCertificate[],
): readonly RequiredCertificate[] {
  return required.filter((one) => !existing.some((certificate) => certifies(certificate, one)));
}

/** A lot is certified for whatever order it goes to, a serial as well; a line for its own order alone. */
export function certifies(certificate: ExistingCertificate, required: RequiredCertificate): boolean {
  if (certificate.kind !== required.kind || certificate.item !== required.item) return false;
  switch (required.of) {
    case 'line':
      return certificate.order === required.order && certificate.line === required.line;
    case 'lot':
      return certificate.lot === required.lot;
    case 'serial':
      return certificate.serials.includes(required.serial);
  }
}

/** `calibration certificate of GAUGE-1 serial SN-17`. */
export function nameRequired(required: RequiredCertificate): string {
  const { kind, item, line } = required;
  const what = `${kind} certificate of ${item}`;
  switch (required.of) {
    case 'line':
      return `${what} (line ${line})`;
    case 'lot':
      return `${what} lot ${required.lot} (line ${line})`;
    case 'serial':
      return `${what} serial ${required.serial} (line ${line})`;
  }
}
