import type { MailModels, MailOrder } from '../../../src/domain/mail/mail-model.ts';

/** A model of each mail, with names and texts that are hard to show. */
const about = {
  company: { name: 'Causeway Präzision & Co' },
  partner: { name: 'Müller <Söhne> GmbH' },
};

const order: MailOrder = {
  poNumber: 'PO1000001',
  releaseNumber: '3',
  orderDate: '2026-11-02',
  currency: 'EUR',
  amount: '12345.5',
  requestedDelivery: '2026-11-20',
  shipTo: { name: 'Werk Überlingen', lines: ['Straße am Hafen 12', 'Überlingen BW 88662', 'DE'] },
  lines: [
    {
      number: '1',
      item: 'GAUGE-0815',
      theirItem: '4711-00012345',
      description: 'Druckmessgerät 0–16 bar, Klasse 0,6 <kalibriert>',
      quantity: '8',
      unit: 'EA',
      price: '1234.5500',
      status: 'partly-backordered',
      deliveries: [{ quantity: '5', date: '2026-11-18' }, { quantity: '3' }],
    },
    {
      number: '2',
      item: 'BOLT-M8',
      quantity: '10000.50',
      unit: 'EA',
      price: '24.69',
      priceBasis: 'HP',
      status: 'accepted',
      deliveries: [{ quantity: '10000.50', date: '2026-11-18' }],
    },
    { number: '3', theirItem: 'NO-SUCH', status: 'unknown-item', deliveries: [] },
  ],
};

export const SAMPLES: MailModels = {
  'order-received': { ...about, order },
  'order-confirmed': { ...about, order },
  'order-rejected': { ...about, order: { poNumber: 'PO2', currency: 'USD', lines: [order.lines[2]!] } },
  'order-changed': {
    ...about,
    order: {
      ...order,
      cancelled: false,
      lines: [
        {
          ...order.lines[0]!,
          change: 'changed',
          was: { ...order.lines[0]!, quantity: '12', deliveries: [] },
        },
        { ...order.lines[1]!, change: 'same' },
        { ...order.lines[2]!, change: 'added' },
      ],
      removed: [{ ...order.lines[1]!, number: '7' }],
    },
  },
  backordered: { ...about, order },
  shipped: {
    ...about,
    shipment: {
      number: 'S-000123',
      date: '2026-11-18',
      expectedDelivery: '2026-11-20',
      carrier: 'DHL Freight',
      packages: 3,
      tracking: [
        { number: 'JJD000123456789012345', url: 'https://track.example/?id=JJD000123456789012345&lang=de' },
        { number: 'NO-LINK' },
      ],
      orders: [{ poNumber: 'PO1000001', releaseNumber: '3', orderDate: '2026-11-02' }],
      lines: [
        {
          poNumber: 'PO1000001',
          number: '1',
          item: 'GAUGE-0815',
          quantity: '5',
          unit: 'EA',
          lots: ['L-2026-44'],
          serials: ['SN100001', 'SN100002', 'SN100003', 'SN100004', 'SN100005'],
        },
      ],
    },
  },
  invoice: {
    ...about,
    invoice: {
      number: 'INV-2026-000042',
      credit: false,
      date: '2026-11-18',
      due: '2026-12-18',
      currency: 'EUR',
      amount: '6172.75',
      poNumber: 'PO1000001',
      lines: [
        {
          number: '1',
          item: 'GAUGE-0815',
          description: 'Druckmessgerät',
          quantity: '5',
          unit: 'EA',
          price: '1234.55',
        },
      ],
    },
  },
  certificate: {
    ...about,
    certificates: [
      {
        number: 'CAL-2026-0007',
        kind: 'calibration',
        date: '2026-11-17',
        poNumber: 'PO1000001',
        line: '1',
        item: 'GAUGE-0815',
        description: 'Druckmessgerät',
        lot: 'L-2026-44',
        serials: ['SN100001'],
        replaces: 'CAL-2026-0003',
        url: 'https://causeway.example/c/abc?x=1&y=2',
      },
    ],
  },
};
