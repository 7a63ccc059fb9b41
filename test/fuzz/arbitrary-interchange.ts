import fc from 'fast-check';
import { type DocumentPlan, makeDocument } from '../../src/x12/sample/make-document.ts';
import { canRepeat, writeSample } from '../../src/x12/sample/write-sample.ts';
import type { SegmentData } from '../../src/x12/scan/segment-data.ts';
import type { SetDefinition, Standard } from '../../src/x12/standard/definition.ts';

export type MadeInterchange = { readonly bytes: Buffer; readonly sets: number };

/** Changes the segments of an interchange, given as lists of elements, ISA to IEA. */
type Damage = (segments: string[][]) => void;

/** What an element may be instead; `*` and `~` in it cut it in two. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '00000000000000000000',
    '1E9',
    '20240230',
    '*',
    '~',
    '\n',
    '\x07',
    '^',
    '>',
    'é',
    '\xff',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.integer({ min: 0, max: 600 }).map((length) => 'X'.repeat(length)),
);

/** Places as shares of what there is, so that they fit whatever document is damaged. */
const share = fc.integer({ min: 0, max: 999 });
const pick = (length: number, at: number): number => Math.floor((at * length) / 1000);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(share, share, value).map(
    ([s, e, put]): Damage =>
      (segments) => {
        const segment = segments[pick(segments.length, s)]!;
        segment[pick(segment.length, e)] = put;
      },
  ),
  // The envelope: one of the first three segments or the last three.
  fc.tuple(fc.constantFrom(0, 1, 2, -3, -2, -1), share, value).map(
    ([s, e, put]): Damage =>
      (segments) => {
        const segment = segments.at(s)!;
        segment[pick(segment.length, e)] = put;
      },
  ),
  fc.tuple(share, share).map(
    ([s, e]): Damage =>
      (segments) => {
        const segment = segments[pick(segments.length, s)]!;
        segment.splice(pick(segment.length, e), 1);
      },
  ),
  fc.tuple(share, value).map(
    ([s, put]): Damage =>
      (segments) => {
        segments[pick(segments.length, s)]!.push(put);
      },
  ),
  fc.tuple(share, share).map(
    ([from, length]): Damage =>
      (segments) => {
        segments.splice(pick(segments.length, from), 1 + pick(4, length));
        if (segments.length === 0) segments.push(['ISA']);
      },
  ),
  fc.tuple(share, share).map(
    ([from, to]): Damage =>
      (segments) => {
        segments.splice(pick(segments.length, to), 0, [...segments[pick(segments.length, from)]!]);
      },
  ),
  fc.tuple(share, share).map(
    ([one, other]): Damage =>
      (segments) => {
        const [i, k] = [pick(segments.length, one), pick(segments.length, other)];
        [segments[i], segments[k]] = [segments[k]!, segments[i]!];
      },
  ),
);

/** Signs that no value made from a definition holds: element, component, terminator, repetition. */
const separators = fc.constantFrom('*>~^', '|:\n^', '\x1d\x1f\x1c\x1e', '*>\r^', "+:'!");

const plan = fc.record({
  extent: fc.constantFrom('full' as const, 'least' as const),
  variant: fc.nat({ max: 3 }),
  size: fc.constantFrom('usual' as const, 'shortest' as const, 'longest' as const),
});

/** An interchange with some documents of one set, as any version that is held defines it. */
export function arbitraryInterchange(
  standards: ReadonlyMap<string, Standard>,
  { damaged }: { readonly damaged: boolean },
): fc.Arbitrary<MadeInterchange> {
  const all = [...standards.values()].flatMap((standard) =>
    [...standard.sets.values()].map((set): readonly [Standard, SetDefinition] => [standard, set]),
  );
  const damages = damaged ? fc.array(damage, { minLength: 1, maxLength: 5 }) : fc.constant([]);
  return fc
    .tuple(
      fc.constantFrom(...all),
      fc.array(plan, { minLength: 1, maxLength: 3 }),
      separators,
      damages,
      share,
    )
    .map(([[standard, set], plans, signs, changes, cut]) => {
      const documents = plans.map((one) => findDocument(standard, set, one));
      const bytes = Buffer.from(writeSample(standard, set, documents));
      const segments = splitSegments(bytes.toString('latin1'));
      for (const change of changes) change(segments);
      const made = Buffer.from(join(segments, signs), 'latin1');
      // One in four is cut as well.
      const length = damaged && cut < 250 ? pick(made.length, cut * 4) : made.length;
      return { bytes: made.subarray(0, length), sets: documents.length };
    });
}

const documents = new Map<string, readonly SegmentData[]>();

/** To make one takes longer than to read it. */
function findDocument(standard: Standard, set: SetDefinition, plan: DocumentPlan): readonly SegmentData[] {
  const key = `${standard.version} ${set.set} ${JSON.stringify(plan)}`;
  const made = documents.get(key) ?? makeDocument(standard, set, { ...plan, repeats: canRepeat(standard) });
  documents.set(key, made);
  return made;
}

function splitSegments(text: string): string[][] {
  return text
    .split('~')
    .slice(0, -1)
    .map((segment) => segment.split('*'));
}

function join(segments: readonly (readonly string[])[], signs: string): string {
  const [element, component, terminator, repetition] = [...signs];
  return segments
    .map((elements) => elements.join(element))
    .map((segment) => segment.replaceAll('>', component!).replaceAll('^', repetition!) + terminator)
    .join('');
}
