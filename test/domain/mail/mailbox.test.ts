import test from 'ava';
import { domainOf, readMailbox } from '../../../src/domain/mail/mailbox.ts';

test('an address is read with its name, or alone', (t) => {
  t.deepEqual(readMailbox('orders@acme.example'), { address: 'orders@acme.example' });
  t.deepEqual(readMailbox('Orders at Acme <orders@acme.example>'), {
    name: 'Orders at Acme',
    address: 'orders@acme.example',
  });
  t.deepEqual(readMailbox('"Müller, Söhne" <o@x.example>'), {
    name: 'Müller, Söhne',
    address: 'o@x.example',
  });
  t.deepEqual(readMailbox('<o@x.example>'), { address: 'o@x.example' });
  t.is(domainOf({ address: 'a@B.Example' }), 'b.example');
});

test('what could begin a header of its own, or is two addresses, is none', (t) => {
  for (const text of [
    '',
    'acme',
    'a@',
    '@b.example',
    'a b@c.example',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'Name\nBcc: x <a@b.example>',
    'A <a@b.example> <c@d.example>',
    '<a@b.example',
    `${'a'.repeat(250)}@b.example`,
  ])
    t.is(readMailbox(text), undefined, text);
});

test('a huge name is cut, so that no header grows without end', (t) => {
  t.is(readMailbox(`${'n'.repeat(5_000)} <a@b.example>`)!.name!.length, 200);
});
