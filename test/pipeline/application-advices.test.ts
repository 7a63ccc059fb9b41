import test, { type ExecutionContext } from 'ava';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { describeTrace } from '../../src/pipeline/describe-trace.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import type { StoredException } from '../../src/store/exceptions.ts';
import { trace } from '../../src/store/trace.ts';
import { write824 } from '../support/advices.ts';
import { type BillingDesk, openBilling } from '../support/billing.ts';
import { assertDesk } from '../support/desk-invariants.ts';
import { findElement } from '../support/gateway-answers.ts';
import { write997 } from '../support/gateway-orders.ts';
import { shipmentOf, tell } from '../support/shipments.ts';

const INVOICE = 'INV-2026-00001';
const PRICE = 'TED*UNP*PRICE DIFFERS FROM ORDER*IT1*4*4*212*3.25*3.15';
const STORE = 'TED*011*UNKNOWN SHIP-TO*N1*9*4*67*DC99';

/** One order, answered by an 855, shipped with an 856 and billed by an 810: group 1 of each, set 0001. */
async function sendAll(t: ExecutionContext): Promise<BillingDesk> {
  const desk = await openBilling(t);
  await desk.order('PO-1', ['10 HB-1001 3.25']);
  await tell(desk, shipmentOf('SH-1', ['PO-1 1 10']));
  await desk.bill();
  return desk;
}

async function advise(desk: BillingDesk, control: number, ...results: readonly string[]): Promise<void> {
  await desk.send('alpha', write824(control, `AA-${control}`, results));
}

async function openExceptions(desk: BillingDesk): Promise<readonly StoredException[]> {
  return (await desk.exceptions('alpha')).filter(({ state }) => state === 'open');
}

async function resend(desk: BillingDesk, id: string) {
  const asked = { id, choice: 'correct-and-resend', given: {}, by: 'ann' };
  return await chooseResolution(desk.context, asked, ruleOrder);
}

/** What our sets of one kind say in one element, in the order in which they were sent. */
async function listSent(desk: BillingDesk, set: string, tag: string, element: number) {
  const sets = (await desk.outbound('alpha')).flatMap((one) => one.sets);
  return sets.filter((one) => one.set === set).map((one) => findElement(one, tag, element));
}

/** 997 and 824 state of each document of ours. */
async function readStates({ context }: BillingDesk): Promise<readonly string[]> {
  const { entries } = await trace(context.db, 'PO-1');
  return entries.flatMap((entry) => {
    if (entry.kind !== 'document' || entry.document.direction === 'in' || entry.document.set === '997')
      return [];
    const { set, acknowledgement, advice = '–' } = entry.document;
    return [`${set} ${acknowledgement} ${advice}`];
  });
}

test('an 824 that takes what we sent is told of each, and no 997 is waited for any more', async (t) => {
  const desk = await sendAll(t);

  await advise(desk, 900, `OTI*TA*IV*${INVOICE}`, 'OTI*TE*SI*SH-1', PRICE, 'OTI*TC*PO*PO-1');

  t.deepEqual(await openExceptions(desk), []);
  t.deepEqual(await readStates(desk), [
    '855 accepted accepted-with-changes',
    '856 accepted accepted-with-errors',
    '810 accepted accepted',
  ]);
  const told = (await desk.events('alpha')).filter(({ kind }) => kind === 'advised');
  t.deepEqual(
    told.map(({ text }) => text),
    [
      'the 824 0001 of group 900 (AA-900) says of invoice INV-2026-00001 (our 810 0001 of group 1): accepted',
      'the 824 0001 of group 900 (AA-900) says of the notice of shipment SH-1 (our 856 0001 of group 1): accepted with errors: unit price invalid, "PRICE DIFFERS FROM ORDER" at IT1-04 (data element 212), segment 4, where "3.25" stands, and they took "3.15"',
      'the 824 0001 of group 900 (AA-900) says of the answer to order PO-1 (our 855 0001 of group 1): accepted with changes',
    ],
  );
});

test('a rejected invoice waits for finance with every reason; two people send the same one again, once', async (t) => {
  const desk = await sendAll(t);

  await advise(desk, 900, `OTI*TR*IV*${INVOICE}`, PRICE, 'NTE*ADD*ORDER PO-1 LINE 1 SAYS 3.15', STORE);

  const [asked, ...more] = await openExceptions(desk);
  t.deepEqual(more, []);
  t.like(asked, { kind: 'invoice-rejected-by-partner', team: 'finance', poNumber: 'PO-1' });
  t.is(
    asked!.message,
    'the 824 0001 of group 900 (AA-900) says of invoice INV-2026-00001 (our 810 0001 of group 1): rejected: unit price invalid, "PRICE DIFFERS FROM ORDER" at IT1-04 (data element 212), segment 4, where "3.25" stands, and they took "3.15" (ORDER PO-1 LINE 1 SAYS 3.15); no match, "UNKNOWN SHIP-TO" at N1-04 (data element 67), segment 9, where "DC99" stands',
  );
  const { entries } = await trace(desk.context.db, INVOICE);
  const lines = describeTrace(entries);
  t.true(lines.some((line) => /→ {2}810 0001 of group 1, A, 997 accepted, 824 rejected/.test(line)));
  t.true(lines.some((line) => /← {2}824 0001 of group 900/.test(line)));

  const said = await Promise.all([resend(desk, asked!.id), resend(desk, asked!.id)]);
  t.deepEqual(said.map(({ kind }) => kind).toSorted(), ['done', 'refused']);
  t.deepEqual(await listSent(desk, '810', 'BIG', 2), [INVOICE, INVOICE]);
  t.deepEqual(await openExceptions(desk), []);
  t.like(await resend(desk, asked!.id), { kind: 'refused' });
  t.is((await listSent(desk, '810', 'BIG', 2)).length, 2);
  t.deepEqual(
    (await desk.invoices()).map(({ number }) => number),
    [INVOICE],
  );

  // By its number the last one is meant, and it is taken.
  await advise(desk, 901, `OTI*TA*IV*${INVOICE}`);
  t.deepEqual(await openExceptions(desk), []);
  t.deepEqual(await readStates(desk), [
    '855 waiting –',
    '856 waiting –',
    '810 accepted rejected',
    '810 accepted accepted',
  ]);
  await assertDesk(t, desk);
});

test('a rejected notice is sent again as a replacement, by a person or by the correction of its shipment', async (t) => {
  const desk = await sendAll(t);

  await advise(desk, 900, 'OTI*TP*SI*SH-1*CAUSEWAY*ALPHA***1*0001*856', 'TED*IQT**SN1*8*2**0');
  const [asked] = await openExceptions(desk);
  t.like(asked, { kind: 'document-rejected-by-partner', team: 'operations' });
  t.truthy(asked!.shipment);
  t.regex(asked!.message, /accepted only in part: quantity invalid at SN1-02, segment 8, where "0" stands$/);
  t.is((await resend(desk, asked!.id)).kind, 'done');
  t.deepEqual(await listSent(desk, '856', 'BSN', 1), ['00', '05']);

  await advise(desk, 901, 'OTI*TR*SI*SH-1');
  t.is((await openExceptions(desk)).length, 1);
  await tell(desk, { ...shipmentOf('SH-1', ['PO-1 1 9']), purpose: 'replace' });
  t.deepEqual(await listSent(desk, '856', 'BSN', 1), ['00', '05', '05']);
  // What the partner says of an earlier one is told, and asks nobody.
  await advise(desk, 902, 'OTI*TR*SI*SH-1***20261121**1*0001*856');
  const left = (await openExceptions(desk)).filter(({ kind }) => kind === 'document-rejected-by-partner');
  t.deepEqual(left, []);
  const told = (await desk.events('alpha')).filter(({ kind }) => kind === 'advised');
  t.regex(
    told.at(-1)!.text,
    /rejected, and gives no reason; our 856 0001 of group 3 was sent in its place since$/,
  );
});

test('a rejection that the partner takes back is asked of nobody any more', async (t) => {
  const desk = await sendAll(t);
  await advise(desk, 900, `OTI*TR*IV*${INVOICE}`, PRICE);
  await advise(desk, 901, `OTI*TA*IV*${INVOICE}`);
  t.deepEqual(await openExceptions(desk), []);
});

test('the same 824 in another interchange counts once', async (t) => {
  const desk = await sendAll(t);
  for (const control of [900, 901]) {
    await desk.send('alpha', write824(control, 'AA-1', [`OTI*TR*IV*${INVOICE}`, PRICE]));
  }
  t.is((await openExceptions(desk)).length, 1);
  t.true((await desk.events('alpha')).some(({ kind }) => kind === 'advice-repeated'));
});

for (const [name, result, looked] of [
  ['nothing that we sent', 'OTI*TR*IV*INV-9', 'it speaks of IV INV-9: we sent no such document'],
  [
    'one document by its envelope and another by its number',
    'OTI*TR*IV*INV-9*****1*0001*810',
    `it speaks of IV INV-9 (a 810, set number 0001, group 1): under these numbers we sent invoice ${INVOICE} (our 810 0001 of group 1)`,
  ],
  [
    'a set of another kind',
    'OTI*TR*IV*INV-2026-00001*******856',
    `it speaks of IV ${INVOICE} (a 856): we sent no such document`,
  ],
] as const) {
  test(`an 824 that speaks of ${name} is asked about, with what was looked for`, async (t) => {
    const desk = await sendAll(t);
    await advise(desk, 900, result, STORE);
    const [asked] = await openExceptions(desk);
    t.is(asked?.kind, 'advice-unclear');
    t.true(asked!.message.includes(looked), asked!.message);
    t.true(asked!.message.includes('UNKNOWN SHIP-TO'));
    t.deepEqual(await readStates(desk), ['855 waiting –', '856 waiting –', '810 waiting –']);
  });
}

test('an 824 in a test says nothing of live documents, nor does one of another partner', async (t) => {
  const desk = await sendAll(t);
  await desk.send('alpha', write824(900, 'AA-1', [`OTI*TR*IV*${INVOICE}`], 'T'));
  t.deepEqual(
    (await openExceptions(desk)).map(({ kind }) => kind),
    ['advice-unclear'],
  );
  t.deepEqual(await readStates(desk), ['855 waiting –', '856 waiting –', '810 waiting –']);
});

for (const [set, functionalId, name] of [
  ['856', 'SH', 'shipment SH-1'],
  ['810', 'IN', `invoice ${INVOICE}`],
] as const) {
  test(`a 997 that refuses our ${set} is asked about with its places, and a person sends it again`, async (t) => {
    const desk = await sendAll(t);
    const plain = write997({
      from: 'ZZ:ALPHA',
      control: 900,
      functionalId,
      group: '1',
      sets: [{ control: '0001', status: 'R' }],
      status: 'R',
    }).toString('latin1');
    const noted = plain
      .replace('AK2*855', `AK2*${set}`)
      .replace('AK5*R', 'AK3*N1*5**8~AK4*4*67*7*DC12~AK5*R*5')
      .replace('SE*6*', 'SE*8*');

    await desk.send('alpha', Buffer.from(noted, 'latin1'));

    const [asked, ...more] = await openExceptions(desk);
    t.deepEqual(more, []);
    t.is(asked?.kind, 'document-rejected');
    t.is(
      asked?.message,
      `our ${set} 0001 of group 1, ${name}, rejected by the partner: N1-04, segment 5: the code is not in its list ("DC12")`,
    );
    t.is((await resend(desk, asked!.id)).kind, 'done');
    t.deepEqual(
      set === '856' ? await listSent(desk, '856', 'BSN', 1) : await listSent(desk, '810', 'BIG', 2),
      set === '856' ? ['00', '00'] : [INVOICE, INVOICE],
    );
    t.deepEqual(await openExceptions(desk), []);
  });
}
