import { readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import { measure } from '../../src/render/visible.ts';
import { html, INSPECTIONS, inspect, inspectChunks, interchange, order, text } from './inspections.ts';

for (const { name, draw } of INSPECTIONS) {
  test(`${name} is drawn as its golden file has it`, (t) => {
    t.is(`${draw()}\n`, readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8'));
  });
}

test('every golden file belongs to an inspection', (t) => {
  t.deepEqual(
    readdirSync(new URL('golden/', import.meta.url)).sort(),
    INSPECTIONS.map(({ name }) => name).sort(),
  );
});

const LINE = 'PO1*1*8*EA*3.25*PE*BP*PART-1';

/** The line that shows an element, and the lines under it up to the next element or segment. */
function placeOf(shown: string, at: string): string[] {
  const lines = shown.split('\n');
  const start = lines.findIndex((line) => line.trimStart().startsWith(`${at} `));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^ +[A-Z0-9]{2,3}-\d\d|^ *\d+ +[A-Z]/.test(line));
  return lines.slice(start, start + 1 + end);
}

test('a problem stands under its element, with its code and the sentence of the reader', (t) => {
  const shown = inspect(order('BEG*00*SA*PO1**20260105', 'PO1*1*8*EA', 'PO1*2*1O*EA', 'CTT*2'));
  const [row, ...told] = placeOf(shown.slice(shown.indexOf('[2]')), 'PO1-02');
  t.regex(row!, /Quantity ordered +1O$/);
  t.is(
    told.map((line) => line.trim()).join(' '),
    '✗ AK403 6  PO1-02 quantity ordered (330) is "1O": R 1/15 expects digits with at most one decimal point',
  );
});

test('a missing element has a row where it would be, a missing segment a line', (t) => {
  const shown = inspect(order('CUR*BY', LINE, 'CTT*1'));
  const lines = shown.split('\n').map((line) => line.trim());
  const missing = lines.findIndex((line) => line.startsWith('BEG') && line.endsWith('(missing)'));
  t.true(missing > lines.findIndex((line) => line.startsWith('ST-02')));
  t.regex(lines[missing + 1]!, /^✗ AK304 3 {2}BEG is missing: it is mandatory before CUR$/);
  t.regex(lines[missing + 2]!, /^2 CUR /);
  t.regex(placeOf(shown, 'CUR-02')[0]!, /Currency code +\(missing\)$/);
});

test('what is wrong with ST and SE stands under ST and SE', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', LINE, 'CTT*1').replace('SE*5*0001', 'SE*6*0002');
  const shown = inspect(file);
  t.regex(placeOf(shown, 'SE-01')[0]!, / 6$/);
  t.regex(placeOf(shown, 'SE-01').join(' '), /✗ AK502 4 {2}SE01 is "6" and the set has 5 segments/);
  t.regex(shown, /SE-02 .* 0002\n +✗ AK502 3 {2}SE02 is "0002" and ST02 "0001"/);
});

test('what is wrong with an envelope stands under its element', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', LINE, 'CTT*1')
    .replace('*0*P*>', '*7*P*>')
    .replace('GE*1*7', 'GE*1*8')
    .replace('IEA*1*000000042', 'IEA*2*000000042');
  const shown = inspect(file);
  t.regex(shown, /ISA-14 .* 7\n +✗ TA105 019 /);
  t.regex(shown, /GE-02 .* 8\n +✗ AK905 4 /);
  t.regex(shown, /IEA-01 .* 2\n +✗ TA105 021 /);
});

test('the head says how many problems there are and where the first that refuses is', (t) => {
  const sets = ['1', '2', '1O', '4'].map((quantity) => ({
    set: '850',
    segments: ['BEG*00*SA*PO1**20260105', `PO1*1*${quantity}*EA`, 'CTT*1'],
  }));
  const file = interchange(sets);
  const [, verdict, first] = inspect(file).split('\n');
  t.is(verdict, '✗ refused in part: 1 of 4 sets · 1 error · 1 interchange, 4 sets');
  t.is(first, `  it is at set 850 0003, segment 3 PO1, byte ${file.indexOf('1O')}:`);
});

test('findings against a version that is not held are warnings in their places', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', 'PO1*1*1O*EA', 'CTT').replace('004010', '009990');
  const shown = inspect(file);
  t.regex(placeOf(shown, 'PO1-02').join(' '), /1O +! AK403 6 {2}PO1-02/);
  t.regex(placeOf(shown, 'CTT-01').join(' '), /\(missing\) +! AK403 1 {2}CTT-01/);
});

test('signs that are not seen are shown, and cannot do anything to the terminal', (t) => {
  const shown = inspect(
    order('BEG*00*SA*\x1b[2J\x07**20260105', 'N1*ST*a\u202egnol\u200b *92* x\u00a0 ', LINE, 'CTT*1'),
  );
  t.false(/[^\P{C}\n]/u.test(shown), 'a control or format sign is left');
  t.true(shown.includes('\\x1b[2J\\x07'));
  t.true(shown.includes('a\\u202egnol\\u200b␣'));
  t.true(shown.includes('␣x\\xa0␣'));
});

for (const width of [40, 60, 80, 110, 140, 400]) {
  test(`no line is wider than ${width} columns, and nothing is lost by wrapping`, (t) => {
    const long = `${'part'.repeat(60)}|${'long words '.repeat(30)}end`;
    const wide = '漢字かな交じり文'.repeat(9);
    const file = order('BEG*00*SA*PO1**20261340', `N1*ST*${long}`, `N1*BT*${wide}`, LINE, 'CTT*1');
    const shown = inspect(file, { as: text(width) });
    const limit = Math.min(Math.max(width, 60), 160);
    for (const line of shown.split('\n')) t.true(measure(line) <= limit, line);
    const joined = shown.replace(/\s+/g, '');
    for (const value of [long, wide]) t.true(joined.includes(value.replace(/\s+/g, '')));
  });
}

test('what is put up with is shown as it was sent, in the words of what was meant', (t) => {
  const shown = inspect(order('beg*00*sa*PO1**20260105', 'N1* ST *DC 1', LINE, 'CTT*1'));
  t.regex(shown, /\n +2 beg +Beginning segment for purchase order\n +! AK304 1 /);
  t.regex(placeOf(shown, 'BEG-02')[0]!, / sa +Stand-alone$/);
  t.regex(placeOf(shown, 'N1-01')[0]!, / ␣ST␣ +Ship-to party$/);
  t.regex(placeOf(shown, 'N1-01').join(' '), /! AK403 5 {2}N1-01/);
});

test('what an envelope is told of a place inside a set stands at that place', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', LINE, 'CTT*1').replace('~\nPO1', '~\n\n\nPO1');
  const lines = inspect(file).split('\n');
  const told = lines.findIndex((line) => line.includes('! TA105 024  blank lines'));
  t.regex(lines.slice(0, told).findLast((line) => /^ *\d+ +[A-Z]/.test(line))!, /^ +2 BEG /);
});

test('what the end of a file left of a segment is shown, and what is missing behind it', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', LINE, 'CTT*1');
  const lines = inspect(file.slice(0, file.indexOf('GE*1*7') + 6)).split('\n');
  const rest = lines.slice(lines.indexOf('     GE*1*7…')).map((line) => line.trim());
  t.deepEqual(
    rest.filter((line) => line !== ''),
    [
      'GE*1*7…',
      `cut here, at byte ${file.indexOf('GE*1*7') + 6}`,
      '✗ TA105 023  the file ends before the IEA',
      'GE   Group trailer (missing)',
      '✗ AK905 3  group 7 has no GE',
    ],
  );
});

test('a page of text in the place of a segment is shown whole', (t) => {
  const page = 'Our order as agreed on the telephone, please confirm. '.repeat(20).trim();
  const shown = inspect(order('BEG*00*SA*PO1**20260105', page, LINE, 'CTT*1'));
  t.true(shown.replace(/\s+/g, '').includes(page.replace(/\s+/g, '')));
  for (const line of shown.split('\n')) t.true(measure(line) <= 80, line);
});

test('colour changes nothing but the colour', (t) => {
  const file = order('BEG*00*SA*PO1**20261340', LINE, 'CTT*1');
  const coloured = inspect(file, { as: text(80, true) });
  t.true(coloured.includes('\x1b['));
  t.is(stripVTControlCharacters(coloured), inspect(file));
});

const LONG = Array.from({ length: 2000 }, (_, i) => `PO1*${i + 1}*${i === 1498 ? '1O' : '8'}*EA`);
const LONG_ORDER = order('BEG*00*SA*PO1**20260105', ...LONG, 'CTT*2000');

test('of a long set the beginning, the end and what is wrong are shown, and the rest is counted', (t) => {
  const shown = inspect(LONG_ORDER);
  const places = [...shown.matchAll(/^ *(\d+) +[A-Z]/gm)].map((match) => Number(match[1]));
  // ST, BEG and 98 lines; line 1499 at position 1501; the last line, CTT and SE.
  t.deepEqual(places, [...Array.from({ length: 100 }, (_, i) => i + 1), 1501, 2002, 2003, 2004]);
  const left = [...shown.matchAll(/… ([\d,]+) segments? without problems left out/g)].map(
    (match) => match[1],
  );
  t.deepEqual(left, ['1,400', '500']);
});

test('--all shows every segment of a long set', (t) => {
  const shown = inspect(LONG_ORDER, { whole: true });
  t.is([...shown.matchAll(/^ *\d+ +PO1 /gm)].length, 2000);
  t.false(shown.includes('left out'));
});

test('a set is shown when it has been read, not when the file has', (t) => {
  const set = (number: number) =>
    `ST*850*${number}~BEG*00*SA*PO${number}**20260105~PO1*1*8*EA~CTT*1~SE*5*${number}~`;
  const envelope = order().split('\n');
  let taken = 0;
  const open = function* () {
    yield Buffer.from(envelope.slice(0, 2).join(''));
    for (taken = 0; taken < 500; taken++) yield Buffer.from(set(1000 + taken));
    yield Buffer.from('GE*500*7~IEA*1*000000042~');
  };
  const seen: number[] = [];
  for (const line of inspectChunks(open)) if (line.includes('Purchase order number')) seen.push(taken);
  t.is(seen.length, 500);
  for (const [i, at] of seen.entries()) t.true(at <= i + 1, `set ${i} was shown after ${at} were read`);
});

test('one set of many is shown alone, under its envelope', (t) => {
  const sets = ['A', 'B', 'C'].map((number) => ({
    set: '850',
    segments: [`BEG*00*SA*PO-${number}**20260105`, LINE, 'CTT*1'],
  }));
  const shown = inspect(interchange(sets), { set: '0002' });
  t.true(shown.includes('PO-B') && shown.includes('Interchange 000000042') && shown.includes('Group 7'));
  t.false(shown.includes('PO-A') || shown.includes('PO-C'));
});

test('an interchange that comes twice in a file is told from one that differs', (t) => {
  const file = order('BEG*00*SA*PO1**20260105', LINE, 'CTT*1');
  t.regex(inspect(file + file), /Interchange 000000042 · ! repeats one before it/);
  t.regex(inspect(file + file.replace('PO1**', 'PO2**')), /ISA-13 [^✗]* 000000042[^✗]*✗ TA105 025 /);
});

for (const [start, name] of [
  ["UNA:+.? 'UNB+UNOC:3+1+2'", 'EDIFACT'],
  ['<?xml version="1.0"?><Order/>', 'XML'],
  ['%PDF-1.7', 'a PDF'],
  ['{"kind":"purchase-order"}', 'JSON'],
] as const) {
  test(`a file that is ${name} is said to be so`, (t) => {
    const [, verdict] = inspect(start).split('\n');
    t.is(verdict, `✗ no X12 was found: it looks like ${name}, and only X12 is shown`);
    t.true(inspect(start, { as: html }).includes(`it looks like ${name}`));
  });
}
