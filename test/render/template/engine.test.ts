import test from 'ava';
import { z } from 'zod';
import {
  createTemplateEngine,
  type EngineSettings,
  TemplateFault,
} from '../../../src/render/template/engine.ts';
import { markUp } from '../../../src/render/template/markup.ts';

const MODEL = z.object({
  order: z.object({
    poNumber: z.string(),
    note: z.string().optional(),
    shipTo: z.object({ name: z.string().optional() }).optional(),
  }),
  total: z.string(),
  currency: z.string(),
  status: z.enum(['open', 'closed']),
  lines: z.array(z.object({ item: z.string(), quantity: z.string(), lot: z.string().optional() })),
  content: z.any(),
});

const VALUE: z.infer<typeof MODEL> = {
  order: { poNumber: 'PO-1' },
  total: '1234567.5',
  currency: 'EUR',
  status: 'open',
  lines: [
    { item: 'A', quantity: '10.50' },
    { item: 'B', quantity: '9', lot: 'L1' },
  ],
  content: markUp('<b>sound</b>'),
};

const PLAIN: EngineSettings = { locale: 'en', output: 'text', words: new Map([['open', 'still open']]) };

function compile(text: string, settings: Partial<EngineSettings> = {}) {
  const place = { file: 't.liquid', line: 10, column: 5 };
  return createTemplateEngine({ ...PLAIN, ...settings }).compile({ text, place }, MODEL);
}

function mistakes(text: string, settings: Partial<EngineSettings> = {}): readonly string[] {
  return compile(text, settings).mistakes.map(
    ({ file, line, column, message }) => `${file}:${line}:${column} ${message}`,
  );
}

function render(text: string, settings: Partial<EngineSettings> = {}, value = VALUE): string {
  const { template, mistakes: found } = compile(text, settings);
  if (template === undefined) throw new Error(JSON.stringify(found));
  return template.render(value);
}

test('a name that the model does not have is told with its place and what was meant', (t) => {
  t.deepEqual(mistakes('{{ ordr.poNumber }}\n  {{ order.poNumbr }}'), [
    't.liquid:10:8 there is no `ordr`; did you mean `order`?',
    't.liquid:11:6 `order` has no `poNumbr`; did you mean `poNumber`?',
  ]);
});

test('names of a loop end with it, and those of its items are known', (t) => {
  t.deepEqual(
    mistakes(
      '{% for line in lines %}{{ line.item }}{{ line.itm }}{{ forloop.index }}{% endfor %}{{ line.item }}',
    ),
    [
      't.liquid:10:46 `line` has no `itm`; did you mean `item`?',
      't.liquid:10:91 there is no `line`; did you mean `lines`?',
    ],
  );
  t.deepEqual(mistakes('{% for one in total %}{% endfor %}'), ['t.liquid:10:19 `total` is no list']);
});

test('what may be absent is asked about or has a default before it is shown', (t) => {
  t.deepEqual(mistakes('{{ order.note }}'), [
    't.liquid:10:8 `order.note` may be absent: ask with {% if order.note %}, or give it a default',
  ]);
  t.is(
    mistakes('{% if order.note or total %}{{ order.note }}{% endif %}').length,
    1,
    'one of two may be absent',
  );
  t.is(mistakes('{% if order.note %}x{% else %}{{ order.note }}{% endif %}').length, 1);
  t.is(mistakes('{% for line in lines %}{{ line.lot }}{% endfor %}').length, 1);
  const asked = "{% if order.shipTo.name %}{{ order.shipTo.name }}{% endif %}{{ order.note | default: '-' }}";
  t.deepEqual(mistakes(asked), []);
  t.is(render(asked), '-');
  t.is(render(asked, {}, { ...VALUE, order: { poNumber: '', note: 'n', shipTo: { name: 'DC' } } }), 'DCn');
  t.deepEqual(mistakes('{% unless order.note %}none{% else %}{{ order.note }}{% endunless %}'), []);
  t.deepEqual(mistakes("{% case order.note %}{% when 'a' %}{{ order.note }}{% else %}-{% endcase %}"), []);
});

test('filters and tags are those that are exact, know no clock and open no file', (t) => {
  t.deepEqual(mistakes('{{ total | plus: 1 }}'), ['t.liquid:10:5 there is no filter `plus`']);
  t.deepEqual(
    mistakes("{% include 'x' %}").map((text) => text.slice(0, 44)),
    ['t.liquid:10:5 there is no tag `include`; kno'],
  );
  for (const tag of ["{% render 'x' %}", "{% layout 'x' %}", '{% capture x %}', '{% increment x %}'])
    t.regex(mistakes(tag)[0] ?? '', /there is no tag/, tag);
  for (const filter of ['raw', 'times: 2', 'round', 'json', 'date_to_string', 'at_least: 2'])
    t.is(mistakes(`{{ total | ${filter} }}`).length, 1, filter);
});

test('every mistake of the syntax is told at once', (t) => {
  t.deepEqual(mistakes('{{ total | a }}\n{{ total | b }}').length, 2);
  t.deepEqual(mistakes('{% if total %}'), ['t.liquid:10:5 tag {% if total %} not closed']);
});

test('values are escaped in HTML, in every way that they get there', (t) => {
  const value = { ...VALUE, order: { poNumber: `<script>"a" & 'b'` } };
  const html = { output: 'html' } as const;
  t.is(render('{{ order.poNumber }}', html, value), '&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;');
  t.is(
    render("{{ order.poNumber | append: '<' }}", html, value),
    '&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;',
  );
  t.is(
    render('{% assign x = order.poNumber %}{{ x }}', html, value),
    '&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;',
  );
  t.is(
    render('{{ order.poNumber | newline_to_br }}', html, { ...VALUE, order: { poNumber: '<a>\nb' } }),
    '&lt;a&gt;<br>b',
  );
  t.is(render('{{ content }}', html), '<b>sound</b>', 'what we made ourselves is put in as it is');
  t.is(render('{{ order.poNumber }}', {}, value), `<script>"a" & 'b'`);
});

test('dates and amounts are those of the language, exact to the last digit', (t) => {
  const value = { ...VALUE, total: '12345678901234567890.123' };
  t.is(render('{{ total | money: currency }}', {}, value), 'EUR\u00a012,345,678,901,234,567,890.123');
  t.is(render('{{ total | money: currency }}', { locale: 'de' }), '1.234.567,50\u00a0EUR');
  t.is(render("{{ '5' | money: 'JPY' }} {{ '-0.5' | money: 'USD' }}"), 'JPY\u00a05 -USD\u00a00.50');
  t.is(
    render("{{ '3.2500' | quantity }} {{ '1000' | quantity }} {{ lines.size | quantity }}", { locale: 'de' }),
    '3,25 1.000 2',
  );
  t.is(render("{{ '2026-03-04' | date }}"), 'March 4, 2026');
  t.is(
    render("{{ '2026-03-04' | date }} {{ '2026-03-04T23:30:00Z' | date: 'short' }}", { locale: 'de' }),
    '4. März 2026 04. März 2026',
  );
});

test('decimals are compared by what they are worth, other texts as they are written', (t) => {
  const each = (condition: string) =>
    render(`{% for l in lines %}{% if ${condition} %}{{ l.item }}{% endif %}{% endfor %}`);
  t.is(each("l.quantity > '9.9'"), 'A');
  t.is(each('l.quantity <= 9'), 'B');
  t.is(each('l.quantity == 9.0'), 'B');
  t.is(each("l.quantity == '9.0'"), '', 'two texts are the same text or not');
  t.is(
    render("{% if '0815' == '815' %}same{% endif %}{% if '2026-01-02' > '2026-01-01' %}later{% endif %}"),
    'later',
  );
});

test('a value that cannot be shown ends the rendering, with the place in the template', (t) => {
  for (const [text, reason] of [
    ['x\n{{ order.poNumber | money: currency }}', 't.liquid:11:1 money: "PO-1" is no decimal'],
    ['{{ total | money: order.poNumber }}', 't.liquid:10:5 money: "PO-1" is no currency such as USD'],
    ['{{ order.poNumber | date }}', 't.liquid:10:5 date: "PO-1" is no ISO date such as 2024-01-31'],
    ["{{ 'now' | date }}", 't.liquid:10:5 date: "now" is no ISO date such as 2024-01-31'],
    ["{{ '2026-02-31' | date }}", 't.liquid:10:5 date: "2026-02-31" is no ISO date such as 2024-01-31'],
  ] as const) {
    const error = t.throws(() => render(text), { instanceOf: TemplateFault });
    t.is(error.message, reason);
  }
});

test('words are those of the language; one that is missing for a value that may come is a mistake', (t) => {
  t.deepEqual(mistakes('{{ status | word }}'), [
    't.liquid:10:8 no word is given for `closed`; known are open',
  ]);
  t.deepEqual(mistakes("{{ 'opn' | word }}"), [
    't.liquid:10:8 no word is given for `opn`; did you mean `open`?',
  ]);
  const words = new Map([
    ['open', 'offen'],
    ['closed', 'zu'],
  ]);
  t.is(render('{{ status | word }}', { words }), 'offen');
});

test('parts see the names where they stand, and their mistakes are told in their own file', (t) => {
  const part = (text: string) => ({ text, place: { file: 'part.liquid', line: 1, column: 1 } });
  const parts = new Map([
    ['line', part('{{ l.item }}{{ l.quantity }};')],
    ['wrong', part('\n{{ l.itm }}')],
    ['round', part("{% part 'round' %}")],
  ]);
  t.is(render("{% for l in lines %}{% part 'line' %}{% endfor %}", { parts }), 'A10.50;B9;');
  t.deepEqual(mistakes("{% for l in lines %}{% part 'wrong' %}{% endfor %}", { parts }), [
    'part.liquid:2:4 `l` has no `itm`; did you mean `item`?',
  ]);
  t.deepEqual(mistakes("{% part 'round' %}", { parts }), ["part.liquid:1:1 the part 'round' puts itself in"]);
  t.deepEqual(mistakes("{% part 'lien' %}", { parts }), [
    "t.liquid:10:5 there is no part 'lien'; did you mean `line`?",
  ]);
});

test('no name leads out of the model', (t) => {
  for (const name of ['constructor', '__proto__', 'toString', 'order.constructor', 'lines.filter'])
    t.is(mistakes(`{{ ${name} }}`).length, 1, name);
});
