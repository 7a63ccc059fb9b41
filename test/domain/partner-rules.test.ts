import test from 'ava';
import { type PartnerFile, partnerFile } from '../../src/domain/partner/partner.ts';
import { acknowledgementOf, isAgreed, takenSets } from '../../src/domain/partner/received-sets.ts';
import { leniencyOf } from '../../src/domain/partner/tolerance.ts';
import { DEFAULT_TOLERANCE } from '../../src/x12/tolerate/tolerance.ts';
import { ERROR_KINDS } from '../../src/x12/validate/policy.ts';

function parse(more: object): PartnerFile {
  return partnerFile.parse({
    id: 'acme',
    name: 'Acme',
    identity: { x12: { interchange: 'ZZ:ACME', group: 'ACME' } },
    ...more,
  });
}

test('a partner file that says nothing tolerates what the reader does by default', (t) => {
  t.deepEqual(parse({}).x12.tolerate, DEFAULT_TOLERANCE);
});

test('every kind of error can be named in a partner file', (t) => {
  t.deepEqual([...leniencyOf('note').keys()].sort(), [...ERROR_KINDS].sort());
});

test('errors of a set are laid over those of all sets, and a kind over `all`', (t) => {
  const { x12, receive } = parse({
    x12: { errors: { all: 'note', 'bad-date': 'refuse' } },
    receive: { '850': { errors: { 'too-long': 'warn' } }, '860': { errors: 'refuse' } },
  });
  const of850 = leniencyOf(x12.errors, receive['850']!.errors);
  t.is(of850.get('bad-code'), 'note');
  t.is(of850.get('bad-date'), 'refuse');
  t.is(of850.get('too-long'), 'warn');
  t.deepEqual(new Set(leniencyOf(x12.errors, receive['860']!.errors).values()), new Set(['refuse']));
  t.is(leniencyOf(undefined, undefined).size, 0);
});

test('a set is acknowledged as it says, else as `other` where it is not listed, else as the partner', (t) => {
  const file = parse({
    x12: { acknowledge: '999' },
    receive: { '850': {}, '860': { acknowledge: '997' }, other: { acknowledge: 'none' } },
  });
  t.is(acknowledgementOf(file, '850'), '999');
  t.is(acknowledgementOf(file, '860'), '997');
  t.is(acknowledgementOf(file, '810'), 'none');
  t.is(acknowledgementOf(parse({}), '810'), '997');
});

test('the refusal of other sets is itself acknowledged', (t) => {
  const file = parse({ receive: { '850': {}, other: { acknowledge: 'refuse' } } });
  t.is(acknowledgementOf(file, '810'), '997');
  t.deepEqual([...(takenSets(file) as ReadonlySet<string>)].sort(), ['824', '850', '997', '999']);
  t.is(takenSets(parse({})), 'any');
});

test('acknowledgements of what we sent are agreed without being listed', (t) => {
  const file = parse({ receive: { '850': {} } });
  t.deepEqual(
    ['850', '997', '999', '824', '810', 'other'].map((set) => isAgreed(file, set)),
    [true, true, true, true, false, false],
  );
});
