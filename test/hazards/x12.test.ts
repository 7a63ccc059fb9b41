import test from 'ava';
import { type Received, receive, SAMPLE } from './receive.ts';

const ORDER = 'PO1000001';
const TAKEN = 'TA1*A*000 AK5*A AK9*A*1*1*1';
const second = (text: string) => text.replaceAll('000000101', '000000202').replaceAll(ORDER, 'PO2');
const separators = (text: string, to: string) =>
  text.replaceAll('*', '\0').replaceAll('>', to[1]!).replaceAll('~', to[2]!).replaceAll('\0', to[0]!);

type Case = {
  readonly given: string;
  readonly bytes: string | Uint8Array;
  /** What goes back. */
  readonly answer: string;
  /** Numbers of the orders taken; none by default. */
  readonly orders?: readonly string[];
  readonly warning?: RegExp;
};

const [head, body, tail] = [
  /^.*?(?=ST\*)/.exec(SAMPLE)![0],
  /ST\*.*?SE\*13\*0001~/.exec(SAMPLE)![0],
  'GE*1*101~IEA*1*000000101~',
];
const set = (control: string) =>
  body
    .replace('ST*850*0001', `ST*850*${control}`)
    .replace('SE*13*0001', `SE*13*${control}`)
    .replace(ORDER, `PO${control}`);
const five = ['0001', '0002', '0003', '0004', '0005'].map(set);
const group = (sets: readonly string[]) => head + sets.join('') + tail.replace('GE*1', `GE*${sets.length}`);

const CASES: readonly Case[] = [
  { given: 'the sample itself', bytes: SAMPLE, answer: TAKEN, orders: [ORDER] },
  { given: 'IEA02 other than ISA13', bytes: swap('IEA*1*000000101', 'IEA*1*000000102'), answer: 'TA1*R*001' },
  { given: 'IEA01 wrong', bytes: swap('IEA*1*', 'IEA*2*'), answer: 'TA1*R*021' },
  {
    given: 'an unknown sender',
    bytes: swap('ACMEIND        *ZZ', 'NOBODY         *ZZ'),
    answer: 'TA1*R*006',
  },
  { given: 'ISA15 T in production', bytes: swap('*1*P*>', '*1*T*>'), answer: TAKEN, orders: [`T:${ORDER}`] },
  { given: 'an unpadded ISA', bytes: SAMPLE.replace(/ +\*/g, '*'), answer: TAKEN, orders: [ORDER] },
  { given: 'SE01 wrong', bytes: swap('SE*13', 'SE*14'), answer: 'TA1*A*000 AK5*R*4 AK9*R*1*1*0' },
  {
    given: 'SE02 other than ST02',
    bytes: swap('SE*13*0001', 'SE*13*0002'),
    answer: 'TA1*A*000 AK5*R*3 AK9*R*1*1*0',
  },
  { given: 'SE missing', bytes: swap('SE*13*0001~', ''), answer: 'TA1*A*000 AK5*R*2 AK9*R*1*1*0' },
  {
    given: 'ST02 twice',
    bytes: group([set('0001'), set('0001')]),
    answer: 'TA1*A*000 AK5*A AK5*R*23 AK9*P*2*2*1',
    orders: ['PO0001'],
  },
  { given: 'GE01 wrong', bytes: swap('GE*1*', 'GE*2*'), answer: 'TA1*A*000 AK5*A AK9*R*2*1*0*5' },
  {
    given: 'one bad set of five',
    bytes: group(five.with(2, five[2]!.replace('SE*13', 'SE*12'))),
    answer: 'TA1*A*000 AK5*A ×2 AK5*R*4 AK5*A ×2 AK9*P*5*5*4',
    orders: ['PO0001', 'PO0002', 'PO0004', 'PO0005'],
  },
  {
    given: 'a second interchange that is cut',
    bytes: SAMPLE + second(SAMPLE).slice(0, 300),
    answer: `${TAKEN} | TA1*R*023`,
    orders: [ORDER],
  },
  {
    given: 'a second interchange that is cut, and a third',
    bytes:
      SAMPLE +
      second(SAMPLE).slice(0, 300) +
      SAMPLE.replaceAll('000000101', '000000303').replaceAll(ORDER, 'PO3'),
    answer: `${TAKEN} | TA1*R*023 | ${TAKEN}`,
    orders: [ORDER, 'PO3'],
  },
  {
    given: 'a second interchange with other separators',
    bytes: SAMPLE + separators(second(SAMPLE), '|:\n'),
    answer: `${TAKEN} | ${TAKEN}`,
    orders: [ORDER, 'PO2'],
  },
  { given: 'a BOM', bytes: `\xef\xbb\xbf${SAMPLE}`, answer: TAKEN, orders: [ORDER] },
  {
    given: 'blank lines',
    bytes: `\n\r\n${SAMPLE.replaceAll('~', '~\n \n')}\n\n`,
    answer: TAKEN,
    orders: [ORDER],
  },
  {
    given: 'CRLF after each terminator',
    bytes: SAMPLE.replaceAll('~', '~\r\n'),
    answer: TAKEN,
    orders: [ORDER],
  },
  { given: 'CRLF as terminator', bytes: SAMPLE.replaceAll('~', '\r\n'), answer: TAKEN, orders: [ORDER] },
  { given: 'LF as terminator', bytes: SAMPLE.replaceAll('~', '\n'), answer: TAKEN, orders: [ORDER] },
  { given: '0x1C as terminator', bytes: SAMPLE.replaceAll('~', '\x1c'), answer: TAKEN, orders: [ORDER] },
  {
    given: 'lines wrapped at 80 columns',
    bytes: SAMPLE.replace(/(.{80})/g, '$1\r\n'),
    answer: TAKEN,
    orders: [ORDER],
  },
  { given: 'no last terminator', bytes: SAMPLE.slice(0, -1), answer: TAKEN, orders: [ORDER] },
  { given: 'ISA inside N102', bytes: swap('ACME DC 12', 'ISA VISA ISA 00'), answer: TAKEN, orders: [ORDER] },
  { given: 'ISA as N102', bytes: swap('ACME DC 12', 'ISA'), answer: TAKEN, orders: [ORDER] },
  {
    given: 'a control character',
    bytes: swap('ACME DC 12', 'ACME\x07DC'),
    answer: 'TA1*A*000 AK3*N1*6*N1*8 AK4*2*93*6*ACME DC AK5*R*5 AK9*R*1*1*0',
  },
  {
    given: 'bytes outside the character set',
    bytes: swap('ACME DC 12', 'CAF\xc9'),
    answer: 'TA1*A*000 AK3*N1*6*N1*8 AK4*2*93*6*CAF AK5*R*5 AK9*R*1*1*0',
  },
  {
    given: 'junk after the IEA',
    bytes: `${SAMPLE}\r\n-- end of transmission --\x1a`,
    answer: TAKEN,
    orders: [ORDER],
    warning: /^25 bytes outside any interchange/,
  },
  {
    given: 'junk ahead of the ISA',
    bytes: `From: edi@acme.example\n\n${SAMPLE}`,
    answer: TAKEN,
    orders: [ORDER],
    warning: /^\d+ bytes outside any interchange/,
  },
  {
    given: 'a quantity 1O',
    bytes: swap('*800*EA', '*80O*EA'),
    answer: 'TA1*A*000 AK3*PO1*9*PO1*8 AK4*2*330*6*80O AK5*R*5 AK9*R*1*1*0',
  },
  {
    given: '31 February',
    bytes: swap('002*20260115', '002*20260231'),
    answer: 'TA1*A*000 AK3*DTM*5**8 AK4*2*373*8*20260231 AK5*R*5 AK9*R*1*1*0',
  },
  {
    given: 'a second order that lost its ISA',
    bytes: SAMPLE + second(SAMPLE).slice(106),
    answer: TAKEN,
    orders: [ORDER],
    warning: /their ISA is missing$/,
  },
];

for (const { given, bytes, answer, orders = [], warning } of CASES) {
  test(`given ${given}, ${answer} goes back and ${orders.join(', ') || 'no order'} is taken`, (t) => {
    const received = receive(bytes);
    t.is(received.answer, answer);
    t.deepEqual(received.orders, orders);
    t.is(received.replies.length, orders.length);
    t.is(received.quarantined, /^TA1\*R/.test(answer));
    if (warning === undefined) t.deepEqual(received.warnings, []);
    else t.regex(received.warnings.join(), warning);
  });
}

test('cut at any byte it is TA1 023, or unanswerable before ISA13, and never an order', (t) => {
  // The control number ends at byte 99; the last terminator may be left out.
  for (let length = 0; length < SAMPLE.length - 1; length++) {
    const { answer, orders, quarantined } = receive(SAMPLE.slice(0, length));
    t.is(answer, length < 99 ? '' : 'TA1*R*023', `${length} bytes`);
    t.deepEqual(orders, []);
    t.true(quarantined);
  }
});

test('cut at any byte and followed by a sound one, that one is taken', (t) => {
  for (let length = 0; length < SAMPLE.length - 1; length++) {
    const { answer, orders } = receive(SAMPLE.slice(0, length) + second(SAMPLE));
    const before = length < 99 ? '' : 'TA1*R*023 | ';
    t.is(answer, before + TAKEN, `${length} bytes`);
    t.deepEqual(orders, ['PO2']);
  }
});

test('the same bytes again take nothing, and other bytes under their control number are 025', (t) => {
  const memory = { interchanges: new Map<string, { id: string; sha256: string }>() };
  t.deepEqual(receive(SAMPLE, memory).orders, [ORDER]);
  const again = receive(SAMPLE, memory);
  t.deepEqual([again.orders, again.answer, again.outcome!.repeats.length], [[], '', 1]);
  const other = receive(swap(ORDER, 'PO9'), memory);
  t.deepEqual([other.orders, other.answer, other.quarantined], [[], 'TA1*R*025', true]);
});

const NOT_X12: Readonly<Record<string, string>> = {
  'an HTML page named .edi':
    '<!DOCTYPE html><html><head><title>503</title></head><body>ISA * unavailable</body></html>',
  'no bytes': '',
  'blank lines alone': '\r\n\r\n',
  'an order without its ISA': SAMPLE.slice(106),
};

for (const [given, bytes] of Object.entries(NOT_X12)) {
  test(`given ${given}, the file is quarantined and nobody is answered`, (t) => {
    const received = receive(bytes);
    t.like(received, { answer: '', orders: [], quarantined: true } satisfies Partial<Received>);
    t.regex(received.warnings.join(), /^no ISA found/);
  });
}

test('a character that was not read is kept as its byte, never as a replacement character', (t) => {
  const { outcome } = receive(swap('ACME DC 12', 'CAF\xc9'));
  t.false(JSON.stringify(outcome).includes('\ufffd'));
});

function swap(from: string, to: string): string {
  if (!SAMPLE.includes(from)) throw new Error(`no ${from} in the sample`);
  return SAMPLE.replace(from, to);
}
