import test from 'ava';
import type { AdviceResult } from '../../../src/domain/application-advice/application-advice.ts';
import { type FoundDocument, matchResult } from '../../../src/domain/application-advice/match-result.ts';

const INVOICE: FoundDocument = {
  by: 'reference',
  id: 'i',
  set: '810',
  control: '0001',
  groupControl: '7',
  invoiceNumber: 'INV-1',
  poNumber: 'PO-1',
};
const NOTICE: FoundDocument = {
  by: 'reference',
  id: 'n',
  set: '856',
  control: '0001',
  groupControl: '7',
  shipmentNumber: 'SH-1',
  poNumber: 'PO-1',
};
const ANSWER: FoundDocument = {
  by: 'reference',
  id: 'a',
  set: '855',
  control: '0001',
  groupControl: '7',
  poNumber: 'PO-1',
};

const sent = (document: FoundDocument): FoundDocument => ({ ...document, by: 'envelope' });

function resultOf(qualifier: string, number: string, more: Partial<AdviceResult> = {}): AdviceResult {
  return { outcome: 'rejected', outcomeCode: 'TR', qualifier, number, ...more };
}

/** The id of the document that is meant, or why none is. */
function match(result: AdviceResult, found: readonly FoundDocument[]): string {
  const matched = matchResult(result, found);
  return matched.kind === 'found' ? matched.document.id : matched.text;
}

const ENVELOPE = { group: '7', control: '0001' };

test('a number leads to the document about it, the last that was sent', (t) => {
  t.is(match(resultOf('IV', 'INV-1'), [{ ...INVOICE, id: 'before', replacedBy: 'x' }, INVOICE]), 'i');
  t.is(match(resultOf('SI', 'SH-1'), [NOTICE]), 'n');
  // Whatever the partner calls it: bill of lading, its own reference, …
  t.is(match(resultOf('BM', 'SH-1'), [NOTICE]), 'n');
});

test('an order without a set means its 855; with one, the document of that set', (t) => {
  t.is(match(resultOf('PO', 'PO-1'), [ANSWER, NOTICE, INVOICE]), 'a');
  t.is(match(resultOf('PO', 'PO-1', { set: '856' }), [ANSWER, NOTICE, INVOICE]), 'n');
  t.is(match(resultOf('PO', 'PO-1'), [NOTICE]), 'it speaks of PO PO-1: we sent no such document');
});

test('group and set number lead to one transmission, also to one that was replaced since', (t) => {
  const before = sent({ ...NOTICE, id: 'before', replacedBy: 'our 856 0002' });
  t.is(match(resultOf('SI', 'SH-1', ENVELOPE), [before, NOTICE]), 'before');
});

test('groups of several kinds have the same number: the set, or else the reference, tells them apart', (t) => {
  const found = [sent(INVOICE), sent(NOTICE), sent(ANSWER), NOTICE];
  t.is(match(resultOf('SI', 'SH-1', { ...ENVELOPE, set: '856' }), found), 'n');
  t.is(match(resultOf('SI', 'SH-1', ENVELOPE), found), 'n');
  t.regex(
    match(resultOf('ZZ', 'what', ENVELOPE), found.slice(0, 3)),
    /it fits invoice INV-1 .*, the notice of/,
  );
});

test('where number and envelope contradict each other nobody guesses', (t) => {
  t.is(
    match(resultOf('IV', 'INV-2', { ...ENVELOPE, set: '810' }), [sent(INVOICE)]),
    'it speaks of IV INV-2 (a 810, set number 0001, group 7): under these numbers we sent invoice INV-1 (our 810 0001 of group 7)',
  );
  t.is(match(resultOf('TN', 'theirs', { ...ENVELOPE, set: '810' }), [sent(INVOICE)]), 'i');
});

test('a number that several documents go by is asked about with each of them', (t) => {
  const release = { ...ANSWER, id: 'r', control: '0002' };
  t.is(
    match(resultOf('PO', 'PO-1'), [ANSWER, release]),
    'it speaks of PO PO-1: it fits the answer to order PO-1 (our 855 0001 of group 7), the answer to order PO-1 (our 855 0002 of group 7)',
  );
});
