import test from 'ava';
import { checkQuote, namedQuote, namedQuotes, type Quote } from '../../../src/domain/quote/quote.ts';
import { order } from '../order/support.ts';

const QUOTE: Quote = {
  number: 'Q-1',
  customer: 'acme',
  currency: 'USD',
  validFrom: '2026-01-01',
  validUntil: '2026-01-31',
  state: 'approved',
  reuse: 'once',
  lines: [],
  uses: [],
};
const OWN = { poNumber: 'PO1', releaseNumber: '', shipTo: 'DC12' };
const OTHER = { poNumber: 'PO7', releaseNumber: '3', shipTo: 'DC12' };

const TABLE: Readonly<
  Record<string, { quote?: Partial<Quote>; date?: string; customer?: string; why?: RegExp }>
> = {
  'on its first day': { date: '2026-01-01' },
  'on its last day': { date: '2026-01-31' },
  'a day too early': { date: '2025-12-31', why: /begins on 2026-01-01, the order is of 2025-12-31/ },
  'a day too late': { date: '2026-02-01', why: /ended on 2026-01-31, the order is of 2026-02-01/ },
  'of another customer': { customer: 'beta', why: /there is no quote Q-1 for customer beta/ },
  'not approved': { quote: { state: 'open' }, why: /is not approved/ },
  'expired in the books': { quote: { state: 'expired' }, why: /is expired/ },
  'used in the books': { quote: { state: 'used' }, why: /is used/ },
  'used by another order': { quote: { uses: [OTHER] }, why: /order PO7 release 3 has used it/ },
  'used by this very order': { quote: { uses: [OWN] } },
  'used by this order first, and then named by another': { quote: { uses: [OWN, OTHER] } },
  'used by another order first': { quote: { uses: [OTHER, OWN] }, why: /PO7/ },
  'for many orders': { quote: { reuse: 'many', uses: [OTHER] } },
};

for (const [name, { quote = {}, date = '2026-01-15', customer = 'acme', why }] of Object.entries(TABLE)) {
  test(`a quote ${name} ${why === undefined ? 'may be used' : 'may not be used'}`, (t) => {
    const problem = checkQuote('Q-1', { ...QUOTE, ...quote }, { customer, date, order: OWN });
    if (why === undefined) t.is(problem, undefined);
    else t.regex(problem?.text ?? '', why);
  });
}

test('a line names a quote of its own, or that of its order', (t) => {
  const whole = order(
    {
      references: [
        { qualifier: 'DP', value: '038' },
        { qualifier: 'PR', value: 'Q-1' },
      ],
    },
    { references: [{ qualifier: 'Q1', value: 'Q-2' }] },
  );
  t.is(namedQuote(whole), 'Q-1');
  t.is(namedQuote(whole, whole.lines[0]), 'Q-2');
  t.deepEqual([...namedQuotes(whole)], ['Q-1', 'Q-2']);
  t.deepEqual([...namedQuotes(order())], []);
});
