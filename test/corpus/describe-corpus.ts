import { RULES } from '../sets/differences.ts';
import { tellAnswers } from './acknowledgement.ts';
import { COPY_RULES } from './copy-rules.ts';
import { drawTable, escapeCell } from './draw-table.ts';
import type { Outcome, SetOutcome } from './judge-sample.ts';
import { DEFECTS, ORACLES } from './oracles.ts';
import type { Surveyed } from './survey-corpus.ts';

/** `docs/corpus.md`. */
export function describeCorpus(files: readonly Surveyed[]): string {
  const parts = [
    INTRODUCTION,
    '## Counts',
    ...describeFiles(files),
    ...describeSets(files),
    '## Read, then written again',
    WRITTEN_AGAIN,
    ...describeDifferences(files),
    '## Beside other readers',
    ...describeOracles(files),
    '## Other than their class',
    OTHERWISE,
    ...describeOthers(files),
    '## Every file',
    COLUMNS,
    describeTable(files),
  ];
  return `${parts.join('\n\n')}\n`;
}

const INTRODUCTION = `# The corpus

<!-- Written by \`npm run golden\`: do not edit. -->

Sample documents from public sources: other projects' tests, guides and examples, each under its owner's licence. They
are no part of Causeway and lie beside the checkout (\`../shared/corpus\`); where they are missing, the tests that need
them are skipped by name. \`PROVENANCE.tsv\` there names the source of each and its class:

- **CLEAN**: envelope, counts and references are right. To be taken where its content allows.
- **SLOPPY**: wrong by accident. To be taken with a warning, or refused with the exact code.
- **NEGATIVE**: broken on purpose. To be refused with the exact code.

What must become of each X12 file was judged by hand from the standard (\`test/corpus/table.ts\`). The tests of
\`test/corpus\` compare the engine with that, and so with its provenance; they write again what was read, compare the
reading with that of two other readers, and look at every answer with our own definition of 997 and with node-x12. The
same is asked of the answers to damaged copies, made by [the mutation kit](mutations.md).

Files are judged by the standard alone, as \`causeway validate --ack\` does without a partner: nothing is forgiven but
what the defaults of \`tolerate\` warn of, and what a version that is not held makes uncertain.`;

const WRITTEN_AGAIN = `Two ways, and no difference but those that a rule names; a test fails on any other.

*Segments*: each set that is taken is read into segments and written by our writer under its own envelope, whether its
definition is held or not. *Documents*: each set that a map reads becomes its canonical document, and that alone is
written with the same map. The rules are in \`test/corpus/copy-rules.ts\` and \`test/sets/differences.ts\`.`;

const OTHERWISE = `CLEAN files that are refused, and NEGATIVE files that are not. CLEAN speaks of the envelope only: most of these break
the definition of their set.`;

const COLUMNS = `*Answer* leaves out AK3 and AK4, which \`test/corpus/table.ts\` has in full; a bar parts interchanges. *Documents* are what
\`causeway read\` brings without a partner: one a set that a map reads, findings that lose nothing put up with, and one
for each TA1. *Written again* names the rules of both ways.`;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  accepted: 'accepted',
  noted: 'accepted, something noted',
  'refused in part': 'refused in part',
  refused: 'refused',
};

const CLASSES = ['CLEAN', 'SLOPPY', 'NEGATIVE'];

function describeFiles(files: readonly Surveyed[]): string[] {
  const kinds = Object.keys(OUTCOMES) as Outcome[];
  const rows = [...CLASSES, undefined].map((provenance) => {
    const here = files.filter((one) => provenance === undefined || one.provenance === provenance);
    const sum = (count: (file: Surveyed) => number) => here.reduce((total, file) => total + count(file), 0);
    return [
      provenance ?? '**all**',
      here.length,
      sum(({ interchanges }) => interchanges),
      sum(({ sets }) => sets.length),
      ...kinds.map((kind) => here.filter(({ outcome }) => outcome === kind).length),
      sum(({ documents }) => documents),
    ];
  });
  const heads = [
    'class',
    'files',
    'interchanges',
    'sets',
    ...kinds.map((kind) => OUTCOMES[kind]),
    'documents read',
  ];
  return [drawTable(heads, rows)];
}

const SET_OUTCOMES: Readonly<Record<SetOutcome, string>> = {
  document: 'read into a document',
  envelope: 'taken on its envelope',
  shown: 'refused, yet shown by `read`',
  refused: 'refused',
};

function describeSets(files: readonly Surveyed[]): string[] {
  const sets = files.flatMap((file) => file.sets);
  const kinds = Object.keys(SET_OUTCOMES) as SetOutcome[];
  const ids = [...new Set(sets.map(({ set }) => set))].sort();
  const rows = [...ids, undefined].map((id) => {
    const here = sets.filter(({ set }) => id === undefined || set === id);
    const counts = kinds.map((kind) => here.filter(({ outcome }) => outcome === kind).length);
    return [id ?? '**all**', here.length, ...counts];
  });
  return [
    'Sets by their id. A set whose definition or map is not held is taken on its envelope.',
    drawTable(['set', 'sets', ...kinds.map((kind) => SET_OUTCOMES[kind])], rows),
  ];
}

function describeDifferences(files: readonly Surveyed[]): string[] {
  const [copies, rewritten] = [files.flatMap((file) => file.copies), files.flatMap((file) => file.rewritten)];
  return [
    countRules(`**Segments: ${copies.length} interchanges**`, copies, COPY_RULES),
    countRules(`**Documents: ${rewritten.length} sets**`, rewritten, RULES),
  ];
}

function countRules(
  title: string,
  written: readonly (readonly string[])[],
  rules: Readonly<Record<string, { readonly says: string }>>,
): string {
  const count = (name: string) => written.filter((names) => names.includes(name)).length;
  const rows = [
    ['none', written.filter((names) => names.length === 0).length, 'The same, segment by segment.'],
    ...Object.entries(rules).map(([name, { says }]) => [name, count(name), says]),
    ['unexplained', count('unexplained'), 'Anything else: a defect.'],
  ];
  return `${title}\n\n${drawTable(['difference', 'of them', 'rule'], rows)}`;
}

function describeOracles(files: readonly Surveyed[]): string[] {
  const compared = files.filter(({ comparisons }) => comparisons !== undefined);
  const all = compared.flatMap(({ comparisons }) => comparisons ?? []);
  const count = (oracle: string, shows: (one: (typeof all)[number]) => boolean) =>
    all.filter((one) => one.oracle === oracle && shows(one)).length;
  const rows = [
    ['files read alike', ...ORACLES.map((oracle) => count(oracle, ({ agrees }) => agrees))],
    ...DEFECTS.map((defect) => [
      defect.what,
      ...ORACLES.map((oracle) =>
        defect.of.includes(oracle) ? count(oracle, ({ defects }) => defects.includes(defect)) : '–',
      ),
    ]),
  ];
  const largest = Math.max(...compared.map(({ bytes }) => bytes));
  return [
    `${compared.length} of the ${files.length} files have sound envelopes, counts and control numbers. All of them are compared: all
are small, the largest has ${largest} bytes. Of the others it is for each reader to say what is to be read. Where a reader
differs, the file shows a defect of that reader. \`test/corpus/oracles.test.ts\` shows each defect in the least file that
has it, and that both read the same as soon as a file is mended of what the reader cannot take. A file may show several.`,
    drawTable(['', ...ORACLES], rows),
  ];
}

function describeOthers(files: readonly Surveyed[]): string[] {
  const isRefused = ({ outcome }: Surveyed) => outcome.startsWith('refused');
  const list = (provenance: string, refused: boolean) =>
    files.filter((one) => one.provenance === provenance && isRefused(one) === refused);
  return [
    ['CLEAN and refused, in part or whole', list('CLEAN', true)] as const,
    ['NEGATIVE and taken', list('NEGATIVE', false)] as const,
  ].map(([title, here]) =>
    [
      `**${title}: ${here.length}**`,
      '',
      ...here.map(({ path, why }) => `- \`${path}\`: ${escapeCell(why)}`),
    ].join('\n'),
  );
}

function describeTable(files: readonly Surveyed[]): string {
  const rows = files.map((file) => [
    `\`${file.path}\``,
    file.provenance,
    tellContent(file),
    OUTCOMES[file.outcome],
    tellAnswer(file),
    file.documents,
    tellWritten(file),
    file.why === '' ? tellNotes(file) : file.why,
  ]);
  const heads = [
    'file',
    'class',
    'version and sets',
    'outcome',
    'answer',
    'documents',
    'written again',
    'why',
  ];
  return drawTable(heads, rows);
}

function tellContent({ versions, sets }: Surveyed): string {
  const counts = new Map<string, number>();
  for (const { set } of sets) counts.set(set, (counts.get(set) ?? 0) + 1);
  const told = [...counts].map(([set, n]) => (n === 1 ? set : `${set} ×${n}`));
  return [versions.join(', '), told.join(', ')].filter((part) => part !== '').join(': ') || 'no set';
}

/** What decides: the findings fill lines. */
const DECISIVE = new Set(['TA1', 'AK5', 'AK9']);

function tellAnswer({ acknowledgements }: Surveyed): string {
  const answer = tellAnswers(acknowledgements, DECISIVE);
  return answer === '' ? 'none' : answer.replaceAll(/[^ |]+(?: ×\d+)?/g, '`$&`');
}

function tellWritten({ copies, rewritten }: Surveyed): string {
  if (copies.length === 0 && rewritten.length === 0) return '–';
  return [...new Set([...copies, ...rewritten].flat())].join(', ') || 'same';
}

const LONGEST = 160;

function tellNotes({ notes }: Surveyed): string {
  const [first = '', ...more] = notes;
  const told = first.length > LONGEST ? `${first.slice(0, LONGEST - 1)}…` : first;
  return more.length === 0 ? told : `${told}; and ${more.length} more`;
}
