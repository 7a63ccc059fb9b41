import test from 'ava';
import { z } from 'zod';
import { CannotDraw, renderPage } from '../../../src/render/page/render-page.ts';
import { INVOICE } from '../../../src/render/page/samples/sample-bills.ts';
import { SAMPLES } from '../../../src/render/page/samples/samples.ts';
import { layoutFrom, pdfOf } from './layouts.ts';
import { canReadPdf, readPages, readWords } from './read-pdf.ts';
import { NAMES } from './samples.ts';

const schema = z.strictObject({ date: z.string(), text: z.string(), list: z.array(z.string()).optional() });

/** The pages of a layout with this body, for a model of one text. */
function draw(body: string, text: string, head = ''): Uint8Array {
  return renderPage(layoutFrom(schema, `title: x\n${head}body:\n${body}`), { date: '2026-11-20', text });
}

function reasonsFor(body: string, text: string, head = ''): readonly string[] {
  try {
    draw(body, text, head);
    return [];
  } catch (error) {
    if (error instanceof CannotDraw) return error.reasons;
    throw error;
  }
}

const TEXT = '  - text: "{{ text }}"';

const UNDRAWABLE = [
  ['Chinese', '螺栓', 'U+87BA (螺), U+6813 (栓)'],
  ['Arabic, which the font holds', 'مقبول', 'U+0645 (م), U+0642 (ق), U+0628 (ب), U+0648 (و), U+0644 (ل)'],
  ['Hebrew, which the font holds', 'א', 'U+05D0 (א)'],
  ['a pictograph', '\u{1f4e6}', 'U+1F4E6 (\u{1f4e6})'],
  ['a control character', 'a\u0007b', 'U+0007'],
  ['a turn of direction', 'a\u202eb', 'U+202E'],
  ['a mark that no letter takes', 'q\u0308', 'U+0308'],
] as const;

for (const [what, text, signs] of UNDRAWABLE)
  test(`${what} is refused, and told`, (t) => {
    t.deepEqual(reasonsFor(TEXT, text), [
      `l.yaml:3:11 ${signs} in ${JSON.stringify(text)} cannot be printed: the fonts set Latin, Greek, Cyrillic, Armenian and Georgian`,
    ]);
  });

test('every reason is told at once', (t) => {
  const reasons = reasonsFor(`${TEXT}\n  - { barcode: "{{ text }}" }\n  - { image: "{{ text }}" }`, '螺');
  t.deepEqual(
    reasons.map((one) => one.split(' ')[0]),
    ['l.yaml:3:11', 'l.yaml:4:16', 'l.yaml:5:14'],
  );
  t.regex(reasons[1]!, /Code 128 "螺": expected 1 to 80 characters/);
  t.regex(reasons[2]!, /there is no image 螺 beside the layout/);
});

test('a barcode that is narrowed as far as a scanner bears and still too wide is told', (t) => {
  const body =
    '  - columns:\n      - { width: 40mm, blocks: [{ barcode: "{{ text }}" }] }\n      - { blocks: [] }';
  t.deepEqual(reasonsFor(body, 'SHP-1'), []);
  t.regex(reasonsFor(body, 'SHP-2026-0001234567890')[0]!, /takes \d+ mm, and there is room for \d+ mm/);
});

test('a barcode that may be left out is, where it cannot be made', (t) => {
  t.deepEqual(reasonsFor('  - { barcode: "{{ text }}", optional: true }', 'ü'.repeat(90)), []);
});

test('a value that its filter cannot take is told with its place', (t) => {
  t.deepEqual(reasonsFor('  - text: "{{ text | date }}"', 'soon'), [
    'l.yaml:3:12 date: "soon" is no ISO date such as 2024-01-31',
  ]);
});

test('a title with a control character is told: it would break the metadata', (t) => {
  const layout = layoutFrom(schema, 'title: "{{ text }}"\nbody: []');
  t.throws(() => renderPage(layout, { date: '2026-11-20', text: 'a\u0001' }), { message: /U\+0001/ });
});

test('header and footer that leave no room are told', (t) => {
  const head = 'header: [{ space: 9in }]\n';
  t.regex(reasonsFor(TEXT, 'a', head)[0]!, /header and footer leave no room/);
});

test('what is absent is left out with what is around it', (t) => {
  const layout = layoutFrom(
    schema,
    'title: x\nbody:\n  - { text: "Listed: {{ list | join: \', \' }}", when: list }\n  - text: "Also: {{ list | join }}"\n  - table: one in list\n    columns: [{ title: Head, value: "{{ one }}" }]',
  );
  const [empty, full] = [{}, { list: ['a'] }].map((more) =>
    renderPage(layout, { date: '2026-11-20', text: '', ...more }),
  );
  t.true(full!.length > empty!.length + 1000, 'the page without the list embeds no font');
});

test('composed and decomposed letters are the same page', (t) => {
  const [composed, decomposed] = ['Jürgen', 'Ju\u0308rgen'].map((name) =>
    Buffer.from(draw(TEXT, name))
      .toString('latin1')
      .replace(/\/ID \[.*\]/, ''),
  );
  t.is(composed, decomposed);
});

if (canReadPdf()) {
  test('a table of 1,000 rows has its head on every page and each row once, in order', (t) => {
    const [line] = INVOICE.lines;
    const lines = Array.from({ length: 1_000 }, (_, i) => ({
      ...line!,
      line: String(i + 1),
      item: `ITEM-${i + 1}-`,
    }));
    const pages = readPages(pdfOf('documents/invoice', { ...INVOICE, lines }));
    t.true(pages.length > 20);
    const numbers = pages.flatMap((page) => [...page.matchAll(/ITEM-(\d+)-/g)].map(([, n]) => Number(n)));
    t.deepEqual(
      numbers,
      lines.map((_, i) => i + 1),
    );
    for (const [i, page] of pages.entries()) {
      t.true(page.includes(`Page ${i + 1} of ${pages.length}`));
      t.is(page.includes('PO Line Item'), page.includes('ITEM-'), `page ${i + 1}`);
    }
    t.true(pages.at(-1)!.includes('USD 5,871.44'));
    const last = pages.findLast((page) => page.includes('Ohio sales tax'))!;
    t.true(last.includes('ITEM-1000-'), 'the totals stay with the last row');
  });

  test('a row that is higher than a page goes on on the next, with all that is in it', (t) => {
    const [line] = INVOICE.lines;
    const serials = Array.from({ length: 3_000 }, (_, i) => `S${i}.`);
    const pages = readPages(pdfOf('documents/invoice', { ...INVOICE, lines: [{ ...line!, serials }] }));
    t.true(pages.length > 2);
    const found = pages.flatMap((page) => [...page.matchAll(/S(\d+)\./g)].map(([, n]) => Number(n)));
    t.deepEqual(
      found,
      serials.map((_, i) => i),
    );
  });

  for (const name of NAMES)
    test(`names of 200 characters, with and without spaces, stay on the page of ${name}`, (t) => {
      const long = JSON.parse(
        JSON.stringify(SAMPLES[name], (key, value) => (LENGTHENED.has(key) ? lengthen(value) : value)),
      ) as never;
      const words = readWords(pdfOf(name, long));
      t.true(words.length > 100);
      const outside = words.filter(
        ({ left, right, top, bottom }) => left < 36 || right > 612 - 36 || top < 24 || bottom > 792 - 24,
      );
      t.deepEqual(outside, []);
      const text = words.map((word) => word.text).join('');
      t.true(text.includes('ZZZ'), 'its end is there');
    });
}

const LENGTHENED = new Set([
  'name',
  'item',
  'description',
  'reason',
  'method',
  'title',
  'property',
  'customerItem',
]);

function lengthen(value: string): string {
  return `${value} ${'Unbroken'.repeat(12)} ${'some words '.repeat(9)}ZZZ`;
}
