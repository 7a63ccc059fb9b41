import { existsSync, readFileSync } from 'node:fs';
import test from 'ava';
import { interchangesOf, type Kept, plain, readAll, setsOf } from './support.ts';

const FOLDER = new URL('../../../shared/corpus/', import.meta.url);

type Document = { readonly path: string; readonly check: string; readonly bytes: Buffer };

function listDocuments(): Document[] {
  const [, ...rows] = readFileSync(new URL('PROVENANCE.tsv', FOLDER), 'utf8').trimEnd().split('\n');
  return rows
    .map((row) => row.split('\t'))
    .filter(([path]) => path!.startsWith('x12-'))
    .map((row) => ({ path: row[0]!, check: row[9]!, bytes: readFileSync(new URL(row[0]!, FOLDER)) }));
}

/** What is wrong in the envelope, each kind once. */
function envelopeCodes(readings: readonly Kept[]): string[] {
  const codes = new Set<string>();
  for (const { report, complete } of interchangesOf(readings)) {
    if (report.status === 'R') codes.add(`TA1 ${report.note}`);
    if (!complete) codes.add('incomplete');
    for (const group of report.groups) for (const code of group.codes) codes.add(`AK9 ${code}`);
  }
  for (const set of setsOf(readings))
    for (const code of set.codes) if (code !== '5') codes.add(`AK5 ${code}`);
  return [...codes].sort();
}

/** Repeats of ST02 and sets in a group of another kind: marked clean, and refused by the standard. */
const CLEAN_BUT: Readonly<Record<string, string>> = {
  'Silvenga+EdiWeave__X12_810_00204_MultipleMessages.txt': 'AK5 23',
  'bots-edi+bots-plugins__850-004010-02.x12': 'AK5 23',
  'bots-edi+bots-plugins__850-004010.17.x12': 'AK5 23',
  'kputnam+stupidedi__basic-po.edi': 'AK5 6',
  'kputnam+stupidedi__taxexempt-po.edi': 'AK5 6',
  'kputnam+stupidedi__basic-po-ack-accepted.edi': 'AK5 6',
  'kputnam+stupidedi__basic-po-ack-rejected.edi': 'AK5 6',
  'kputnam+stupidedi__po-ack-minor-changes.edi': 'AK5 6',
  'kputnam+stupidedi__po-ack-ship-details.edi': 'AK5 6',
};

/** What the broken ones must be answered with. */
const NEGATIVE: Readonly<Record<string, readonly string[]>> = {
  'GT-Logistics+edi-x12__inconsistent-element-separator-isa-heading.edi': ['TA1 026', 'incomplete'],
  'GT-Logistics+edi-x12__no-gs-heading.edi': ['TA1 022'],
  'GT-Logistics+edi-x12__no-matching-gs-count.edi': ['TA1 021'],
  'GT-Logistics+edi-x12__no-matching-segment-count.edi': ['AK5 4'],
  'GT-Logistics+edi-x12__no-se-trailer.edi': ['AK5 2'],
  'clawdgeorge-prog+x12-parser__sample_missing_ge.edi': ['AK9 3'],
  'clawdgeorge-prog+x12-parser__sample_se_count_wrong.edi': ['AK5 4'],
  'git-albertomarin+badX12__error_validation.edi': ['AK5 3', 'AK5 4', 'AK9 4', 'AK9 5', 'TA1 001'],
  'imsweb+x12-parser__x12_bad_first_line.txt': ['AK5 4'],
  'imsweb+x12-parser__x12_bad_valid_code.txt': ['AK5 4'],
  'mrcsparker+nifi-edireader-bundle__pharmacy-5010-bad.835': ['AK9 2', 'AK9 3', 'TA1 023', 'incomplete'],
  'olmelabs+EdiEngine__ControlNumbersMismatch.edi': ['AK5 3', 'AK9 4', 'TA1 001'],
  'olmelabs+EdiEngine__WrongGroupsAndTranCount.edi': ['AK9 5', 'TA1 001'],
  'xlate+staedi__invalid997_min.edi': ['AK9 4'],
  'xlate+staedi__invalid999.edi': ['AK5 4'],
};

if (!existsSync(FOLDER)) {
  test.skip('the corpus of sample documents is not beside the repository', () => {});
} else {
  for (const { path, check, bytes } of listDocuments()) {
    const name = path.slice(path.indexOf('/') + 1);
    test(`${path} is read as ${check.split(' ')[0]}`, (t) => {
      const readings = readAll(bytes, { unknownSets: 'accept' });
      const codes = envelopeCodes(readings);
      if (check.startsWith('CLEAN')) t.is(codes.join(), CLEAN_BUT[name] ?? '');
      else if (path.startsWith('x12-negative/') && NEGATIVE[name] !== undefined)
        t.deepEqual(codes, NEGATIVE[name]);
      else t.true(readings.length > 0);
      t.deepEqual(plain(readAll(bytes, { unknownSets: 'accept' }, cutsOf(bytes.length))), plain(readings));
    });
  }
}

function cutsOf(length: number): number[] {
  return Array.from({ length: Math.floor((length - 1) / 13) }, (_, i) => (i + 1) * 13);
}
