import type { CalibrationPage, ConformancePage, MaterialTestPage } from '../models/certificate-models.ts';
import { customer, issuer } from './sample-parties.ts';

const confirmation = {
  address: 'https://edi.harbor.example/certificates/confirm/7KQ2MX9P4T',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

const authorisedBy = { name: 'Marta Kowalczyk', title: 'Quality Manager' };

export const CONFORMANCE: ConformancePage = {
  kind: 'conformance',
  number: 'COC-2026-000417',
  date: '2026-11-20',
  issuer,
  customer,
  subject: {
    poNumber: 'PO4500098812',
    releaseNumber: '3',
    line: '2',
    item: 'HI-PT-400',
    description: 'Pressure transmitter, 0–400 bar, 4–20 mA, G½',
    revision: 'D',
    quantity: '12',
    unit: 'EA',
    lot: 'L26-1107',
    serials: Array.from({ length: 12 }, (_, i) => `PT400-${26_110_701 + i}`),
  },
  replaces: {
    number: 'COC-2026-000398',
    reason: 'The revision of the item was C on the earlier certificate.',
  },
  authorisedBy,
  remarks: ['Packed in the original packaging of the manufacturer.'],
  statement:
    'We certify that the goods named above were manufactured, inspected and tested according to the purchase order and its specifications, and conform to them in all respects. Records of manufacture and inspection are kept for ten years and open to your inspection on request.',
  standards: ['ASME B40.100-2022', 'EN 837-1:1996', 'Drawing HI-PT-400 revision D'],
  confirmation,
};

export const CALIBRATION: CalibrationPage = {
  kind: 'calibration',
  number: 'CAL-2026-001933',
  date: '2026-11-19',
  issuer,
  laboratory: {
    name: 'Harbor Instruments Calibration Laboratory',
    address: ['4100 Lakeshore Drive, Building C', 'Cleveland, OH 44114', 'USA'],
    accreditation: 'A2LA 4711.01',
  },
  location: 'In the laboratory',
  customer,
  subject: {
    poNumber: 'PO4500098812',
    line: '4',
    item: 'HI-DG-250',
    description: 'Digital pressure gauge, 0–250 bar',
    revision: 'B',
    quantity: '1',
    unit: 'EA',
    serials: ['DG250-0098341'],
  },
  authorisedBy: { name: 'Dr. Jürgen Weiß', title: 'Head of laboratory' },
  method: 'Comparison with a pressure balance, increasing and decreasing, DKD-R 6-1 (2014), sequence A',
  manufacturer: 'Harbor Instruments Inc.',
  model: 'DG-250',
  condition: 'As found: in working order, no visible damage',
  received: '2026-11-16',
  calibrated: '2026-11-18',
  environment: [
    { quantity: 'Temperature', value: '21.4 ± 0.5', unit: '°C' },
    { quantity: 'Relative humidity', value: '43 ± 5', unit: '%' },
    { quantity: 'Atmospheric pressure', value: '998.2 ± 0.4', unit: 'hPa' },
  ],
  results: Array.from({ length: 84 }, (_, i) => ({
    quantity: i < 42 ? 'Pressure, increasing' : 'Pressure, decreasing',
    unit: 'bar',
    reference: `${(i % 42) * 6}.000`,
    reading: `${(i % 42) * 6}.${String(10 + (i % 7)).padStart(3, '0')}`,
    error: `0.0${10 + (i % 7)}`,
    uncertainty: '0.021',
    limit: '0.250',
    conforms: true,
  })),
  coverage:
    'The expanded uncertainty is the standard uncertainty multiplied by the coverage factor k = 2, which for a normal distribution corresponds to a coverage probability of about 95 %.',
  traceability:
    'The results are traceable to the International System of Units (SI) through pressure balance PB-07, certificate NIST 683/291204-26.',
  decisionRule:
    'Simple acceptance: conforms where the error lies within the limit; the probability of false acceptance is up to 50 %.',
  conformity: 'The item conforms to accuracy class 0.1 at all points.',
  adjusted: 'Not adjusted',
  scope: 'The results relate only to the item calibrated, as it was received.',
  remarks: ['Recommended recalibration: November 2027, at the discretion of the user.'],
  confirmation,
};

export const MATERIAL_TEST: MaterialTestPage = {
  kind: 'material-test',
  number: 'MTC-2026-000088',
  date: '2026-11-20',
  issuer,
  customer,
  subject: {
    poNumber: 'PO4500098812',
    line: '7',
    item: 'BAR-316L-50',
    description: 'Round bar 316L, Ø 50 mm, solution annealed',
    quantity: '1840.5',
    unit: 'KG',
    lot: 'B7719',
  },
  authorisedBy,
  type: 'EN 10204 type 3.1',
  standards: ['ASTM A276/A276M-23', 'EN 10088-3:2014'],
  heat: '58A2213',
  chemistry: [
    { property: 'C', unit: '%', maximum: '0.030', value: '0.018', method: 'ASTM E1086' },
    { property: 'Si', unit: '%', maximum: '1.00', value: '0.42', method: 'ASTM E1086' },
    { property: 'Mn', unit: '%', maximum: '2.00', value: '1.38', method: 'ASTM E1086' },
    { property: 'P', unit: '%', maximum: '0.045', value: '0.029', method: 'ASTM E1086' },
    { property: 'S', unit: '%', maximum: '0.030', value: '0.021', method: 'ASTM E1086' },
    { property: 'Cr', unit: '%', minimum: '16.00', maximum: '18.00', value: '16.82', method: 'ASTM E1086' },
    { property: 'Ni', unit: '%', minimum: '10.00', maximum: '14.00', value: '10.11', method: 'ASTM E1086' },
    { property: 'Mo', unit: '%', minimum: '2.00', maximum: '3.00', value: '2.04', method: 'ASTM E1086' },
  ],
  mechanics: [
    { property: 'Yield strength Rp0.2', unit: 'MPa', minimum: '170', value: '291', method: 'ASTM A370' },
    { property: 'Tensile strength Rm', unit: 'MPa', minimum: '485', value: '588', method: 'ASTM A370' },
    { property: 'Elongation A', unit: '%', minimum: '40', value: '54', method: 'ASTM A370' },
    { property: 'Hardness', unit: 'HBW', maximum: '217', value: '168', method: 'ASTM E10' },
  ],
  statement:
    'We certify that the material named above was made and tested according to the specifications named, and that the results meet the requirements of the order.',
  confirmation,
};
