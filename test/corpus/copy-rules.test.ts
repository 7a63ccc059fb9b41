import test from 'ava';
import { interchange } from '../x12/support.ts';
import { copyInterchanges } from './copy-file.ts';
import { COPY_RULES, explainCopy } from './copy-rules.ts';

const sound = interchange();
const later = interchange({ version: '00501', isa11: '^', gs08: '005010' });
const early = interchange({ gs08: '003060' }).replaceAll('20260105', '260105');

/** What is sent otherwise, and by which rules it is written again. */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['a plain file', sound, []],
  ['a set that is not held', sound.replace('ST*850', 'ST*204').replace('GS*PO', 'GS*SM'), []],
  ['a line end behind each segment', sound.replaceAll('~', '~\r\n'), []],
  ['a file wrapped at 80 columns', sound.replace(/(.{80})/g, '$1\n'), ['wrapped lines']],
  ['empty elements at the end', sound.replace('*92*77', '*92*77**'), ['nothing at the end']],
  ['an ISA without its padding', sound.replace(/ +/g, ''), ['ISA padding']],
  ['a password', sound.replace(`00*${' '.repeat(10)}*ZZ`, '01*SECRET    *ZZ'), ['passwords']],
  ['ISA11 of an older version', later.replace('*^*', '*U*'), ['ISA11']],
  ['a date without its century', early, []],
  ['a century too early', early.replace('*260105*0930*1', '*20260105*0930*1'), ['GS04']],
  ['a qualifier in lower case', sound.replace('ZZ*ACMEIND', 'zz*ACMEIND'), ['capitals']],
  ['blanks in the GS', sound.replace('*HOUSE*2026', '*HOUSE *2026'), ['blanks']],
  ['zeros in front of a count', sound.replace('SE*6*', 'SE*06*'), ['counts']],
  ['a service request', sound.replace('GS*PO', 'ISB*1~GS*PO'), ['service requests']],
  ['a TA1 behind its group', sound.replace('IEA*', 'TA1*000000009*260105*0930*A*000~IEA*'), ['TA1 first']],
];

for (const [what, text, names] of CASES) {
  test(`${what} is written again ${names.length === 0 ? 'as it was' : `but for ${names.join(', ')}`}`, (t) => {
    const copies = copyInterchanges(Buffer.from(text, 'latin1'));
    t.is(copies.length, 1);
    t.deepEqual(copies.map(explainCopy), [names]);
  });
}

test('each rule is shown by a case', (t) => {
  const shown = new Set(CASES.flatMap(([, , names]) => names));
  t.deepEqual(
    Object.keys(COPY_RULES).filter((name) => !shown.has(name)),
    [],
  );
});

for (const [what, from, to] of [
  ['a value', '3.50', '3.51'],
  ['a place', '**VP', '*VP*'],
  ['a segment', 'CTT*1~', ''],
  ['a sender', 'ACMEIND ', 'ACMEINC '],
  ['a count', 'SE*6', 'SE*7'],
] as const) {
  test(`no rule explains that ${what} comes out otherwise`, (t) => {
    const [copy] = copyInterchanges(Buffer.from(sound, 'latin1'));
    t.true(copy!.written.includes(from));
    const written = copy!.written.replace(from, to);
    t.is(explainCopy({ ...copy!, written })[0], 'unexplained');
    t.is(explainCopy({ ...copy!, sent: written, written: copy!.sent })[0], 'unexplained');
  });
}
