import test from 'ava';
import {
  CHOICES,
  type ChoiceArguments,
  type ChoiceEffect,
  describeArguments,
  readChoice,
} from '../../../src/domain/exception/choices.ts';
import { EXCEPTION_KINDS } from '../../../src/domain/exception/exception-kinds.ts';

const ALL = Object.keys(CHOICES);

const asked = (kind: string, line?: string) => ({ kind, choices: ALL, line });

type Row = readonly [choice: string, given: ChoiceArguments, effect: ChoiceEffect];

const RULINGS: readonly Row[] = [
  ['accept-their-price', {}, { kind: 'rule', line: '2', choice: { kind: 'accept-their-price' } }],
  ['answer-our-price', {}, { kind: 'rule', line: '2', choice: { kind: 'answer-our-price' } }],
  ['answer-our-price', { line: '7' }, { kind: 'rule', line: '7', choice: { kind: 'answer-our-price' } }],
  [
    'answer-with-price',
    { price: ' 12.50 ' },
    { kind: 'rule', line: '2', choice: { kind: 'answer-with-price', price: '12.50' } },
  ],
  [
    'answer-with-price',
    { price: '0', basis: 'HP' },
    { kind: 'rule', line: '2', choice: { kind: 'answer-with-price', price: '0', basis: 'HP' } },
  ],
  [
    'choose-item',
    { item: 'HB-1' },
    { kind: 'rule', line: '2', choice: { kind: 'choose-item', item: 'HB-1' } },
  ],
  ['substitute', { item: 'HB-2' }, { kind: 'rule', line: '2', choice: { kind: 'substitute', item: 'HB-2' } }],
  [
    'set-quantity',
    { quantity: '24' },
    { kind: 'rule', line: '2', choice: { kind: 'set-quantity', quantity: '24' } },
  ],
  [
    'promise-date',
    { date: '2026-12-24' },
    { kind: 'rule', line: '2', choice: { kind: 'promise-date', date: '2026-12-24' } },
  ],
  [
    'set-po-number',
    { po: 'PO-9' },
    { kind: 'rule', line: '2', choice: { kind: 'set-po-number', poNumber: 'PO-9' } },
  ],
  ['take-as-version', {}, { kind: 'decide-again' }],
  ['reject-line', {}, { kind: 'rule', line: '2', choice: { kind: 'reject' } }],
  ['reject-order', {}, { kind: 'rule', choice: { kind: 'reject' } }],
  ['reject-change', {}, { kind: 'rule', choice: { kind: 'reject' } }],
  ['cancel', {}, { kind: 'rule', choice: { kind: 'cancel' } }],
  ['release-hold', { reason: 'paid' }, { kind: 'rule', choice: { kind: 'release-hold' } }],
  ['process-as-new', {}, { kind: 'rule', choice: { kind: 'override', codes: ['quantity-rule'] } }],
  [
    'override',
    { reason: 'agreed' },
    { kind: 'rule', line: '2', choice: { kind: 'override', codes: ['quantity-rule'] } },
  ],
  ['decide-again', {}, { kind: 'decide-again' }],
  ['reprocess', {}, { kind: 'reprocess' }],
  ['look-again', {}, { kind: 'look-again' }],
  ['give-serials', { serials: 'A1, A2 ,' }, { kind: 'give-serials', serials: ['A1', 'A2'] }],
  ['bill-again', {}, { kind: 'bill', how: 'again' }],
  ['billed-elsewhere', { reason: 'by the ERP' }, { kind: 'bill', how: 'elsewhere' }],
  ['correct-and-resend', {}, { kind: 'resend' }],
  ['retry-delivery', {}, { kind: 'retry-delivery' }],
  ['send-again', {}, { kind: 'send-mail' }],
  ['arrived', {}, { kind: 'mail-arrived' }],
  ['ask-partner', {}, { kind: 'close' }],
  ['by-hand', { reason: 'faxed it' }, { kind: 'close' }],
  ['ignore', {}, { kind: 'close' }],
];

for (const [choice, given, effect] of RULINGS) {
  test(`${choice} with ${JSON.stringify(given)}`, (t) => {
    t.deepEqual(readChoice(asked('quantity-rule', '2'), choice, given), {
      kind: 'effect',
      id: choice,
      effect,
    });
  });
}

test('every choice is in the table above', (t) => {
  t.deepEqual([...new Set(RULINGS.map(([choice]) => choice))].toSorted(), ALL.toSorted());
});

const WRONG: readonly (readonly [choice: string, given: ChoiceArguments, messages: readonly string[]])[] = [
  ['substitute', { line: '1' }, ['substitute needs --item: the number of our item']],
  [
    'answer-with-price',
    {},
    [
      'answer-with-price needs --line: the line of the order that is meant (PO101)',
      'answer-with-price needs --price: the price per unit, such as 12.50',
    ],
  ],
  ['override', { line: '1', reason: ' ' }, ['override needs --reason: why, for whoever asks later']],
  ['by-hand', {}, ['by-hand needs --reason: why, for whoever asks later']],
  ['cancel', { line: '1', item: 'X' }, ['cancel takes no --line', 'cancel takes no --item']],
  ['answer-with-price', { line: '1', price: '1e3' }, ['--price is "1e3": expected a decimal such as 12.50']],
  ['answer-with-price', { line: '1', price: '-1' }, ['--price is "-1": expected a decimal such as 12.50']],
  [
    'set-quantity',
    { line: '1', quantity: '0' },
    ['--quantity is "0": expected a decimal above zero, such as 24'],
  ],
  [
    'set-quantity',
    { line: '1', quantity: '-1' },
    ['--quantity is "-1": expected a decimal above zero, such as 24'],
  ],
  [
    'promise-date',
    { line: '1', date: '2026-02-30' },
    ['--date is "2026-02-30": expected a day such as 2026-12-24'],
  ],
  ['set-po-number', {}, ['set-po-number needs --po: the PO number that the partner gave']],
];

for (const [choice, given, messages] of WRONG) {
  test(`${choice} with ${JSON.stringify(given)} is refused`, (t) => {
    t.deepEqual(readChoice(asked('quantity-rule'), choice, given), { kind: 'wrong', messages });
  });
}

test('only what its kind offers resolves an exception', (t) => {
  const { choices } = EXCEPTION_KINDS['item-barred'];
  for (const choice of ['override', 'subsitute', 'constructor']) {
    const read = readChoice({ kind: 'item-barred', choices, line: '1' }, choice, { reason: 'x' });
    t.is(read.kind, 'wrong', choice);
  }
  t.deepEqual(readChoice({ kind: 'item-barred', choices }, 'subsitute', {}), {
    kind: 'wrong',
    messages: [
      '"subsitute" does not resolve item-barred: choose one of decide-again, substitute, reject-line; did you mean substitute?',
    ],
  });
});

test('what a choice needs is shown, but for what the exception says itself', (t) => {
  t.is(describeArguments('substitute', '3'), ' --item …');
  t.is(describeArguments('answer-with-price', undefined), ' --line … --price …');
  t.is(describeArguments('cancel', undefined), '');
});

test('every kind can be resolved, each way once', (t) => {
  for (const [kind, { choices }] of Object.entries(EXCEPTION_KINDS)) {
    t.true(choices.length > 1, kind);
    t.is(new Set(choices).size, choices.length, kind);
  }
  t.deepEqual(
    ALL.filter(
      (choice) => !Object.values(EXCEPTION_KINDS).some((kind) => kind.choices.some((c) => c === choice)),
    ),
    [],
  );
});
