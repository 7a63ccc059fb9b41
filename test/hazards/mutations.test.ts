import test from 'ava';
import fc from 'fast-check';
import { type ReadResult, readDocuments } from '../../src/pipeline/documents/read-documents.ts';
import { validateFile } from '../../src/pipeline/documents/validate-file.ts';
import { makeOpenProfile } from '../../src/pipeline/process/profiles.ts';
import { createInterchangeReader } from '../../src/x12/interchange/interchange.ts';
import { configuration, receive, SAMPLE } from './receive.ts';

const profile = makeOpenProfile(configuration);

const sets = ['0001', '0002', '0003'].map((control) =>
  /ST\*.*?SE\*13\*0001~/
    .exec(SAMPLE)![0]
    .replaceAll('*0001', `*${control}`)
    .replace('PO1000001', `PO${control}`),
);
const three = SAMPLE.replace(/ST\*.*SE\*13\*0001~/, sets.join('')).replace('GE*1*', 'GE*3*');
const bars = SAMPLE.replaceAll('*', '|').replaceAll('~', '\n').replaceAll('000000101', '000000202');

const SOUND = [
  SAMPLE,
  three,
  three + bars,
  SAMPLE.replaceAll('~', '~\r\n'),
  SAMPLE.replace(/(.{80})/g, '$1\n'),
];

type Mutation = (text: string) => string;

const place = fc.nat(3000);
const size = fc.nat(120);

/** What happens to files on their way, and what nobody would think of. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([at, byte]) => (text: string) => {
    const i = at % text.length;
    return text.slice(0, i) + String.fromCharCode(byte) + text.slice(i + 1);
  }),
  fc.tuple(place, fc.constantFrom(...'*>~|\n\rISA0')).map(([at, sign]) => (text: string) => {
    const i = at % text.length;
    return text.slice(0, i) + sign + text.slice(i);
  }),
  fc.tuple(place, size).map(([at, length]) => (text: string) => {
    const i = at % text.length;
    return text.slice(0, i) + text.slice(i + length);
  }),
  fc.tuple(place, size).map(([at, length]) => (text: string) => {
    const i = at % text.length;
    return text.slice(0, i) + text.slice(i, i + length) + text.slice(i);
  }),
  fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => (text: string) => {
    const segments = text.split(/(?<=[~\n])/);
    const [i, k] = [a % segments.length, b % segments.length];
    return segments.with(i, segments[k]!).with(k, segments[i]!).join('');
  }),
  place.map((at) => (text: string) => text.slice(0, at % text.length)),
);

const mutated = fc
  .tuple(fc.constantFrom(...SOUND), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([text, mutations]) =>
    mutations.reduce((whole, mutate) => (whole === '' ? whole : mutate(whole)), text),
  );

test('whatever happens to a file, it is judged without a throw, and its answers are told', (t) => {
  fc.assert(
    fc.property(mutated, (text) => {
      const bytes = Buffer.from(text, 'latin1');
      const { unwritten } = validateFile(bytes, configuration, undefined, '2026-01-05T09:15:00.000Z');
      const { orders, replies } = receive(bytes);
      return unwritten.length === 0 && replies.length === orders.length;
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

test('no order comes from an interchange whose own trailer does not check', (t) => {
  fc.assert(
    fc.property(mutated, (text) => {
      const bytes = Buffer.from(text, 'latin1');
      const results = [...readDocuments(() => [bytes], profile)];
      return pairUp(results).every(({ document, report: { status, header } }) => {
        if (document.kind === 'interchange-acknowledgement') return status !== 'R';
        const source = document.source!;
        const rest = text.slice(header.offset);
        return status !== 'R' && checksOut(rest, source.interchange, source.group, source.control);
      });
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

test('work is bounded by the bytes: a file of nothing but beginnings takes no longer than another', (t) => {
  const hard = [
    'ISA*00*',
    'ISA',
    'ISA*',
    'I',
    'ST*850*0001~',
    'GS*PO~',
    `${SAMPLE.slice(0, 106)}`,
    'ISA*00*ISA',
    '\n',
  ];
  for (const piece of hard) {
    const bytes = Buffer.from(
      SAMPLE.slice(0, 200) + piece.repeat(Math.ceil(2_000_000 / piece.length)),
      'latin1',
    );
    const start = performance.now();
    const reader = createInterchangeReader({ standards: configuration.standards });
    let readings = 0;
    for (let at = 0; at < bytes.length; at += 65_536) {
      for (const _ of reader.push(bytes.subarray(at, at + 65_536))) readings++;
    }
    for (const _ of reader.end()) readings++;
    t.true(readings > 0);
    const seconds = (performance.now() - start) / 1000;
    t.true(seconds < 10, `${JSON.stringify(piece)} took ${seconds} s`);
  }
});

type Document = Extract<ReadResult, { kind: 'document' }>['document'];
type Report = Extract<ReadResult, { kind: 'interchange' }>['report'];

/** Each document with the report of its interchange, which follows it. */
function pairUp(results: readonly ReadResult[]): { document: Document; report: Report }[] {
  let open: Document[] = [];
  return results.flatMap((result) => {
    if (result.kind === 'document') open.push(result.document);
    if (result.kind !== 'interchange') return [];
    const pairs = open.map((document) => ({ document, report: result.report }));
    open = [];
    return pairs;
  });
}

/** Told from the bytes alone: the trailers repeat the numbers of the headers, in their order. */
function checksOut(text: string, interchange: string, group: string, set: string): boolean {
  const found = /^ISA(.)(?:[\s\S]*?\1){15}[\r\n]*.[\r\n ]*?([^ ])/.exec(text);
  if (found === null) return false;
  const [e, t] = [found[1]!, found[2]!].map(
    (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  // A wrapped file has line ends anywhere; where the line end is the terminator it stays.
  const plain = found[2] === '\n' ? text : text.replace(/[\r\n]/g, '');
  const trailer = (id: string, control: string) => `${id}${e}\\d+${e}${control}(?:${e}[^${t}]*)?`;
  const [se, ge, iea] = [trailer('SE', set), trailer('GE', group), trailer('IEA', interchange)];
  return new RegExp(`${se}${t}[^]*?${ge}${t}[^]*?${iea}(?:${t}|$)`).test(plain);
}
