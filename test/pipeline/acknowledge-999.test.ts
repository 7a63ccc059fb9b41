import test from 'ava';
import { type Configuration, loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { loadOverlay } from '../../src/pipeline/configuration/load-maps.ts';
import type { Partner } from '../../src/pipeline/configuration/load-partners.ts';
import { readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { findFaults } from '../corpus/acknowledgement.ts';
import { interchange } from '../x12/support.ts';

const root = new URL('../../', import.meta.url).pathname;
const loaded = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });

/** What our guide leaves out: a currency and a price basis; it wants a department, and EA as the only unit. */
const GUIDE = `extends: x12/850
require: [REF DP]
forbid: [CUR, PO1/PO1-05]
codes: { PO1/PO1-03: [EA] }
`;

/** A partner like those that come with the project, which asks for a 999. */
function makePartner(guide = 'extends: x12/850\n'): { configuration: Configuration; partner: Partner } {
  const acme = loaded.partners.get('acme')!;
  const overlay = loadOverlay(loaded.library, '850.yaml', guide);
  const standard = loaded.standards.get('005010')!;
  const overlays = new Map([['850', overlay]]);
  const { file } = acme;
  const x12 = { ...file.x12, acknowledge: '999' as const, separators: '*>~^', newline: true };
  const receive = { '850': {}, '997': {} };
  const partner = { ...acme, overlays, file: { ...file, x12, receive } };
  if (loaded.mapFor(partner, '850', standard) === undefined) throw new Error('the guide has mistakes');
  return { configuration: loaded, partner };
}

function order(control: string, ...body: string[]): string[] {
  const segments = [`ST*850*${control}`, 'BEG*00*NE*PO1**20260106', ...body];
  return [...segments, `SE*${segments.length + 1}*${control}`];
}

const N1 = 'N1*ST*STORE*92*0417';
const LINE = 'PO1*1*60*EA*7.80**UP*012345678905';
const sets = (...all: string[][]) =>
  interchange({ version: '00501', isa11: '^', gs08: '005010', sets: all }).replaceAll('HOUSE   ', 'CAUSEWAY');

function answer(text: string, guide?: string): string[] {
  const { configuration, partner } = makePartner(guide);
  const found = validateFile(Buffer.from(text, 'latin1'), configuration, partner, '2026-01-06T09:15:00.000Z');
  if (found.unwritten.length > 0) throw new Error(found.unwritten.join());
  const [bytes] = found.acknowledgements;
  for (const one of found.acknowledgements) {
    const faults = findFaults(one, configuration);
    if (faults.length > 0) throw new Error(faults.join());
  }
  return Buffer.from(bytes ?? '')
    .toString('latin1')
    .split('\n')
    .map((segment) => segment.replace(/~$/, ''))
    .filter((segment) => segment !== '');
}

/** AK1 to AK9. */
const body = (segments: readonly string[]) =>
  segments.slice(
    segments.findIndex((one) => one.startsWith('AK1*')),
    segments.findIndex((one) => one.startsWith('AK9*')) + 1,
  );

type Case = {
  readonly given: string;
  readonly sets: readonly string[][];
  readonly guide?: string;
  readonly expected: readonly string[];
};

const CASES: readonly Case[] = [
  {
    given: 'a sound order',
    sets: [order('0001', N1, LINE)],
    expected: ['AK1*PO*1*005010', 'AK2*850*0001', 'IK5*A', 'AK9*A*1*1*1'],
  },
  {
    given: 'elements that another one requires',
    // N103 without N104 (P0304); a unit without a quantity (PO1 C0302).
    sets: [order('0001', 'N1*ST*STORE*92', 'PO1*1**EA')],
    expected: [
      'AK1*PO*1*005010',
      'AK2*850*0001',
      'IK3*N1*3*N1*8',
      'CTX*BEG03>PO1',
      'IK4*4*67*2',
      'CTX*SITUATIONAL TRIGGER*N1*3**3',
      'IK3*PO1*4*PO1*8',
      'CTX*BEG03>PO1',
      'IK4*2*380*2',
      'CTX*SITUATIONAL TRIGGER*PO1*4**3',
      'IK5*R*5',
      'AK9*R*1*1*0',
    ],
  },
  {
    given: 'a component that another one requires',
    // C040 in REF04: the fourth component goes with the third (P0304).
    sets: [order('0001', 'REF*IA*V-1*TEXT*DP>1>IA', LINE)],
    expected: [
      'AK1*PO*1*005010',
      'AK2*850*0001',
      'IK3*REF*3**8',
      'CTX*BEG03>PO1',
      'IK4*4>4*127*2',
      'CTX*SITUATIONAL TRIGGER*REF*3**4>3',
      'IK5*R*5',
      'AK9*R*1*1*0',
    ],
  },
  {
    given: 'errors of segments and values, in one set of two',
    sets: [order('0001', LINE), order('0002', 'QQQ*1', 'DTM*002*20260231', 'PO1*1*6O*EA*7.80')],
    expected: [
      'AK1*PO*1*005010',
      'AK2*850*0001',
      'IK5*A',
      'AK2*850*0002',
      'IK3*QQQ*3**1',
      'CTX*BEG03>PO1',
      'IK3*DTM*4**8',
      'CTX*BEG03>PO1',
      'IK4*2*373*8*20260231',
      'IK3*PO1*5*PO1*8',
      'CTX*BEG03>PO1',
      'IK4*2*380*6*6O',
      'IK5*R*5',
      'AK9*P*2*2*1',
    ],
  },
  {
    given: 'what the guide does not allow',
    sets: [order('0001', 'CUR*BY*USD', N1, 'PO1*1*60*PR*7.80*PE*UP*012345678905')],
    guide: GUIDE,
    expected: [
      'AK1*PO*1*005010',
      'AK2*850*0001',
      'IK3*CUR*3**I4',
      'CTX*BEG03>PO1',
      'IK3*PO1*5*PO1*8',
      'CTX*BEG03>PO1',
      'IK4*3*355*I6*PR',
      'IK4*5*639*I10*PE',
      'IK3*REF*6**3',
      'CTX*BEG03>PO1',
      'IK5*R*I5',
      'AK9*R*1*1*0',
    ],
  },
  {
    given: 'errors of the standard and of the guide',
    sets: [order('0001', 'REF*DP*038', 'PO1*1*6O*PR*7.80')],
    guide: GUIDE,
    expected: [
      'AK1*PO*1*005010',
      'AK2*850*0001',
      'IK3*PO1*4*PO1*8',
      'CTX*BEG03>PO1',
      'IK4*2*380*6*6O',
      'IK4*3*355*I6*PR',
      'IK5*R*5*I5',
      'AK9*R*1*1*0',
    ],
  },
  {
    given: 'a wrong count, which is no error of a segment',
    sets: [order('0001', LINE).with(-1, 'SE*9*0001')],
    expected: ['AK1*PO*1*005010', 'AK2*850*0001', 'IK5*R*4', 'AK9*R*1*1*0'],
  },
];

for (const { given, sets: all, guide, expected } of CASES) {
  test(`given ${given}, the 999 says so`, (t) => {
    const segments = answer(sets(...all), guide);
    t.deepEqual(body(segments), expected);
    t.regex(
      segments.join('\n'),
      /GS\*FA\*CAUSEWAY\*ACMEIND\*20260106\*0915\*1\*X\*005010\nST\*999\*0001\*005010\n/,
    );
  });

  test(`given ${given}, our own 999 is read as the document that it was written from`, (t) => {
    const { configuration, partner } = makePartner(guide);
    const bytes = Buffer.from(sets(...all), 'latin1');
    const found = validateFile(bytes, configuration, partner, '2026-01-06T09:15:00.000Z');
    const profile = makeReadingProfile(configuration, undefined);
    const results = [...readDocuments(() => found.acknowledgements, profile)];
    const [document] = results.flatMap((one) => (one.kind === 'document' ? [one.document] : []));
    t.is(document?.kind, 'functional-acknowledgement');
    t.false('unmapped' in document!);
  });
}

test('a 997 says the same of what the guide does not allow with the codes of the standard alone', (t) => {
  const text = sets(order('0001', 'CUR*BY*USD', N1, 'PO1*1*60*PR*7.80*PE*UP*012345678905'));
  const { configuration, partner } = makePartner(GUIDE);
  const file = { ...partner.file, x12: { ...partner.file.x12, acknowledge: '997' as const } };
  const { acknowledgements } = validateFile(
    Buffer.from(text, 'latin1'),
    configuration,
    { ...partner, file },
    '2026-01-06T09:15:00.000Z',
  );
  t.deepEqual(body(Buffer.from(acknowledgements[0]!).toString('latin1').split('~\n')), [
    'AK1*PO*1*005010',
    'AK2*850*0001',
    'AK3*CUR*3**2',
    'AK3*PO1*5*PO1*8',
    'AK4*3*355*7*PR',
    'AK4*5*639*10*PE',
    'AK3*REF*6**3',
    'AK5*R*5',
    'AK9*R*1*1*0',
  ]);
});

test('a group of 004010 is answered by a 997, which is all that it knows', (t) => {
  const text = interchange({ sets: [order('0001', LINE)] }).replace('HOUSE   ', 'CAUSEWAY');
  const segments = answer(text);
  t.true(segments.includes('ST*997*0001'));
  t.true(segments.some((segment) => segment.endsWith('*X*004010')));
});

test('a group that follows an implementation guide is answered by the 999 of its guide', (t) => {
  const text = sets(order('0001', LINE)).replace('*X*005010', '*X*005010RETAIL');
  const segments = answer(text);
  t.true(segments.includes('ST*999*0001*005010X231A1'));
  t.true(segments.some((segment) => segment.endsWith('*X*005010X231A1')));
  t.true(segments.includes('AK1*PO*1*005010RETAIL'));
});
