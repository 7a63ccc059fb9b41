import { createHash } from 'node:crypto';
import { interchangeKey } from '../../domain/exchange/natural-keys.ts';
import { explainRead } from '../../mapping/run/lineage.ts';
import { drawHtml } from '../../render/inspect-html.ts';
import { drawText, type TextOptions } from '../../render/inspect-text.ts';
import { type Digest, digestFile, type Judged } from '../../x12/inspect/digest.ts';
import { inspectFile } from '../../x12/inspect/inspect-file.ts';
import type { Fields } from '../../x12/inspect/inspect-set.ts';
import { holdsSet, onlySet } from '../../x12/inspect/only-set.ts';
import type { Piece } from '../../x12/inspect/view.ts';
import { createInterchangeReader } from '../../x12/interchange/interchange.ts';
import type { JunkReading, ReaderOptions, SetReading } from '../../x12/interchange/reading.ts';
import { chooseStandard } from '../../x12/standard/standard.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import type { InterpretedInterchange, InterpretedSet } from '../process/interpret.ts';
import { judgeFile } from '../process/judge.ts';
import { makeReadingProfile } from '../process/profiles.ts';
import type { Verdict } from '../process/verdict.ts';
import { guessFormat } from './guess-format.ts';
import { isSound, makeAgreement, NO_FACTS } from './validate-file.ts';

/** Gives the bytes of the file from its beginning; it is gone through more than once, in constant memory. */
export type OpenFile = () => Iterable<Uint8Array>;

export type InspectAsked = {
  /** As the person named it. */
  readonly name: string;
  /** Only sets of this control number. */
  readonly set: string | undefined;
  /** Whether long sets are shown whole. */
  readonly whole: boolean;
  readonly as: { readonly kind: 'html' } | ({ readonly kind: 'text' } & TextOptions);
};

export type Inspected =
  /** `sound` as `validate` has it: nothing was refused, in part or whole. */
  | { readonly kind: 'shown'; readonly sound: boolean; readonly text: Iterable<string> }
  | { readonly kind: 'no-such-set'; readonly controls: readonly string[] };

/** Shows a file as a person reads it, judged as `validate` judges it. */
export function inspectDocuments(
  open: OpenFile,
  configuration: Configuration,
  partner: Partner | undefined,
  asked: InspectAsked,
): Inspected {
  const reader = makeReadingProfile(configuration, partner);
  const { interchanges, junk } = readReports(open(), reader);
  const hashed = hashRepeated(open, interchanges);
  const { verdicts } = judgeFile(
    { interchanges: hashed, junk },
    NO_FACTS,
    makeAgreement(configuration, partner),
  );
  const digest = digestFile(verdicts.map(describeVerdict), junk);
  if (asked.set !== undefined && !holdsSet(digest, asked.set))
    return { kind: 'no-such-set', controls: digest.contents.map(({ control }) => control) };
  const fieldsOf = (reading: SetReading) => findFields(configuration, partner, reading);
  const shown = inspectFile(open(), { reader, digest, whole: asked.whole, fieldsOf });
  const pieces = asked.set === undefined ? shown : onlySet(shown, digest, asked.set);
  const sound =
    verdicts.length > 0 &&
    verdicts.every(isSound) &&
    junk.every(({ problem }) => problem.severity === 'warning');
  const foreign = verdicts.length === 0 ? guessFormat(firstBytes(open())) : undefined;
  return { kind: 'shown', sound, text: draw(pieces, digest, sound, foreign, asked) };
}

function draw(
  pieces: Iterable<Piece>,
  digest: Digest,
  sound: boolean,
  foreign: string | undefined,
  { name, set, as }: InspectAsked,
): Iterable<string> {
  const file = { name, set, sound, foreign, digest };
  return as.kind === 'html' ? drawHtml(pieces, file) : drawText(pieces, file, as);
}

function readReports(
  chunks: Iterable<Uint8Array>,
  options: ReaderOptions,
): { interchanges: InterpretedInterchange[]; junk: JunkReading[] } {
  const interchanges: InterpretedInterchange[] = [];
  const junk: JunkReading[] = [];
  let sets: InterpretedSet[] = [];
  const reader = createInterchangeReader(options);
  const readings = function* () {
    for (const chunk of chunks) yield* reader.push(chunk);
    yield* reader.end();
  };
  for (const reading of readings()) {
    switch (reading.kind) {
      case 'set': {
        const { group, report, exact } = reading;
        sets.push({ group, report, exact, document: undefined });
        break;
      }
      case 'interchange':
        interchanges.push({ reading, sha256: '', sets });
        sets = [];
        break;
      case 'junk':
        junk.push(reading);
        break;
    }
  }
  return { interchanges, junk };
}

/** Interchanges under one key are compared by their bytes: only then are bytes hashed. */
function hashRepeated(
  open: OpenFile,
  interchanges: readonly InterpretedInterchange[],
): readonly InterpretedInterchange[] {
  const keys = new Set(interchanges.map(({ reading }) => interchangeKey(reading.report.header)));
  if (keys.size === interchanges.length) return interchanges;
  const hashes = hashRanges(
    open(),
    interchanges.map(({ reading }) => reading),
  );
  return interchanges.map((one, i) => ({ ...one, sha256: hashes[i]! }));
}

type Range = { readonly offset: number; readonly length: number };

/** SHA-256 of each of the ranges, which follow one another. */
function hashRanges(chunks: Iterable<Uint8Array>, ranges: readonly Range[]): string[] {
  const hashes: string[] = [];
  let hash = createHash('sha256');
  let at = 0;
  for (const chunk of chunks) {
    for (let range = ranges[hashes.length]; range !== undefined; range = ranges[hashes.length]) {
      const [start, end] = [range.offset - at, range.offset + range.length - at];
      if (start >= chunk.length) break;
      hash.update(chunk.subarray(Math.max(0, start), Math.min(chunk.length, end)));
      if (end > chunk.length) break;
      hashes.push(hash.digest('hex'));
      hash = createHash('sha256');
    }
    at += chunk.length;
  }
  return hashes;
}

function describeVerdict(verdict: Verdict): Judged {
  return verdict.kind === 'repeated'
    ? { report: verdict.of.reading.report, repeated: true }
    : { report: verdict.report, repeated: false };
}

/** Of a longer set the lineage would take more memory than the set. */
const MOST_EXPLAINED = 5000;

/** The fields that a sound set is read into; of another nothing is. */
function findFields(
  configuration: Configuration,
  partner: Partner | undefined,
  { definition, report, segments, nodes, group }: SetReading,
): Fields {
  const none: Fields = () => undefined;
  const standard = chooseStandard(configuration.standards, group.version)?.standard;
  if (definition === undefined || standard === undefined) return none;
  if (report.status === 'R' || segments.count > MOST_EXPLAINED) return none;
  const map = configuration.mapFor(partner, report.set, standard);
  if (map === undefined) return none;
  const fields = new Map<string, string>();
  for (const { path, segment, element, component } of explainRead(map, { segments, nodes }).origins) {
    if (path !== undefined && segment !== undefined) fields.set(`${segment}.${element}.${component}`, path);
  }
  return (s, element, component) => fields.get(`${s}.${element}.${component}`);
}

function firstBytes(chunks: Iterable<Uint8Array>): Uint8Array {
  for (const chunk of chunks) return Uint8Array.from(chunk.subarray(0, 512));
  return new Uint8Array(0);
}
