import test from 'ava';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import type { CanonicalDocument } from '../../src/pipeline/process/interpret.ts';
import { makeDocumentsWriter } from '../../src/pipeline/process/profiles.ts';
import type { DocumentsToWrite } from '../../src/pipeline/respond/drafts.ts';
import { makeEnvelope } from '../../src/pipeline/respond/seal.ts';

const root = new URL('../../', import.meta.url).pathname;
const configuration = loadConfiguration({ mapsFolder: `${root}maps`, partnersFolder: `${root}partners` });

/** A writer for the sample partner, which writes with the maps as they ship. */
function openWriter(onSeparatorInData: 'replace' | 'refuse' = 'replace') {
  const acme = configuration.partners.get('acme')!;
  const envelope = makeEnvelope(configuration.company!, acme.file, '2026-01-05T09:15:00.000Z');
  return makeDocumentsWriter(configuration, undefined, { ...envelope, onSeparatorInData });
}

function answerOrder(poNumber: string, name = 'Plant 7'): CanonicalDocument {
  const line = { number: '1', quantity: '5', unit: 'EA', unitPrice: '7.80' } as const;
  const outcome = { status: 'IA', quantity: '5', unit: 'EA' } as const;
  return {
    kind: 'order-acknowledgement',
    purpose: 'original',
    type: 'AD',
    poNumber,
    orderDate: '2026-01-05',
    parties: [{ role: 'ship-to', code: 'ST', name }],
    lines: [{ ...line, outcomes: [outcome] }],
  } as unknown as CanonicalDocument;
}

/** It accepts a set of this id: one that does not exist may be repeated as well. */
function acceptSet(set: string): CanonicalDocument {
  return {
    kind: 'functional-acknowledgement',
    functionalId: 'PO',
    groupControl: '1',
    sets: [{ set, control: '0001', status: 'A' }],
    status: 'A',
    included: '1',
    received: '1',
    accepted: '1',
  } as unknown as CanonicalDocument;
}

const old = (set: string, ...documents: CanonicalDocument[]): DocumentsToWrite => ({
  set,
  version: '004010',
  documents,
});

/** BAK03 holds 22 characters at most. */
const LONG = 'PO-4711-OF-TWENTY-FOUR-X';

test('of documents written together only those that the standard refuses are told, each by itself', (t) => {
  const orders = [answerOrder('PO-1'), answerOrder(LONG), answerOrder('PO-3')];

  const [functional, answers] = openWriter()([
    old('997', acceptSet('850'), acceptSet('9X9')),
    old('855', ...orders),
  ]);

  t.deepEqual(
    functional!.map(({ problems }) => problems),
    [[], []],
  );
  t.deepEqual(
    answers!.map(({ problems }) => problems.length),
    [0, 1, 0],
  );
  t.regex(answers![1]!.problems[0]!, /BAK-03/);
});

test('documents of several versions are each judged by their own', (t) => {
  const newer = { set: '999', version: '005010', documents: [acceptSet('850')] };

  const [first, second] = openWriter()([newer, old('855', answerOrder('PO-1'), answerOrder(LONG))]);

  t.deepEqual(first, openWriter()([newer])[0]);
  t.deepEqual(first![0]!.problems, []);
  t.deepEqual(
    second!.map(({ problems }) => problems.length),
    [0, 1],
  );
});

test('where all of them cannot be read together, each is judged alone', (t) => {
  const answers = [answerOrder('PO-1'), answerOrder('PO-2', 'Plant ~7'), answerOrder('PO-3')];

  const [functional, written] = openWriter('refuse')([old('997', acceptSet('850')), old('855', ...answers)]);

  t.deepEqual(functional![0]!.problems, []);
  t.deepEqual(
    written!.map(({ problems }) => problems.length),
    [0, 1, 0],
  );
  t.regex(written![1]!.problems[0]!, /N102 holds "~"/);
});

test('a kind that no map writes hinders no other', (t) => {
  const [none, empty, answers] = openWriter()([
    old('123', acceptSet('850')),
    old('865'),
    old('855', answerOrder('PO-1')),
  ]);

  t.deepEqual(none![0]!.problems, ['there is no map for set 123 in version 004010']);
  t.deepEqual(empty, []);
  t.deepEqual(answers![0]!.problems, []);
});
