import test from 'ava';
import type { Blanket } from '../../../src/domain/blanket/blanket.ts';
import { CHOICES, readChoice } from '../../../src/domain/exception/choices.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from '../../../src/domain/exception/exception-kinds.ts';
import { decideOrder } from '../../../src/domain/order/decide-order.ts';
import type { OrderFacts } from '../../../src/domain/order/order-facts.ts';
import type { PurchaseOrder } from '../../../src/domain/order/purchase-order.ts';
import { facts, order, price } from '../order/support.ts';

/** An order that raises the kind, and what is known then. */
type Scene = readonly [kind: ExceptionKind, order: PurchaseOrder, facts: OrderFacts];

const BLANKET: Blanket = {
  id: 'b1',
  partner: 'acme',
  poNumber: 'B1',
  firm: true,
  state: 'open',
  allowance: '0',
  told: [],
  lines: [
    {
      number: '1',
      item: 'A-1',
      unit: 'EA',
      price: '3.25',
      priceBasis: 'PE',
      committed: '100',
      released: '0',
      shipped: '0',
      received: '0',
      returned: '0',
    },
  ],
};

const SUBSTITUTE = { number: 'C-3', ids: [], prices: [price()] };

const holding = (changes: Parameters<typeof facts>[0] = {}) =>
  facts({
    ...changes,
    others: [SUBSTITUTE, ...(changes?.others ?? [])],
    policy: { 'over-release': 'hold', ...changes?.policy },
  });

const release = (line = {}) => order({ type: 'release', poNumber: 'B1', releaseNumber: '1' }, line);

const CREDIT = {
  customer: 'acme',
  currency: 'USD',
  limit: '1000',
  openInvoices: '999',
  shippedNotInvoiced: '0',
  acceptedNotShipped: '0',
  graceDays: 0,
};

const MINIMUM = { minimum: '20', multiple: '5' };

const SCENES: readonly Scene[] = [
  [
    'duplicate-order',
    order(),
    holding({ earlier: { contentHash: 'other', decision: decideOrder(order(), facts()) } }),
  ],
  ['purpose-needs-person', order({ purpose: 'confirm' }), holding()],
  ['type-needs-person', order({ type: 'other', typeCode: 'XX' }), holding()],
  ['po-number-missing', order({ poNumber: '' }), holding()],
  [
    'customer-unknown',
    order(),
    holding({ customer: { number: 'C-9', priority: 0, listsShipTos: false, shipTos: [], missing: true } }),
  ],
  [
    'ship-to-unknown',
    order(),
    holding({ customer: { number: 'acme', priority: 0, listsShipTos: true, shipTos: [] } }),
  ],
  [
    'item-unknown',
    order({}, { ids: [{ qualifier: 'BP', value: 'X' }] }),
    holding({ policy: { 'unknown-item': 'hold' } }),
  ],
  [
    'item-ambiguous',
    order(
      {},
      {
        ids: [
          { qualifier: 'BP', value: 'PART-1' },
          { qualifier: 'UP', value: '0123' },
        ],
      },
    ),
    holding(),
  ],
  [
    'item-inactive',
    order(),
    holding({ item: { status: 'discontinued', relations: [['substitute', 'C-3']] } }),
  ],
  ['item-not-allowed', order(), holding({ item: { customers: ['globex'] } })],
  ['item-incompatible', order(), holding({ item: { relations: [['requires', 'B-2']] } })],
  ['quantity-missing', order({}, { quantity: undefined }), holding()],
  ['quantity-rule', order(), holding({ item: MINIMUM })],
  ['schedule-unclear', order({}, { schedule: [{ quantity: '1', unit: 'EA' }] }), holding()],
  ['date-impossible', order({ dates: [{ qualifier: '001', date: '2026-01-01' }] }), holding()],
  ['price-missing', order(), holding({ prices: [] })],
  ['price-basis-unknown', order({}, { priceBasis: 'ZZ' }), holding()],
  ['price-outside-tolerance', order({}, { unitPrice: '1.00' }), holding()],
  ['po-value-exceeded', order({ totalAmounts: [{ qualifier: 'TT', amount: '1.00' }] }), holding()],
  ['blanket-unknown', release(), holding()],
  [
    'blanket-line-unknown',
    release(),
    holding({ blanket: { ...BLANKET, lines: [{ ...BLANKET.lines[0]!, item: 'C-3' }] } }),
  ],
  ['blanket-over-release', release({ quantity: '101' }), holding({ blanket: BLANKET })],
  ['blanket-closed', release(), holding({ blanket: { ...BLANKET, state: 'closed' } })],
  ['blanket-not-yet-valid', release(), holding({ blanket: { ...BLANKET, validFrom: '2026-02-01' } })],
  ['blanket-expired', release(), holding({ blanket: { ...BLANKET, validTo: '2025-12-31' } })],
  ['blanket-price', release({ unitPrice: '1.00' }), holding({ blanket: BLANKET })],
  ['credit-hold', order(), holding({ credit: CREDIT, policy: { credit: 'hold' } })],
  [
    'credit-currency',
    order(),
    holding({ credit: { ...CREDIT, currency: 'EUR' }, policy: { credit: 'hold' } }),
  ],
];

const GIVEN = {
  price: '3.25',
  item: 'C-3',
  quantity: '20',
  po: 'PO-9',
  date: '2026-03-02',
  reason: 'agreed with them',
} as const;

for (const [kind, asked, known] of SCENES) {
  test(`each choice that ${kind} offers resolves it`, (t) => {
    const raised = decideOrder(asked, known).exceptions.find((one) => one.kind === kind);
    if (raised === undefined) return t.fail(`${kind} is not raised`);
    const { choices } = EXCEPTION_KINDS[kind];
    for (const choice of choices) {
      const needs: readonly string[] = CHOICES[choice].needs;
      const given = Object.fromEntries(Object.entries(GIVEN).filter(([name]) => needs.includes(name)));
      const read = readChoice({ kind, choices, line: raised.line }, choice, given);
      if (read.kind === 'wrong') return t.fail(read.messages.join('\n'));
      if (read.effect.kind !== 'rule') continue;
      const { line, choice: ruled } = read.effect;
      const ruling = { at: '2026-01-06T10:00:00Z', by: 'ann', line, choice: ruled };
      const { exceptions, outcome } = decideOrder(asked, { ...known, rulings: [ruling] });
      t.false(
        exceptions.some((one) => one.kind === kind),
        `${choice} leaves it ${outcome}: ${exceptions.map(({ message }) => message).join('; ')}`,
      );
    }
  });
}
