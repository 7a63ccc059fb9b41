import test from 'ava';
import type { Configuration, Partner } from '../../src/pipeline/configuration/configuration.ts';
import { type FileMutant, KINDS, type Kind, mutateFile } from '../../src/pipeline/documents/mutate-file.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import { splitAnswer } from './acknowledgement.ts';
import { checkAnswer } from './check-answer.ts';
import { configuration, readSample } from './corpus.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

const NOW = '2026-01-05T09:15:00.000Z';

/** Each file is damaged in every so many kinds, the next file in the next ones. */
const STRIDE = 4;

if (hasCorpus()) {
  const met = new Set<Kind>();
  const answered = new Set<string>();
  let damaged = 0;

  for (const [index, [path]] of TABLE.entries()) {
    const bytes = readSample(path);
    const mutants = listMutants(bytes, index);
    if (mutants === undefined) continue;

    test.serial(`every answer to a damaged copy of ${path} is sound`, (t) => {
      const asking = pretendPartner(bytes);
      for (const { kind, place, bytes: copy } of mutants) {
        const answers = [
          validateFile(copy, configuration, undefined, NOW),
          validateFile(copy, asking.configuration, asking.partner, NOW),
        ];
        for (const { acknowledgements, unwritten } of answers) {
          t.deepEqual(
            [...unwritten, ...acknowledgements.flatMap((one) => checkAnswer(one, copy))],
            [],
            `${kind} ${place}`,
          );
          for (const [id, set] of acknowledgements.flatMap(splitAnswer))
            if (id === 'ST' || id === 'TA1') answered.add(id === 'ST' ? set! : id);
        }
        met.add(kind);
        damaged++;
      }
    });
  }

  test.serial('every kind of damage is among the copies, and every kind of answer was given', (t) => {
    t.true(damaged > 300, `${damaged}`);
    const missing = (Object.keys(KINDS) as Kind[]).filter((kind) => !met.has(kind));
    t.deepEqual(missing, ELSEWHERE);
    t.deepEqual([...answered].sort(), ['997', '999', 'TA1']);
  });
}

/** No file of the corpus can be damaged like this, or only with a partner; `test/x12` has documents that can. */
const ELSEWHERE: readonly Kind[] = ['required-by-partner', 'forbidden-by-partner', 'code-of-no-partner'];

/** Undefined of a file in which something is odd already. */
function listMutants(bytes: Uint8Array, index: number): Iterable<FileMutant> | undefined {
  const kinds = (Object.keys(KINDS) as Kind[]).filter((_, i) => i % STRIDE === index % STRIDE);
  const mutated = mutateFile(bytes, configuration, undefined, { kinds: new Set(kinds), most: 1 });
  return mutated.kind === 'refused' ? undefined : mutated.mutants;
}

/** The sender of a file as a partner that asks for 999s, and its receiver as us. */
function pretendPartner(bytes: Uint8Array): { configuration: Configuration; partner: Partner } {
  const [first] = [...readInterchanges(bytes, configuration)].filter(({ kind }) => kind === 'interchange');
  if (first?.kind !== 'interchange') throw new Error('a sound file has an interchange');
  const { sender, receiver } = first.report.header;
  const acme = configuration.partners.get('acme')!;
  const { file } = acme;
  const company = configuration.company!;
  const them = { ...file.identity.x12, interchange: sender };
  const us = { ...company.identity.x12, interchange: receiver };
  return {
    configuration: { ...configuration, company: { ...company, identity: { ...company.identity, x12: us } } },
    partner: {
      ...acme,
      overlays: new Map(),
      templates: new Map(),
      file: {
        ...file,
        identity: { ...file.identity, x12: them },
        x12: {
          ...file.x12,
          acknowledge: '999',
          tolerate: { ...file.x12.tolerate, 'unknown-version': 'warn' },
        },
        receive: { other: {} },
      },
    },
  };
}
