import test from 'ava';
import type { Certificate } from '../../../src/domain/certificate/certificate.ts';
import type { Invoice } from '../../../src/domain/invoice/invoice.ts';
import {
  draftCertificateMail,
  draftInvoiceMail,
  draftShippedMail,
} from '../../../src/domain/mail/draft-shipping-mails.ts';
import { MAIL_MODELS } from '../../../src/domain/mail/mail-model.ts';
import type { MailDraft } from '../../../src/domain/mail/mail-record.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import type { ShippedGoods } from '../../../src/domain/shipment/shipped.ts';

const content = { poNumber: 'PO-1', releaseNumber: '3', orderDate: '2026-11-02' } as PurchaseOrder;
const DRAFTING = {
  about: { company: { name: 'Us' }, partner: { name: 'Them' } },
  orders: [
    { id: 'order-1', content },
    { id: 'order-2', content: { poNumber: 'PO-2' } as PurchaseOrder },
  ],
  test: false,
};

const GOODS: ShippedGoods = {
  id: 'shipment-1',
  number: 'S-1',
  partner: 'alpha',
  test: false,
  version: 2,
  state: 'shipped',
  at: '2026-11-18T10:00:00Z',
  shipDate: '2026-11-18',
  content: {
    kind: 'shipment',
    purpose: 'original',
    carrier: { scac: 'UPSN', tracking: ['1Z A/1'] },
    units: [
      {
        kind: 'pallet',
        units: [
          { kind: 'carton', tracking: '1Z2' },
          { kind: 'carton', tracking: '1Z2' },
        ],
      },
    ],
  },
  lines: [
    {
      position: 1,
      order: 'order-1',
      poNumber: 'PO-1',
      releaseNumber: '3',
      line: '1',
      orderPosition: 1,
      item: 'A',
      quantity: '5',
      unit: 'EA',
      stockQuantity: '5',
      lots: ['L1'],
      serials: ['S1', 'S2'],
    },
  ],
};

const LINKS = { UPSN: 'https://ups.example/track?n={number}' };

/** The model, once it is what its templates are checked against. */
function modelOf<K extends MailDraft['kind']>(kind: K, draft: MailDraft) {
  return MAIL_MODELS[kind].parse(draft.model) as Extract<MailDraft, { kind: K }>['model'];
}

test('a shipment is told with every tracking number once, each with its link', (t) => {
  const draft = draftShippedMail(GOODS, LINKS, DRAFTING);
  t.like(draft, {
    kind: 'shipped',
    key: 'shipped:shipment-1:2',
    orders: ['order-1', 'order-2'],
    test: false,
  });
  t.deepEqual(modelOf('shipped', draft).shipment, {
    number: 'S-1',
    date: '2026-11-18',
    carrier: 'UPSN',
    packages: 3,
    tracking: [
      { number: '1Z A/1', url: 'https://ups.example/track?n=1Z%20A%2F1' },
      { number: '1Z2', url: 'https://ups.example/track?n=1Z2' },
    ],
    orders: [{ poNumber: 'PO-1', releaseNumber: '3', orderDate: '2026-11-02' }, { poNumber: 'PO-2' }],
    lines: [
      {
        poNumber: 'PO-1',
        number: '1',
        item: 'A',
        quantity: '5',
        unit: 'EA',
        lots: ['L1'],
        serials: ['S1', 'S2'],
      },
    ],
  });
});

test('what a warehouse gives as an address becomes a link only where it is a web address', (t) => {
  const linkOf = (trackingUrl: string) => {
    const goods = { ...GOODS, content: { ...GOODS.content, carrier: { trackingUrl, tracking: ['1'] } } };
    return modelOf('shipped', draftShippedMail(goods, LINKS, DRAFTING)).shipment.tracking[0]?.url;
  };
  t.is(linkOf('https://carrier.example/{number}/{number}'), 'https://carrier.example/1/1');
  for (const trackingUrl of [
    'javascript:alert(1)',
    'data:text/html,x',
    'carrier.example/{number}',
    'https://a b/{number}',
  ])
    t.is(linkOf(trackingUrl), undefined, trackingUrl);
});

test('an invoice is told once, a credit memo as what it is', (t) => {
  const invoice: Invoice = {
    kind: 'invoice',
    invoiceDate: '2026-11-18',
    invoiceNumber: 'INV-1',
    poNumber: 'PO-1',
    lines: [
      { number: '1', quantity: '5', unit: 'EA', unitPrice: '3.2500', ids: [{ qualifier: 'VP', value: 'A' }] },
    ],
    totals: { amount: '16.25' },
  };
  const draft = draftInvoiceMail('invoice-1', invoice, { currency: 'USD', due: '2026-12-18' }, DRAFTING);
  t.is(draft.key, 'invoice:invoice-1');
  t.deepEqual(modelOf('invoice', draft).invoice, {
    number: 'INV-1',
    credit: false,
    date: '2026-11-18',
    due: '2026-12-18',
    currency: 'USD',
    amount: '16.25',
    poNumber: 'PO-1',
    lines: [{ number: '1', item: 'A', quantity: '5', unit: 'EA', price: '3.2500' }],
  });
  const memo = draftInvoiceMail(
    'invoice-2',
    { ...invoice, type: 'credit-memo', currency: 'EUR' },
    { currency: 'USD' },
    DRAFTING,
  );
  t.like(modelOf('invoice', memo).invoice, { credit: true, currency: 'EUR', due: undefined });
});

test('certificates that are sent together are one mail, each with the page that confirms it', (t) => {
  const certificate = {
    kind: 'conformance',
    number: 'C-2',
    date: '2026-11-18',
    subject: { item: 'A', poNumber: 'PO-1', line: '1', lot: 'L1' },
    replaces: { number: 'C-1', reason: 'wrong lot' },
  } as Certificate;
  const attachments = [{ name: 'C-2.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }];
  const certificates = [{ id: 'c', content: certificate, url: 'https://us.example/c/1' }];
  const draft = draftCertificateMail('shipment-1', certificates, { ...DRAFTING, attachments });
  t.like(draft, { key: 'certificate:shipment-1', attachments });
  t.deepEqual(modelOf('certificate', draft).certificates, [
    {
      number: 'C-2',
      kind: 'conformance',
      date: '2026-11-18',
      poNumber: 'PO-1',
      line: '1',
      item: 'A',
      lot: 'L1',
      serials: [],
      replaces: 'C-1',
      url: 'https://us.example/c/1',
    },
  ]);
});
