import type { CreditMemoPage, InvoicePage, ReturnAuthorisationPage } from '../models/billing-models.ts';
import { harborDock, store } from './sample-parties.ts';

const bill = {
  currency: 'USD',
  seller: { ...harborDock, taxNumber: '34-1234567' },
  billTo: {
    name: 'Great Lakes Refining Company',
    address: ['Accounts Payable', 'P.O. Box 1200', 'Toledo, OH 43697', 'USA'],
    number: 'C-10044',
  },
  poNumbers: ['PO4500098812', 'PO4500098930'],
};

export const INVOICE: InvoicePage = {
  ...bill,
  date: '2026-11-20',
  number: 'INV-2026-031177',
  shipTo: store,
  due: '2026-12-20',
  terms: '2% 10 days, net 30',
  discount: { until: '2026-11-30', amount: '112.90', payable: '5758.54' },
  lines: [
    {
      poNumber: 'PO4500098812',
      line: '2',
      item: 'HI-PT-400',
      customerItem: '100-44781',
      description: 'Pressure transmitter, 0–400 bar, 4–20 mA, G½',
      quantity: '10',
      unit: 'EA',
      price: '489.5000',
      amount: '4895.00',
      serials: Array.from({ length: 10 }, (_, i) => `PT400-${26_110_701 + i}`),
    },
    {
      poNumber: 'PO4500098930',
      line: '1',
      item: 'HI-SEAL-12',
      description: 'Seal kit, PTFE, DN 12',
      quantity: '200',
      unit: 'EA',
      price: '375.00',
      per: '100',
      amount: '750.00',
    },
  ],
  subtotal: '5645.00',
  charges: [
    { label: 'Freight', amount: '118.40' },
    { label: 'Volume allowance 2 %', amount: '-112.90' },
  ],
  taxes: [{ label: 'Ohio sales tax 4 %', amount: '220.94' }],
  total: '5871.44',
  shipments: [
    { number: 'SHP-2026-004711', date: '2026-11-20', tracking: ['LSF 7781 2290 01', 'LSF 7781 2290 02'] },
  ],
  remitTo: { name: 'Harbor Instruments Inc.', address: ['Lockbox 77120', 'Chicago, IL 60678', 'USA'] },
  payment: ['First Lakes Bank', 'Routing 041000124', 'Account 004471199'],
};

export const CREDIT_MEMO: CreditMemoPage = {
  ...bill,
  date: '2026-12-02',
  number: 'CM-2026-000204',
  invoiceNumber: 'INV-2026-031177',
  invoiceDate: '2026-11-20',
  reason: 'Two transmitters returned, damaged in transit',
  returnNumber: 'RMA-2026-000071',
  lines: [
    {
      poNumber: 'PO4500098812',
      line: '2',
      item: 'HI-PT-400',
      description: 'Pressure transmitter, 0–400 bar, 4–20 mA, G½',
      quantity: '2',
      unit: 'EA',
      price: '489.5000',
      amount: '979.00',
      serials: ['PT400-26110703', 'PT400-26110704'],
    },
  ],
  subtotal: '979.00',
  charges: [],
  taxes: [{ label: 'Ohio sales tax 4 %', amount: '39.16' }],
  total: '1018.16',
};

export const RETURN_AUTHORISATION: ReturnAuthorisationPage = {
  date: '2026-11-27',
  number: 'RMA-2026-000071',
  validUntil: '2026-12-27',
  customer: store,
  returnTo: { ...harborDock, contact: 'Returns desk' },
  invoiceNumber: 'INV-2026-031177',
  poNumbers: ['PO4500098812'],
  reason: 'Damaged in transit',
  lines: [
    {
      line: '2',
      item: 'HI-PT-400',
      customerItem: '100-44781',
      description: 'Pressure transmitter, 0–400 bar, 4–20 mA, G½',
      quantity: '2',
      unit: 'EA',
      serials: ['PT400-26110703', 'PT400-26110704'],
    },
  ],
  instructions: ['Pack the goods in their original packaging.', 'Enclose photographs of the damage.'],
};
