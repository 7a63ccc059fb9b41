import { createHash } from 'node:crypto';
import test from 'ava';
import { html, inspect, interchange, order } from './inspections.ts';

const LINE = 'PO1*1*8*EA*3.25*PE*BP*PART-1';

const shown = (...segments: readonly string[]) => inspect(order(...segments), { as: html });

/** The tags of a page in their order, without their attributes. */
const tagsOf = (page: string) => [...page.matchAll(/<(\/?[a-z][a-z0-9]*)[^>]*>/g)].map((match) => match[1]!);

test('markup in a value is text', (t) => {
  const evil = `<script>alert(1)</script><img src=x onerror="a()">'&amp;`;
  const page = inspect(
    order(`BEG*00*SA*${evil}**20260105`, LINE, 'CTT*1').replaceAll('*ACMEIND ', '*<b>IND   '),
    {
      as: html,
      name: '"><script>.edi',
    },
  );
  const known =
    'html head meta title style body header h1 p ol li a nav details summary ul main section h2 h3 h4 span';
  const tags = new Set(`${known} dl dt dd code div table tbody tr td !doctype`.split(' '));
  t.deepEqual(
    [...new Set(tagsOf(page))].filter((tag) => !tags.has(tag.replace('/', ''))),
    [],
  );
  t.true(page.includes('&#60;script&#62;alert(1)&#60;/script&#62;'));
  t.true(page.includes('&#38;amp;'));
});

test('the page needs nothing from elsewhere and allows nothing but its one style sheet', (t) => {
  const page = shown('BEG*00*SA*PO1**20261340', LINE, 'CTT*1');
  t.notRegex(page, /<(script|link|img|iframe|object|embed|form)\b/);
  t.notRegex(page, /\s(style|src|on[a-z]+)=/);
  t.notRegex(page, /https?:|url\(|@import/);
  const [, style] = /<style>(.*)<\/style>/s.exec(page)!;
  const hash = createHash('sha256').update(style!).digest('base64');
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
  t.is(
    policy!.replaceAll('&#39;', "'"),
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('signs that are not seen are shown', (t) => {
  const page = shown('BEG*00*SA*a\x07\u202eb\u200bc**20260105', LINE, 'CTT*1');
  t.true(page.includes('a\\x07\\u202eb\\u200bc'));
  t.false(/[^\P{C}\n]/u.test(page), 'a control or format sign is left');
});

test('each problem of the list leads to its place, and stands under its element there', (t) => {
  const file = order('BEG*00*SA*PO1**20261340', 'CUR*BY', 'XYZ*1', LINE, 'CTT*1').replace('GE*1', 'GE*2');
  const page = inspect(file, { as: html });
  const links = [...page.matchAll(/<a href="#(b\d+)">/g)].map((match) => match[1]!);
  t.is(links.length, 4);
  for (const link of links) t.is(page.split(`id="${link}"`).length, 2, `${link} is there once`);
  t.regex(page, /BEG-05<\/td>.{0,200}20261340.{0,300}<li class="error" id="b\d+"><code>AK403 8<\/code>/);
  t.regex(page, /CUR-02<\/td>.{0,200}\(missing\).{0,300}<code>AK403 1<\/code>/);
});

test('many sets have a table of contents, and those without problems are closed', (t) => {
  const sets = Array.from({ length: 12 }, (_, i) => ({
    set: '850',
    segments: ['BEG*00*SA*PO1**20260105', `PO1*1*${i === 4 ? '1O' : '8'}*EA`, 'CTT*1'],
  }));
  const page = inspect(interchange(sets), { as: html });
  const listed = [...page.matchAll(/<a href="#(s\d+)">850 · (\d+)<\/a>/g)];
  t.is(listed.length, 12);
  for (const [, id] of listed) t.true(page.includes(`<details class="set" id="${id}"`));
  const open = [...page.matchAll(/<details class="set" id="(s\d+)" open>/g)].map((match) => match[1]);
  t.deepEqual(open, [listed[4]![1]]);
});

test('what is opened is closed in its order, however a file is cut or damaged', (t) => {
  const levels = [
    'BSN*00*S*20260105*0915',
    'HL*1**S',
    'HL*2*1*O',
    'HL*3*2*I',
    'LIN**BP*A',
    'HL*4*9*I',
    'HL*1*1*O',
  ];
  const file = interchange([{ set: '856', segments: levels }], 'SH');
  const ends = [...Array(Math.floor(file.length / 7)).keys()].map((i) => i * 7);
  for (const end of [...ends, file.length]) {
    const page = inspect(`junk\n${file.slice(0, end)}`, { as: html });
    const open: string[] = [];
    for (const tag of tagsOf(page).filter((one) => one !== 'meta')) {
      if (!tag.startsWith('/')) open.push(tag);
      else t.is(open.pop(), tag.slice(1), `cut at ${end}`);
    }
    t.deepEqual(open, []);
  }
});

test('a loop is open, and closed it says what it is about', (t) => {
  const page = shown('BEG*00*SA*PO1**20260105', 'N1*ST*ACME DC 12', 'N3*MAIN STREET', LINE, 'CTT*1');
  t.regex(
    page,
    /<details class="segment" open><summary>.*N1.*<span class="gist quiet">Ship-to party · ACME DC 12</,
  );
});
