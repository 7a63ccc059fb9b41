import { fileURLToPath } from 'node:url';
import test from 'ava';
import { MAIL_KINDS, type MailKind } from '../../../src/domain/mail/mail-kinds.ts';
import { MAIL_MODELS } from '../../../src/domain/mail/mail-model.ts';
import { loadTemplates, templatesFor } from '../../../src/pipeline/configuration/load-templates.ts';
import { readMailFile } from '../../../src/render/mail/mail-file.ts';
import { compileMails, listLanguages, type WriteMail } from '../../../src/render/mail/mail-templates.ts';
import { SAMPLES } from './sample-mails.ts';

const FILES = loadTemplates(fileURLToPath(new URL('../../../templates', import.meta.url)));
const COMPANY = { name: 'Causeway <Präzision> & Co', signature: ['Hafen 12 & 13'] };

const compiled = new Map(['en', 'de', 'de-AT'].map((locale) => [locale, compileMails(FILES, locale)]));

function write(kind: MailKind, locale: string, templates = compiled.get(locale)!) {
  const writer = templates.writers[kind] as WriteMail<typeof kind>;
  return writer(SAMPLES[kind] as never, COMPANY);
}

test('the samples are what a mail may say', (t) => {
  for (const kind of MAIL_KINDS) t.true(MAIL_MODELS[kind].safeParse(SAMPLES[kind]).success, kind);
});

test('every mail is there in English and German, without mistakes, and says what its model says', (t) => {
  t.deepEqual(listLanguages(FILES), ['de', 'en']);
  const facts: Readonly<Record<MailKind, readonly string[]>> = {
    'order-received': ['PO1000001', 'GAUGE-0815', '4711-00012345', 'BOLT-M8'],
    'order-confirmed': ['PO1000001', 'GAUGE-0815', 'Werk Überlingen', 'Straße am Hafen 12'],
    'order-rejected': ['PO2', 'NO-SUCH'],
    'order-changed': ['PO1000001', 'GAUGE-0815', '12\u{20}EA'],
    backordered: ['PO1000001', 'GAUGE-0815'],
    shipped: ['S-000123', 'PO1000001', 'DHL Freight', 'JJD000123456789012345', 'L-2026-44', 'SN100005'],
    invoice: ['INV-2026-000042', 'PO1000001', 'GAUGE-0815'],
    certificate: ['CAL-2026-0007', 'CAL-2026-0003', 'SN100001', 'GAUGE-0815'],
  };
  for (const locale of ['en', 'de']) {
    t.deepEqual(compiled.get(locale)!.mistakes, [], locale);
    for (const kind of MAIL_KINDS) {
      const { subject, text, html } = write(kind, locale);
      t.regex(subject, /\S/);
      for (const fact of facts[kind]) {
        t.true(text.includes(fact), `${kind}.${locale} text says ${fact}`);
        t.true(html.includes(fact), `${kind}.${locale} HTML says ${fact}`);
      }
    }
  }
});

test('amounts and dates are in the language of the mail', (t) => {
  const [en, de, at] = ['en', 'de', 'de-AT'].map((locale) => write('order-confirmed', locale).text);
  t.true(en!.includes('EUR\u00a012,345.50') && en!.includes('November 20, 2026'));
  t.true(de!.includes('12.345,50\u00a0EUR') && de!.includes('20. November 2026'));
  t.true(at!.includes('EUR\u00a012.345,50'), 'Austria puts the currency in front');
});

test('what comes from outside is shown and does nothing in HTML; links lead where they should', (t) => {
  for (const kind of MAIL_KINDS) {
    const { html } = write(kind, 'de');
    t.false(/<(kalibriert|Präzision|Söhne)>/.test(html), kind);
    t.true(html.includes('Causeway &lt;Präzision&gt; &amp; Co'), kind);
    t.true(html.includes('<html lang="de">'));
    t.false(/<script|src=|url\(/i.test(html), `${kind} loads nothing`);
  }
  t.true(write('order-confirmed', 'de').html.includes('&lt;kalibriert&gt;'));
  const { html, text } = write('shipped', 'en');
  t.true(html.includes('href="https://track.example/?id=JJD000123456789012345&amp;lang=de"'));
  t.true(text.includes('https://track.example/?id=JJD000123456789012345&lang=de'));
});

test('a subject is one line of bounded length, whatever the order is called', (t) => {
  const model = {
    ...SAMPLES['order-confirmed'],
    order: {
      ...SAMPLES['order-confirmed'].order,
      poNumber: `A\r\nBcc: x@y.example\u0000${'9'.repeat(5_000)}`,
    },
  };
  const { subject } = compileMails(FILES, 'en').writers['order-confirmed']!(model, COMPANY);
  t.true(subject.startsWith('Order A Bcc: x@y.example 9'));
  t.is(subject.length, 250);
  t.false(/[\r\n\0]/.test(subject));
});

test('the signature begins with the line that mail programs know, RFC 3676 4.3', (t) => {
  t.true(write('invoice', 'en').text.includes('\n-- \nCauseway <Präzision> & Co\nHafen 12 & 13\n'));
});

test('the same model gives the same text, and no empty lines pile up', (t) => {
  for (const kind of MAIL_KINDS) {
    t.deepEqual(write(kind, 'de'), write(kind, 'de'));
    t.false(/\n\n\n/.test(write(kind, 'de').text), kind);
  }
});

test("a partner's own template takes the place of the one of its name, and its mistakes are told in it", (t) => {
  const own = (text: string) =>
    templatesFor(FILES, new Map([['mails/invoice.en.liquid', { file: 'own/invoice.en.liquid', text }]]));
  const ours = own(
    '--- subject\nBill {{ invoice.number }}\n--- preview\nx\n--- text\ntext\n--- html\n<p>html</p>\n',
  );
  t.is(write('invoice', 'en', compileMails(ours, 'en')).subject, 'Bill INV-2026-000042');
  t.is(write('shipped', 'en', compileMails(ours, 'en')).subject, write('shipped', 'en').subject);
  const broken = compileMails(
    own('--- subject\n{{ invoice.nr }}\n--- preview\n--- text\n\n{{ x }}\n--- html\n'),
    'en',
  );
  t.deepEqual(
    broken.mistakes.map(({ file, line, column }) => `${file}:${line}:${column}`),
    ['own/invoice.en.liquid:2:4', 'own/invoice.en.liquid:6:4'],
  );
  t.is(broken.writers.invoice, undefined);
  t.truthy(broken.writers.shipped, 'the others are not touched');
});

test('sections of a mail are each there once', (t) => {
  const tell = (text: string) =>
    readMailFile('m', text).mistakes.map(({ line, message }) => `${line} ${message}`);
  t.deepEqual(tell('--- subject\n--- preview\n--- text\n--- html\n'), []);
  t.deepEqual(tell('Hello\n--- subject\n--- subjct\n--- text\n--- text\n--- html'), [
    '1 expected a line such as `--- subject` above this one',
    '3 there is no section `subjct`; did you mean `subject`?',
    '5 the section `text` is there twice',
    '1 the section `--- preview` is missing',
  ]);
});
