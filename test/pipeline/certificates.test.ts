import { createHash } from 'node:crypto';
import test from 'ava';
import { writeCanonical } from '../../src/domain/certificate/canonical-text.ts';
import { confirmCertificate } from '../../src/pipeline/certify/confirm-certificate.ts';
import { bringCertificate, takeCertificate } from '../../src/pipeline/certify/take-certificate.ts';
import { findCertificates, readCertificatePdf } from '../../src/store/certificates.ts';
import { listOutbound } from '../../src/store/hosted.ts';
import { type BillingDesk, openBilling, signed } from '../support/billing.ts';
import { readShipments, shipmentOf, tell } from '../support/shipments.ts';

const CALIBRATION = {
  kind: 'calibration',
  date: '2026-11-20',
  issuer: { name: 'Causeway Supply' },
  customer: { name: 'Alpha' },
  subject: { item: 'HB-1001', serials: ['S-1'] },
  authorisedBy: { name: 'L. Head' },
  laboratory: { name: 'Causeway Laboratory', accreditation: 'A-1' },
  method: 'CP-7',
  condition: 'as new',
  calibrated: '2026-11-19',
  environment: [{ quantity: 'temperature', value: '20.1', unit: '°C' }],
  results: [{ quantity: 'length', unit: 'mm', reference: '10', reading: '10.002', uncertainty: '0.004' }],
  coverage: 'k = 2',
  traceability: 'NIST',
  decisionRule: 'simple acceptance',
  conformity: 'within limits',
  scope: 'The results relate only to this item.',
};

test('each line of a shipment is certified, printed, and sent with it', async (t) => {
  const send = '{ "856": {}, certificates: { kinds: [conformance], via: sftp, gate: "856" } }';
  const desk = await openBilling(t, send, { alter: signed });
  await desk.order('PO-1', ['40 HB-1001 3.25', '5 WS-2001 0.13']);
  const told = await tell(desk, shipmentOf('SH-1', ['PO-1 1 10', 'PO-1 2 5']));
  t.deepEqual(told.stops, []);
  await desk.certify();
  await desk.certify();

  const found = (await findCertificates(desk.context.db, { poNumber: 'PO-1' })).toReversed();
  t.deepEqual(
    found.map(({ number, item, line }) => [number, item, line]),
    [
      ['C-2026-00001', 'HB-1001', '1'],
      ['C-2026-00002', 'WS-2001', '2'],
    ],
  );
  const [first] = found;
  t.is(first!.contentHash, createHash('sha256').update(writeCanonical(first!.content)).digest('hex'));
  const pdf = (await readCertificatePdf(desk.context.db, first!.id))!;
  t.is(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
  t.is(first!.fileHash, createHash('sha256').update(pdf).digest('hex'));
  const names = (await listOutbound(desk.context.db, 'alpha')).map(({ name }) => name);
  t.deepEqual(
    names.filter((name) => name.endsWith('.pdf')),
    ['certificate-C-2026-00001.pdf', 'certificate-C-2026-00002.pdf'],
  );
});

test('a corrected shipment replaces the certificate that says something else now, and withdraws the rest', async (t) => {
  const send = '{ certificates: { kinds: [conformance], via: sftp } }';
  const desk = await openBilling(t, send, { alter: signed });
  await desk.order('PO-1', ['40 HB-1001 3.25', '5 WS-2001 0.13', '7 HB-1002 4.10']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10', 'PO-1 2 5', 'PO-1 3 7']));
  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 9', 'PO-1 2 5']), purpose: 'replace' });

  const all = (await findCertificates(desk.context.db, {})).toReversed();
  t.deepEqual(
    all.map(({ number, line, replacedBy, withdrawnAt, content }) => [
      number,
      line,
      replacedBy ?? (withdrawnAt === undefined ? 'stands' : 'withdrawn'),
      content.replaces?.number,
    ]),
    [
      ['C-2026-00001', '1', 'C-2026-00004', undefined],
      ['C-2026-00002', '2', 'stands', undefined],
      ['C-2026-00003', '3', 'withdrawn', undefined],
      ['C-2026-00004', '1', 'stands', 'C-2026-00001'],
    ],
  );
  const page = await confirmCertificate(desk.context, all[0]!.code);
  t.true(page!.includes('Replaced by certificate C-2026-00004'), page);
  t.true((await confirmCertificate(desk.context, all[1]!.code))!.includes('Genuine and in force'));
  t.is(await confirmCertificate(desk.context, 'x'.repeat(22)), undefined);
});

test('a calibration certificate is found by its serial, and corrected by a new one', async (t) => {
  const desk = await openBilling(t, '{}');
  const { db } = desk.context;
  const text = JSON.stringify(CALIBRATION);
  t.deepEqual(await takeCertificate(desk.context, { file: 'c.json', text }), {
    kind: 'taken',
    number: 'C-2026-00001',
  });
  await desk.certify();
  t.is((await findCertificates(db, { serial: 'S-1' })).length, 1);

  const corrects = { number: 'C-2026-00001', reason: 'wrong uncertainty' };
  t.deepEqual(await takeCertificate(desk.context, { file: 'c.json', text, corrects }), {
    kind: 'taken',
    number: 'C-2026-00002',
  });
  const [next, before] = await findCertificates(db, { serial: 'S-1' });
  t.deepEqual(next!.content.replaces, corrects);
  t.is(before!.replacedBy, 'C-2026-00002');
  const again = await takeCertificate(desk.context, { file: 'c.json', text, corrects });
  t.deepEqual(again, {
    kind: 'refused',
    messages: ['certificate C-2026-00001 is replaced by C-2026-00002: only one that stands can be corrected'],
  });
});

test('what is wrong with a certificate is told with its place', async (t) => {
  const desk = await openBilling(t, '{}');
  const text = JSON.stringify({ ...CALIBRATION, calibrated: undefined, colour: 'red' }, null, 1);
  const taken = await takeCertificate(desk.context, { file: 'c.json', text });
  t.is(taken.kind, 'refused');
  const messages = taken.kind === 'refused' ? taken.messages : [];
  t.true(
    messages.some((one) => /^c\.json:\d+:\d+ .*calibrated/.test(one)),
    messages.join('\n'),
  );
  t.true(
    messages.some((one) => /^c\.json:\d+:\d+ .*colour/.test(one)),
    messages.join('\n'),
  );
  t.deepEqual(await findCertificates(desk.context.db, {}), []);
});

test('the PDF of a laboratory is kept byte for byte', async (t) => {
  const desk = await openBilling(t, '{}');
  const pdf = Buffer.from('%PDF-1.7\nbrought\n%%EOF');
  const brought = {
    pdf,
    kind: 'calibration' as const,
    number: 'LAB-77',
    date: '2026-11-01',
    issuer: 'Metrology Inc',
    subject: { item: 'HB-1001', serials: ['S-9'] },
  };
  t.deepEqual(await bringCertificate(desk.context, brought), { kind: 'taken', number: 'LAB-77' });
  const [found] = await findCertificates(desk.context.db, { serial: 'S-9' });
  t.deepEqual(Buffer.from((await readCertificatePdf(desk.context.db, found!.id))!), pdf);
  t.like(await bringCertificate(desk.context, brought), { kind: 'refused' });
  t.like(await bringCertificate(desk.context, { ...brought, number: 'LAB-78', pdf: Buffer.from('<html>') }), {
    kind: 'refused',
    messages: ['the file is no PDF'],
  });
});

test('no invoice leaves before each lot has its test, where the partner wants that', async (t) => {
  const send = '{ "810": {}, certificates: { kinds: [material-test], via: sftp, gate: "810" } }';
  const desk = await openBilling(t, send);
  await desk.order('PO-1', ['40 HB-1001 3.25']);
  const packed = { poNumber: 'PO-1', line: '1', quantity: '10', lot: 'L-5' };
  await tell(desk, { ...shipmentOf('SH-1', []), loose: [packed] });
  await desk.bill();
  t.deepEqual(await desk.invoices(), []);
  const [asked] = (await desk.exceptions('alpha')).filter(
    ({ kind }) => kind === 'invoice-without-certificate',
  );
  t.true(asked!.message.includes('material-test certificate of HB-1001 lot L-5'), asked!.message);

  await bringTest(desk, 'HB-1001', 'L-5');
  await desk.certify();
  await desk.bill();
  t.is((await desk.invoices()).length, 1);
  const [settled] = (await desk.exceptions('alpha')).filter(({ id }) => id === asked!.id);
  t.like(settled, { state: 'resolved', resolvedBy: 'causeway' });
});

test('a notice leaves by itself when the last certificate that it waited for has come, and not before', async (t) => {
  const send = '{ "856": {}, certificates: { kinds: [material-test], via: sftp, gate: "856" } }';
  const desk = await openBilling(t, send);
  await desk.order('PO-1', ['40 HB-1001 3.25', '20 WS-2001 0.13']);
  const goods = (line: string, lot: string) => ({ poNumber: 'PO-1', line, quantity: '10', lot });
  await tell(desk, { ...shipmentOf('SH-1', []), loose: [goods('1', 'L-5'), goods('2', 'W-7')] });
  const standing = async () => {
    const asked = (await desk.exceptions('alpha')).filter(({ kind }) => kind === 'certificate-missing');
    return [...(await readShipments(desk)), ...asked.map(({ state }) => state)];
  };

  await desk.certify();
  t.deepEqual(await standing(), ['SH-1 v1 shipped, notice stopped', 'open', 'open']);
  await bringTest(desk, 'HB-1001', 'L-5');
  await desk.certify();
  t.deepEqual(await standing(), ['SH-1 v1 shipped, notice stopped', 'open', 'open']);
  await bringTest(desk, 'WS-2001', 'W-7');
  await desk.certify();
  t.deepEqual(await standing(), ['SH-1 v1 shipped, notice sent', 'resolved', 'resolved']);
  await desk.certify();
  t.is((await desk.context.db('document').where({ set: '856' })).length, 1);
});

async function bringTest({ context }: BillingDesk, item: string, lot: string): Promise<void> {
  const pdf = Buffer.from('%PDF-1.7\nbrought\n%%EOF');
  const known = { kind: 'material-test', date: '2026-11-01', issuer: 'Mill Inc' } as const;
  await bringCertificate(context, { ...known, pdf, number: `MT-${lot}`, subject: { item, lot } });
}
