import test from 'ava';
import { type PartnerFile, partnerFile } from '../../src/domain/partner/partner.ts';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { describeInterchange } from '../../src/pipeline/documents/describe-report.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { tellAnswers } from '../corpus/acknowledgement.ts';
import { interchange, order } from '../x12/support.ts';

const root = new URL('../../', import.meta.url).pathname;
const configuration = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });
const acme = configuration.partners.get('acme')!;

/** Acme under other rules: what goes back, and what a person reads. */
function validate(text: string, rules: { x12?: object; receive?: object }) {
  const { identity, id, name } = acme.file;
  const file: PartnerFile = partnerFile.parse({ id, name, identity, ...rules });
  const bytes = Buffer.from(text.replaceAll('HOUSE   ', 'CAUSEWAY'), 'latin1');
  const found = validateFile(bytes, configuration, { ...acme, file }, '2026-01-05T09:15:00.000Z');
  return {
    answer: tellAnswers(found.acknowledgements),
    told: [...found.junk.map(({ message }) => message), ...found.reports.flatMap(describeInterchange)].join(
      '\n',
    ),
    sound: found.sound,
  };
}

const LINE = 'PO1*1*2*EA*3.50**VP*X1';
const BAD_CODE = interchange({ sets: [order('0001', ['N1*@@*ACME*92*77', LINE])] });
const TOO_LONG = interchange({ sets: [order('0001', ['PO1*1*2*EACH*3.50**VP*X1'])] });

test('an error refuses the set, or is noted, or only told to us, as the partner file says', (t) => {
  const errors = (said: unknown) => validate(BAD_CODE, { x12: { errors: said } });
  t.is(errors(undefined).answer, 'AK3*N1*3*N1*8 AK4*1*98*7 AK5*R*5 AK9*R*1*1*0');
  t.is(errors({ 'bad-code': 'note' }).answer, 'AK3*N1*3*N1*8 AK4*1*98*7 AK5*E AK9*E*1*1*1');
  t.is(errors({ 'bad-code': 'warn' }).answer, 'AK5*A AK9*A*1*1*1');
  t.regex(errors({ 'bad-code': 'warn' }).told, /warning at byte \d+: N1-01 .* is "@@"/);
  t.is(errors({ 'too-long': 'note' }).answer, errors(undefined).answer);
  t.is(errors('warn').answer, 'AK5*A AK9*A*1*1*1');
});

test('what a set says goes before what the partner says', (t) => {
  const rules = { x12: { errors: 'note' }, receive: { '850': { errors: { 'bad-code': 'refuse' } } } };
  t.regex(validate(BAD_CODE, rules).answer, /AK5\*R\*5/);
  t.regex(validate(TOO_LONG, rules).answer, /AK5\*E AK9\*E/);
});

const SHIP_NOTICE = ['ST*856*0001', 'BSN*00*S1*20260105*0930', 'SE*3*0001'];
const UNKNOWN = ['ST*214*0001', 'B10*REF*1*SCAC', 'SE*3*0001'];
const unlisted = (group: string, set: string[]) =>
  interchange({ sets: [set] }).replace('GS*PO', `GS*${group}`);

test('a set that is not listed and not held is accepted on its envelope, and acknowledged', (t) => {
  const { answer, told, sound } = validate(unlisted('QM', UNKNOWN), { receive: { '850': {} } });
  t.is(answer, 'AK5*A AK9*A*1*1*1');
  t.true(sound);
  t.regex(told, /warning at byte 151: set 214 is not held in this version: accepted on its envelope/);
});

test('or nothing goes back', (t) => {
  const receive = { '850': {}, other: { acknowledge: 'none' } };
  t.is(validate(unlisted('QM', UNKNOWN), { receive }).answer, '');
  t.is(validate(unlisted('SH', SHIP_NOTICE), { receive }).answer, '');
  t.is(validate(interchange(), { receive }).answer, 'AK5*A AK9*A*1*1*1');
});

test('or it is refused, held or not: AK502 1, and AK905 1 for a group of no agreed set', (t) => {
  const receive = { '850': {}, other: { acknowledge: 'refuse' } };
  t.is(validate(unlisted('QM', UNKNOWN), { receive }).answer, 'AK5*R*1 AK9*R*1*1*0*1');
  t.regex(validate(unlisted('SH', SHIP_NOTICE), { receive }).answer, /AK5\*R\*1\*5 AK9\*R\*1\*1\*0\*1$/);
  const mixed = interchange({ sets: [order('0001'), ['ST*875*0002', 'G50*N*20260105*1', 'SE*3*0002']] });
  t.is(validate(mixed, { receive }).answer, 'AK5*A AK5*R*1 AK9*P*2*2*1');
});

test('a set that is listed and not held is accepted on its envelope, whatever becomes of others', (t) => {
  const receive = { '214': {}, other: { acknowledge: 'refuse' } };
  t.is(validate(unlisted('QM', UNKNOWN), { receive }).answer, 'AK5*A AK9*A*1*1*1');
});

test('a version that is not held refuses the group, or is read by the nearest, which only warns', (t) => {
  const text = interchange({ gs08: '002040', sets: [order('0001', ['PO1*1*2*EACH*3.50'])] });
  t.is(validate(text, {}).answer, 'AK5*R AK9*R*1*1*0*2');
  const warned = validate(text, { x12: { tolerate: { 'unknown-version': 'warn' } } });
  t.is(warned.answer, 'AK5*A AK9*A*1*1*1');
  t.regex(warned.told, /version 002040 is not held: \d{6} serves, and findings only warn/);
  t.regex(validate(text, { x12: { tolerate: { 'unknown-version': 'note' } } }).answer, /AK9\*E/);
});

test('what is tolerated is told with its place and its cure', (t) => {
  const text = interchange()
    .replace('HOUSE   ', 'CAUSEWAY')
    .replace(/ +\*/g, '*')
    .replaceAll('~', '~\n\n')
    .slice(0, -3);
  const { answer, told } = validate(text, {});
  t.is(answer, 'AK5*A AK9*A*1*1*1');
  t.regex(told, /warning at byte 0: the elements of the ISA are not padded to their widths/);
  t.regex(told, /warning at byte \d+: blank lines .*: no more than one line end may follow a terminator/);
  t.regex(
    told,
    /warning at byte \d+: the last segment has no terminator: end the IEA like every other segment/,
  );
  t.notRegex(validate(text, { x12: { tolerate: { 'unpadded-isa': 'accept' } } }).told, /padded/);
  t.is(validate(text, { x12: { tolerate: { 'unpadded-isa': 'refuse' } } }).answer, 'TA1*R*022');
  t.is(
    validate(text, { x12: { tolerate: { 'unpadded-isa': 'note' } } }).answer,
    'TA1*E*022 AK5*A AK9*A*1*1*1',
  );
});
