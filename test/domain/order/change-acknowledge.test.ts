import test from 'ava';
import { acknowledgeChange, announceChange } from '../../../src/domain/order/acknowledge-change.ts';
import type { ChangeFacts } from '../../../src/domain/order/change-decision.ts';
import { hashChange } from '../../../src/domain/order/change-sequence.ts';
import { decideChange } from '../../../src/domain/order/decide-change.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { OrderChange } from '../../../src/domain/order/order-change.ts';
import type { OrderChangeAcknowledgement } from '../../../src/domain/order/order-change-acknowledgement.ts';
import { orderChangeAcknowledgement } from '../../../src/domain/order/order-change-acknowledgement.ts';
import { readDocuments } from '../../../src/pipeline/documents/read-documents.ts';
import { writeDocuments } from '../../../src/pipeline/documents/write-documents.ts';
import { makeReadingProfile } from '../../../src/pipeline/process/profiles.ts';
import { readWithNodeX12 } from '../../corpus/node-x12.ts';
import { configuration } from '../../sets/configuration.ts';
import { change, changeFacts, ORDER, ORDER_FACTS, poc, ruling, standing } from './change-support.ts';

const TERMS = { today: '2026-01-12', split: 'BP' } as const;

const answer = (asked: OrderChange, given: Partial<ChangeFacts> = {}) =>
  acknowledgeChange(asked, decideChange(asked, changeFacts(given)), TERMS);

const MIXED = change(
  [
    poc('QI', '1', { quantity: '1000', quantityLeft: '200', unit: 'EA' }),
    poc('DI', '2'),
    poc('AI', '3', {
      quantity: '5',
      unit: 'EA',
      unitPrice: '0.85',
      ids: [{ qualifier: 'BP', value: 'PART-3' }],
    }),
    poc('AI', '4', { quantity: '5', unit: 'EA', ids: [{ qualifier: 'BP', value: 'NOBODY-KNOWS' }] }),
  ],
  { changeSequence: '1', changeDate: '2026-01-12', notes: ['SECOND THOUGHTS'] },
);

test('an answer restates the whole order as it stands, every line once', (t) => {
  const said = answer(MIXED, { current: standing({ shipped: new Map([['1', '300']]) }) });
  t.deepEqual(
    [said?.purpose, said?.type, said?.changeSequence, said?.orderDate, said?.changeDate, said?.notes],
    ['change', 'AC', '1', '2026-01-05', '2026-01-12', ['SECOND THOUGHTS']],
  );
  t.deepEqual(
    said?.lines.map(({ number, changeCode, quantity, quantityLeft, outcomes }) => [
      number,
      changeCode,
      quantity,
      quantityLeft,
      outcomes,
    ]),
    [
      ['1', 'QI', '1000', '700', [{ status: 'IA', quantity: '1000', unit: 'EA' }]],
      ['2', 'DI', '24', '0', [{ status: 'ID' }]],
      ['3', 'AI', '5', '5', [{ status: 'IA', quantity: '5', unit: 'EA' }]],
      ['4', 'AI', '5', '5', [{ status: 'R2', quantity: '5', unit: 'EA' }]],
    ],
  );
});

const HELD = change([
  poc('QD', '1', { quantity: '600', unit: 'EA' }),
  poc('QD', '2', { quantity: '20', unit: 'EA' }),
]);
const PRICE = change([poc('PC', '2', { unitPrice: '9.01' })]);

const TYPES: readonly (readonly [
  type: string | undefined,
  when: string,
  said: OrderChangeAcknowledgement | undefined,
])[] = [
  ['AT', 'all is made', answer(PRICE)],
  ['AC', 'a part is made', answer(MIXED)],
  ['AC', 'a part is in question', answer(change([HELD.lines[0]!]))],
  ['AH', 'every line is in question', answer(HELD)],
  ['RD', 'nothing is made', answer(change([poc('DI', '9')]))],
  ['RD', 'the order is cancelled', answer(PRICE, { current: standing({ state: 'cancelled' }) })],
  ['RJ', 'there is no such order', answer(PRICE, { current: undefined, mayWait: false })],
  ['AT', 'the order is cancelled by it', answer(change([], { purpose: 'cancel' }))],
  [undefined, 'it waits', answer(PRICE, { current: undefined })],
  [
    'AT',
    'it comes again',
    answer(PRICE, {
      earlierChanges: [
        {
          sequence: 1,
          contentHash: hashChange(PRICE),
          state: 'applied',
          decision: decideChange(PRICE, changeFacts()),
        },
      ],
    }),
  ],
  [
    undefined,
    'it comes again while it waits',
    answer(PRICE, { earlierChanges: [{ sequence: 1, contentHash: hashChange(PRICE), state: 'waiting' }] }),
  ],
];

for (const [type, when, said] of TYPES) {
  test(`BCA02 is ${type ?? 'not sent, nor anything else,'} when ${when}`, (t) => {
    t.is(said?.type, type);
    t.is(said === undefined, type === undefined);
  });
}

test('after a cancellation every line is answered as deleted', (t) => {
  const said = answer(change([], { purpose: 'cancel' }));
  t.is(said?.purpose, 'cancel');
  t.deepEqual(
    said?.lines.map(({ number, changeCode, outcomes }) => [number, changeCode, outcomes]),
    [
      ['1', 'DI', [{ status: 'ID' }]],
      ['2', 'DI', [{ status: 'ID' }]],
    ],
  );
});

/** An order of which a person has ruled what to answer instead. */
function announce(...rulings: ChangeFacts['rulings']) {
  const order = { ...ORDER, lines: [{ ...ORDER.lines[0]!, unitPrice: '3.6' }, ORDER.lines[1]!] };
  const before = standing({ order });
  const decision = decideOrder(order, { ...ORDER_FACTS, rulings });
  return announceChange(before, { ...before, version: 2, decision }, new Map([['1', '100']]), TERMS);
}

test('of our own accord the order is restated with what we ask for, and answers no change', (t) => {
  const said = announce(
    ruling({ kind: 'answer-our-price' }, '1'),
    ruling({ kind: 'set-quantity', quantity: '20' }, '2'),
  );
  t.deepEqual(
    ['type' in said, 'changeSequence' in said, said.purpose, said.orderType],
    [false, false, 'change', 'standalone'],
  );
  t.deepEqual(
    said.lines.map(({ number, changeCode, unitPrice, quantityLeft, outcomes }) => [
      number,
      changeCode,
      unitPrice,
      quantityLeft,
      outcomes[0]?.status,
      outcomes[0]?.quantity,
    ]),
    [
      ['1', 'PC', '3.25', '700', 'IP', '800'],
      ['2', 'QD', '9', '24', 'IQ', '20'],
    ],
  );
});

const DOCUMENTS = {
  'a mixed answer': answer(MIXED)!,
  'a rejection without detail': answer(PRICE, { current: undefined, mayWait: false })!,
  'a cancellation': answer(change([], { purpose: 'cancel' }))!,
  'an answer of our own accord': announce(ruling({ kind: 'answer-our-price' }, '1')),
};
const [first] = configuration.partners.values();

for (const version of ['004010', '005010'] as const) {
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    test(`${name} is a sound 865 in ${version}, and is read as it was written`, (t) => {
      const partner = { ...first!, file: { ...first!.file, x12: { ...first!.file.x12, version } } };
      orderChangeAcknowledgement.parse(document);

      const { bytes, problems } = writeDocuments(
        JSON.stringify(document),
        '865',
        configuration,
        partner,
        1,
        '2026-01-12T09:15:00.000Z',
      );

      t.deepEqual(problems, []);
      const rows = readWithNodeX12(Buffer.from(bytes!).toString('latin1'));
      t.is(rows.filter(([tag]) => tag === 'POC').length, document.lines.length);
      t.is(rows.filter(([tag]) => tag === 'ACK').length, document.lines.length);
      t.is(rows.find(([tag]) => tag === 'BCA')?.[2], document.type ?? '');
      const results = [...readDocuments(() => [bytes!], makeReadingProfile(configuration, undefined))];
      const read = results.flatMap((one): object[] =>
        one.kind === 'document' ? [{ ...one.document, source: undefined }] : [],
      );
      t.deepEqual(read, [{ ...document, source: undefined }]);
      t.deepEqual(
        results.flatMap((one) =>
          one.kind === 'interchange'
            ? [
                one.report.status,
                ...one.report.groups.flatMap(({ sets }) => sets.map(({ status }) => status)),
              ]
            : [],
        ),
        ['A', 'A'],
      );
    });
  }
}
