import type { Scene } from './scene.ts';
import { creditLine, shipGoods, showInvoice, showShipment } from './shipping-work.ts';

const PO = 'PO1000001';

/** What follows when goods leave: ship notice, labels, certificates, invoice, credit. */
export const SHIPPING_SCENES: readonly Scene[] = [
  {
    partner: 'acme',
    title:
      'The warehouse tells what left: certificates of conformance go with the 856, and the invoice follows',
    does: shipGoods({
      kind: 'shipment',
      purpose: 'original',
      number: 'SH-20417',
      warehouse: 'DAY',
      carrier: {
        scac: 'FXFE',
        name: 'FEDEX FREIGHT',
        mode: 'M',
        proNumber: '5550123',
        billOfLading: 'BOL-88123',
        payment: 'PP',
      },
      weight: { value: '412', unit: 'LB' },
      units: [
        {
          kind: 'pallet',
          units: [
            { kind: 'carton', contents: [{ poNumber: PO, line: '1', quantity: '500', lot: 'L-2025-118' }] },
            { kind: 'carton', contents: [{ poNumber: PO, line: '2', quantity: '2400', lot: 'W-77' }] },
          ],
        },
      ],
    }),
    expect: ['PDF', 'PDF', '856', '810'],
    tells: showShipment('SH-20417'),
    says: [
      /856 SH-20417/,
      /pallet: GM 0061414100000000\d\d/,
      /item: 500 EA of PART-1001 HB-1001 L-2025-118|item: 500 EA of PART-1001 L-2025-118/,
      /810 INV-\d{4}-00001 \(debit-invoice\) for PO1000001/,
      /line 1: 500 EA at 3.25/,
      /line 2: 2400 EA at 12.5 per hundred/,
      /total 1925.00, due/,
      /3 labels/,
    ],
  },
  {
    partner: 'acme',
    title: 'Ten bolts were short: they are credited (810 CR). Every figure says where it came from',
    does: creditLine(PO, 1, '10'),
    expect: ['810'],
    tells: showInvoice(PO),
    says: [
      /810 CM-\d{4}-00001 \(credit-memo\)/,
      /total 32.50/,
      /shipment SH-20417: what was packed of PO1000001 line 1/,
    ],
  },
];
