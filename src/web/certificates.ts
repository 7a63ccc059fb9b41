import { createHash } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from '../context.ts';
import { confirmCertificate, findConfirmedPdf } from '../pipeline/certify/confirm-certificate.ts';

/** The page that the QR code of a certificate leads to, and the PDF: for whoever holds the certificate, without a login. */
export function addCertificateRoutes(router: Router, context: Context): void {
  router.get(/^\/certificates\/([A-Za-z0-9_-]{22})\.pdf$/, async (exchange) => {
    const pdf = await findConfirmedPdf(context, String(exchange['captures']?.[0]));
    if (pdf === undefined) return;
    exchange.type = 'application/pdf';
    exchange.body = Buffer.from(pdf);
  });
  router.get(/^\/certificates\/([A-Za-z0-9_-]{22})$/, async (exchange) => {
    const page = await confirmCertificate(context, String(exchange['captures']?.[0]));
    if (page === undefined) return;
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    exchange.set('Content-Security-Policy', `default-src 'none'; style-src 'sha256-${hash}'`);
    exchange.set('Referrer-Policy', 'no-referrer');
    exchange.type = 'html';
    exchange.body = page;
  });
}
