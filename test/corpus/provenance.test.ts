import test from 'ava';
import { listX12Files, readSample } from './corpus.ts';
import { judgeSample, type Outcome } from './judge-sample.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

/** What each class of provenance asks for; a row that strays from it must say why. */
const EXPECTED: Readonly<Record<string, readonly Outcome[]>> = {
  CLEAN: ['accepted', 'noted'],
  SLOPPY: ['noted', 'refused in part', 'refused'],
  NEGATIVE: ['refused in part', 'refused'],
};

/** Broken on purpose, it is said, and yet nothing that the standard forbids. */
const NOT_WRONG = [
  'from-pages/x12-negative/xlate+staedi__ErrorEventsTest.java.L592.edi',
  'x12-negative/Kartik-Hirijaganer+X12-Parser-Encoder__batch_with_one_bad_transaction.x12',
  'x12-negative/blueseerERP+blueseer__UNKNOWN_850.txt',
  'x12-negative/kputnam+stupidedi__error-response-from-payer-to-clinic-not-eligible-for-inquiries-with-payer.edi',
];

if (hasCorpus()) {
  const reasons = new Map(TABLE.map(([path, , , why = '']) => [path, why]));

  for (const { path, check } of listX12Files()) {
    test(`${path} is taken or refused as ${check} asks, or its row says why not`, (t) => {
      const { outcome, sets } = judgeSample(readSample(path));
      const why = reasons.get(path) ?? '';
      if (!EXPECTED[check]!.includes(outcome)) t.not(why, '', `${check}, and ${outcome}`);
      // Whoever is refused has a right to know why.
      const refused = outcome.startsWith('refused') || sets.some((set) => set.outcome === 'refused');
      if (refused) t.not(why, '', outcome);
      t.is(check === 'NEGATIVE' && !outcome.startsWith('refused'), NOT_WRONG.includes(path));
    });
  }
}
