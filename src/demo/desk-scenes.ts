import {
  compareVersions,
  explainPrices,
  receiveGoods,
  releaseHold,
  showBlanket,
  showExceptions,
} from './desk-work.ts';
import type { Scene } from './scene.ts';

/** What the order desk decides: by contract, stock and credit, and where a person has a say. */
export const DESK_SCENES: readonly Scene[] = [
  {
    partner: 'vandelay',
    title: 'An order under a contract with tiers, and why each price is what it is',
    file: '850-tiers.edi',
    expect: ['997', '855'],
    tells: explainPrices('V-7001'),
    says: [
      /855 V-7001: AC/,
      /line 1: IA .*1200 EA of V-BOLT-10 at 2.95/,
      /line 2: IP .*600 EA of V-BOLT-10 at 3.10?/,
      /contract C-77 version 2/,
    ],
  },
  {
    partner: 'vandelay',
    title: 'The buyer changes it (860): more of line 1, line 3 deleted. The order keeps both versions',
    file: '860-change.edi',
    expect: ['997', '865'],
    tells: compareVersions('V-7001'),
    says: [/865 V-7001: A/, /line 1: IA .*1500 EA/, /line 3: ID/, /line 1 quantity 1200 → 1500 EA/],
  },
  {
    partner: 'vandelay',
    title: 'A blanket order (850 BK): 10,000 washers, to be released bit by bit',
    file: '850-blanket.edi',
    expect: ['997', '855'],
    says: [/855 V-B-100: AD/],
  },
  {
    partner: 'vandelay',
    title: 'The first release (850 RL): 4,000',
    file: '850-release-1.edi',
    expect: ['997', '855'],
    says: [/855 V-B-100 release 1: AD/, /line 1: IA .*4000 EA/],
  },
  {
    partner: 'vandelay',
    title: 'The second release: 5,000 more',
    file: '850-release-2.edi',
    expect: ['997', '855'],
    says: [/855 V-B-100 release 2: AD/, /line 1: IA .*5000 EA/],
  },
  {
    partner: 'vandelay',
    title: 'The third release wants 2,000 where 1,000 are left: refused, and nothing is booked',
    file: '850-release-3.edi',
    expect: ['997', '855'],
    tells: showBlanket('V-B-100', '3'),
    says: [/855 V-B-100 release 3: RD/, /line 1: IR/, /because .*1000 more/, /10,000 .*9,000 .*1,000/],
  },
  {
    partner: 'vandelay',
    title: '500 pairs of gloves where 200 are in stock: those ship, the rest is backordered',
    file: '850-short.edi',
    expect: ['997', '855'],
    says: [/855 V-7002: AC/, /line 1: BP/],
  },
  {
    partner: 'vandelay',
    title: '400 pairs come into the warehouse: the backorder is filled at once, and the buyer is told (865)',
    does: receiveGoods({ item: 'GL-7001', warehouse: 'DAY', quantity: '400' }),
    expect: ['865'],
    says: [/order V-7002 line 1: 300 PR filled/, /865 V-7002/],
  },
  {
    partner: 'vandelay',
    title: 'An order that takes the customer over its credit limit waits for finance',
    file: '850-large.edi',
    expect: ['997', '855'],
    tells: showExceptions('credit-hold'),
    says: [/855 V-7003: AH/, /line 1: IH/, /credit-hold/],
  },
  {
    partner: 'vandelay',
    title: 'Finance releases the hold: the order is decided again, and the buyer is told (865)',
    does: releaseHold('payment is promised for Friday'),
    expect: ['865'],
    says: [/V-7003 is accepted/, /865 V-7003/, /line 1: IA .*80 EA/],
  },
];
