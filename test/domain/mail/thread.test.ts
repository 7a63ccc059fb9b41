import test from 'ava';
import { answerMail, followMail, type MailOrigin } from '../../../src/domain/mail/thread.ts';

const ORIGIN: MailOrigin = {
  messageId: '<m3@buyer>',
  references: ['<m1@buyer>', '<m2@us>'],
  subject: 'Bestellung 4711',
  automatic: false,
};

test('an answer names the mail that it answers behind all that this one named, RFC 5322 3.6.4', (t) => {
  t.deepEqual(answerMail(ORIGIN), {
    inReplyTo: '<m3@buyer>',
    references: ['<m1@buyer>', '<m2@us>', '<m3@buyer>'],
    subject: 'Re: Bestellung 4711',
  });
  t.deepEqual(followMail('<first@us>'), { inReplyTo: '<first@us>', references: ['<first@us>'] });
});

test('Re: stands once, however often and in which language it was answered', (t) => {
  for (const subject of ['Re: Order 1', 'RE: AW: Order 1', 'Re[2]: Fwd: Order 1', 'WG: Order 1'])
    t.is(answerMail({ ...ORIGIN, subject }).subject, 'Re: Order 1', subject);
  t.is(answerMail({ ...ORIGIN, subject: 'Recall of order 1' }).subject, 'Re: Recall of order 1');
  t.is(answerMail({ ...ORIGIN, subject: ' ' }).subject, undefined, 'ours is better than none');
});

test('what a machine sent is not answered, nor what has no sound Message-ID', (t) => {
  t.deepEqual(answerMail({ ...ORIGIN, automatic: true }), { references: [] });
  t.deepEqual(answerMail({ ...ORIGIN, messageId: '<a@b>\r\nBcc: x@y' }), { references: [] });
  t.deepEqual(answerMail({ ...ORIGIN, references: ['<a@b>', 'x\r\nBcc: y'] }).references, [
    '<a@b>',
    '<m3@buyer>',
  ]);
});

test('of a long thread the first and the last mails are named', (t) => {
  const references = Array.from({ length: 500 }, (_, i) => `<${i}@buyer>`);
  const named = answerMail({ ...ORIGIN, references }).references;
  t.is(named.length, 20);
  t.is(named[0], '<0@buyer>');
  t.deepEqual(named.slice(-2), ['<499@buyer>', '<m3@buyer>']);
});
