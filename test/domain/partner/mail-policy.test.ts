import test from 'ava';
import { MAIL_KINDS } from '../../../src/domain/mail/mail-kinds.ts';
import { companyMail, mailPolicy } from '../../../src/domain/partner/mail-policy.ts';

const COMPANY = { from: 'Orders <orders@us.example>', smtp: { host: 'smtp.us.example' } };

function wrong(schema: typeof companyMail | typeof mailPolicy, value: object): readonly string[] {
  return (schema.safeParse(value).error?.issues ?? []).map(({ message }) => message);
}

test('addresses are enough: every mail but the first is sent, in English', (t) => {
  t.deepEqual(mailPolicy.parse({ to: ['a@b.example'] }), {
    to: ['a@b.example'],
    language: 'en',
    send: MAIL_KINDS.filter((kind) => kind !== 'order-received'),
    attach: ['invoice', 'certificates'],
  });
  t.is(
    companyMail.parse(COMPANY).smtp.security,
    'starttls',
    'nothing leaves in clear unless it is asked for',
  );
});

test('what would send to nobody, or in no language, is refused', (t) => {
  t.is(wrong(mailPolicy, { to: [] }).length, 1);
  t.is(wrong(mailPolicy, { to: ['a@b.example, c@d.example'] }).length, 1);
  t.is(wrong(mailPolicy, { to: ['a@b.example\nBcc: c@d.example'] }).length, 1);
  t.is(wrong(mailPolicy, { to: ['a@b.example'], language: 'german' }).length, 1);
  t.is(wrong(mailPolicy, { to: ['a@b.example'], send: ['order-shipped'] }).length, 1);
});

test('a password is never sent in clear, and never stands in the file', (t) => {
  const smtp = (over: object) => wrong(companyMail, { ...COMPANY, smtp: { ...COMPANY.smtp, ...over } });
  t.deepEqual(smtp({ user: 'u', password: 'env:P' }), []);
  t.deepEqual(smtp({ user: 'u', password: 'env:P', security: 'none' }), [
    'a password is not sent in clear: expected security starttls or tls',
  ]);
  t.deepEqual(smtp({ user: 'u' }), ['expected user and password, or neither']);
  t.deepEqual(smtp({ user: 'u', password: 'hunter2' }), ['expected env:NAME or file:PATH']);
});

test('where tracking numbers are looked up is an address with the number in it', (t) => {
  const tracking = (UPSN: string) => wrong(companyMail, { ...COMPANY, tracking: { UPSN } });
  t.deepEqual(tracking('https://ups.example/?n={number}'), []);
  for (const address of ['https://ups.example/', 'http://ups.example/{number}', 'javascript:{number}'])
    t.is(tracking(address).length, 1, address);
});
