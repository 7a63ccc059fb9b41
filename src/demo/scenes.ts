import type { Scene } from './scene.ts';

/** What the gateway answers by itself. */
export const SCENES: readonly Scene[] = [
  {
    partner: 'acme',
    title: 'A clean order',
    file: '850-clean.edi',
    expect: ['997', '855'],
    says: [
      /TA1 A 000/,
      /group PO 101: A, 1 of 1/,
      /PO1000001: AD/,
      /line 1: IA .*800 EA of PART-1001 at 3.25/,
    ],
  },
  {
    partner: 'acme',
    title: 'A price that differs and an item that nobody knows',
    file: '850-price-and-item.edi',
    expect: ['997', '855'],
    says: [/PO1000002: AC/, /line 1: IE/, /line 2: R2/, /line 3: IA/],
  },
  {
    partner: 'acme',
    title: 'One bad set among four good ones',
    file: '850-one-bad-of-five.edi',
    expect: ['997', '855'],
    says: [/group PO 103: P, 4 of 5/, /850 0003: R .*PO1-02 "1O"/, /PO1000104: AD/],
  },
  {
    partner: 'acme',
    title: 'The first file once more: the same answers, under the same names, and no second order',
    file: '850-clean.edi',
    expect: ['997', '855'],
    says: [/TA1 A 000/, /PO1000001: AD/],
  },
  {
    partner: 'acme',
    title: 'The first order number once more, with another quantity',
    file: '850-same-number-other-content.edi',
    expect: ['997', '855'],
    says: [/PO1000001: AH/, /line 1: IH/],
  },
  {
    partner: 'acme',
    title: 'Acme’s 997 for our first 855 (nothing goes back for a 997)',
    file: '997-for-our-855.edi',
    expect: [],
    says: [],
  },
  {
    partner: 'initech',
    title: 'A drop-ship order under Initech’s own map, with a password',
    file: '850-drop-ship.edi',
    expect: ['997', '855'],
    says: [/INI-88001: AD/, /line 2: IA .*2000 EA .*at 0.14/],
  },
  {
    partner: 'globex',
    title: 'An order that we fetch from Globex’s own server, in 005010 with a line a segment',
    file: '850-newline.edi',
    expect: ['997', '855'],
    says: [/4500012345: AC/, /line 1: IA/, /line 2: IP .*4 EA .*at 195/],
  },
];
