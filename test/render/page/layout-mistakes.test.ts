import test from 'ava';
import { z } from 'zod';
import { mistakesIn } from './layouts.ts';

const schema = z.strictObject({
  date: z.string(),
  number: z.string(),
  lot: z.string().optional(),
  heat: z.string().optional(),
  customer: z.strictObject({ name: z.string(), city: z.string().optional() }),
  lines: z.array(z.strictObject({ item: z.string(), serials: z.array(z.string()).optional() })),
});

/** The mistakes of a layout with this body; its first line is line 3 of the file. */
function inBody(body: string): readonly string[] {
  return mistakesIn(schema, `title: x\nbody:\n${body}`);
}

const MISTAKES: readonly (readonly [what: string, body: string, told: readonly string[]])[] = [
  [
    'an unknown block',
    '  - tabel: line in lines',
    ['l.yaml:3:5 there is no block `tabel`; did you mean `table`?'],
  ],
  [
    'an unknown option',
    '  - text: a\n    bald: true',
    ['l.yaml:4:5 unknown key `bald`; did you mean `bold`?'],
  ],
  [
    'an unknown name',
    '  - text: "PO {{ nummber }}"',
    ['l.yaml:3:18 there is no `nummber`; did you mean `number`?'],
  ],
  [
    'an unknown name below a known one',
    '  - text: |\n      Dear\n      {{ customer.nam }}',
    ['l.yaml:5:10 `customer` has no `nam`; did you mean `name`?'],
  ],
  [
    'an unknown filter',
    '  - text: "{{ date | dat }}"',
    ['l.yaml:3:12 there is no filter `dat`; did you mean `date`?'],
  ],
  [
    'one of several values that may be absent',
    '  - text: "Lot {{ lot }}, heat {{ heat }}"',
    [
      'l.yaml:3:19 `lot` may be absent: ask with {% if lot %}, or give it a default',
      'l.yaml:3:35 `heat` may be absent: ask with {% if heat %}, or give it a default',
    ],
  ],
  [
    'an unknown list',
    '  - table: line in linse\n    columns: [{ value: "{{ line.item }}" }]',
    ['l.yaml:3:12 there is no list `linse`; did you mean `lines`?'],
  ],
  [
    'a loop through what is no list',
    '  - each: one in customer\n    blocks: [{ text: "{{ one.name }}" }]',
    ['l.yaml:3:11 `customer` is no list'],
  ],
  [
    'a loop without a name',
    '  - table: lines\n    columns: [{ value: a }]',
    [
      'l.yaml:3:12 table: expected a name for one of them and the list, such as `line in lines` (it is "lines")',
    ],
  ],
  [
    'a name of a loop that is taken',
    '  - table: number in lines\n    columns: [{ value: a }]',
    ['l.yaml:3:12 `number` is there already: choose another name'],
  ],
  [
    'a loop variable outside of its loop',
    '  - table: line in lines\n    columns: [{ value: a }]\n  - text: "{{ line.item }}"',
    ['l.yaml:5:15 there is no `line`; did you mean `lines`?'],
  ],
  [
    'a column without content',
    '  - table: line in lines\n    columns: [{ title: a }]',
    ['l.yaml:4:15 a column has either `value:` or `blocks:`'],
  ],
  [
    'a length without a unit',
    '  - space: 4',
    ['l.yaml:3:12 space: expected a length such as 18mm, 9pt or 0.5in (it is 4)'],
  ],
  [
    'a wrong unit',
    '  - space: 4px',
    ['l.yaml:3:12 space: expected a length such as 18mm, 9pt or 0.5in (it is "4px")'],
  ],
  [
    'a wrong colour',
    '  - { text: a, color: redd }',
    [
      'l.yaml:3:23 color: expected one of text, quiet, accent, line, shade, white, or a colour such as "#0b3d62" in quotes (it is "redd")',
    ],
  ],
  ['a missing image', '  - image: lgo.png', ['l.yaml:3:12 there is no image lgo.png beside the layout']],
  [
    'text where blocks belong',
    '  - blocks: a',
    ['l.yaml:3:13 blocks: expected a list of blocks: each line of it starts with `- ` (it is "a")'],
  ],
  [
    'a condition that cannot be read',
    '  - { text: a, when: nubmer }',
    ['l.yaml:3:22 there is no `nubmer`; did you mean `number`?'],
  ],
  [
    'a page name in the body',
    '  - text: "{{ page.number }}"',
    ['l.yaml:3:15 there is no `page`; known are date, number, lot, heat, customer, lines'],
  ],
];

for (const [what, body, told] of MISTAKES)
  test(`${what} is told with its place`, (t) => {
    t.deepEqual(inBody(body), told);
  });

test('all mistakes are told in one run', (t) => {
  const told = mistakesIn(schema, 'titel: x\nlanguage: english\nbody:\n  - txt: a\n  - text: "{{ nubmer }}"');
  t.deepEqual(
    told.map((one) => one.split(' ')[0]),
    ['l.yaml:1:1', 'l.yaml:2:11', 'l.yaml:4:5', 'l.yaml:5:15'],
  );
});

test('header and footer know the page, and an empty file is told', (t) => {
  t.deepEqual(
    mistakesIn(schema, 'title: x\nfooter:\n  - text: "{{ page.number }} {{ page.count }}"\nbody: []'),
    [],
  );
  t.deepEqual(mistakesIn(schema, ''), ['l.yaml:1:1 the file is empty']);
});
