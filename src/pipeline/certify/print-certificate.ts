import type { Context } from '../../context.ts';
import { assert } from '../../lib/assert.ts';
import type { StoredCertificate } from '../../store/certificates.ts';
import { printPage } from '../print/print-page.ts';

/** The PDF of a certificate: always the same bytes for the same certificate and layout. */
export function printCertificate(context: Context, certificate: StoredCertificate): Uint8Array {
  const { content, contentHash: hash, code, partner } = certificate;
  assert(!('brought' in content), `certificate ${content.number} came as a PDF`);
  const confirmation = { address: `${context.settings.url}/certificates/${code}`, hash };
  switch (content.kind) {
    case 'conformance':
      return printPage(context, partner, 'certificates/conformance', { ...content, confirmation });
    case 'calibration':
      return printPage(context, partner, 'certificates/calibration', { ...content, confirmation });
    case 'material-test':
      return printPage(context, partner, 'certificates/material-test', { ...content, confirmation });
  }
}
