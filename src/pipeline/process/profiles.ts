import type { Source } from '../../domain/document.ts';
import type { PartnerFile } from '../../domain/partner/partner.ts';
import { takenSets } from '../../domain/partner/received-sets.ts';
import { type Leniency, leniencyOf } from '../../domain/partner/tolerance.ts';
import type { CompiledMap } from '../../mapping/compile/compile-map.ts';
import { checkNarrowing } from '../../mapping/run/narrowing.ts';
import { readSet } from '../../mapping/run/read-set.ts';
import { writeSet } from '../../mapping/run/write-set.ts';
import type { NarrowedSet, SetReading } from '../../x12/interchange/reading.ts';
import type { SegmentProblem } from '../../x12/interchange/report.ts';
import { chooseStandard } from '../../x12/standard/standard.ts';
import type { ErrorKind, ValidationPolicy } from '../../x12/validate/policy.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import type { DocumentsToWrite, WriteAll, WriteDocuments, WrittenDocument } from '../respond/drafts.ts';
import { proofread } from '../respond/proofread.ts';
import type { Envelope } from '../respond/seal.ts';
import type { CanonicalDocument, ReadingProfile } from './interpret.ts';

/** How a partner's files are read; without a partner by the standard and the base maps alone. */
export function makeReadingProfile(
  configuration: Configuration,
  partner: Partner | undefined,
): ReadingProfile {
  const shared = { standards: configuration.standards };
  const read = (reading: SetReading) => readDocument(configuration, partner, reading);
  if (partner === undefined) {
    // Nobody agreed on a version: the nearest one gives hints.
    const tolerance = { 'unknown-version': 'warn' } as const;
    return { ...shared, sets: 'any', tolerance, readDocument: read };
  }
  const { x12 } = partner.file;
  return {
    ...shared,
    policy: createPolicies(partner.file),
    charset: x12.charset,
    sets: takenSets(partner.file),
    tolerance: x12.tolerate,
    narrow: (set) => narrow(configuration, partner, set),
    readDocument: read,
  };
}

/** What the partner's errors lead to: for a set its own table laid over that of all. */
function createPolicies({ x12, receive }: PartnerFile): (set: string) => ValidationPolicy {
  const made = new Map<string, ValidationPolicy>();
  return (set) => {
    const name = Object.hasOwn(receive, set) ? set : 'other';
    let policy = made.get(name);
    if (policy === undefined) {
      const kinds = [...leniencyOf(x12.errors, receive[name]?.errors)];
      const of = (leniency: Leniency) =>
        new Set(kinds.flatMap(([kind, said]): ErrorKind[] => (said === leniency ? [kind] : [])));
      policy = { noted: of('note'), warned: of('warn') };
      made.set(name, policy);
    }
    return policy;
  };
}

/** What the partner's overlay requires, forbids and narrows beyond the standard. */
function narrow(configuration: Configuration, partner: Partner, of: NarrowedSet): readonly SegmentProblem[] {
  const chosen = chooseStandard(configuration.standards, of.version);
  const map = chosen && configuration.mapFor(partner, of.set, chosen.standard);
  return map === undefined ? [] : checkNarrowing(map.narrowing, of.segments, of.nodes);
}

/**
 * What `read` puts up with when nobody's rules are asked for: findings that lose nothing, since the document says what
 * was sent and the finding is told beside it.
 */
const NOTHING_LOST: ValidationPolicy = {
  noted: new Set([
    'bad-code',
    'too-short',
    'too-long',
    'too-many-elements',
    'too-many-components',
    'too-many-repeats',
    'missing-conditional',
    'exclusion',
  ]),
  warned: new Set(),
};

/** Reading for a person's eyes, without a partner: as the standard has it, and as much of it as is safe. */
export function makeOpenProfile(configuration: Configuration): ReadingProfile {
  return {
    ...makeReadingProfile(configuration, undefined),
    policy: () => NOTHING_LOST,
    tolerance: { 'unknown-version': 'warn', 'foreign-group': 'warn' },
  };
}

function readDocument(
  configuration: Configuration,
  partner: Partner | undefined,
  reading: SetReading,
): CanonicalDocument | undefined {
  const chosen = chooseStandard(configuration.standards, reading.group.version);
  if (chosen === undefined || reading.definition === undefined) return undefined;
  const map = configuration.mapFor(partner, reading.report.set, chosen.standard);
  if (map === undefined) return undefined;
  const { segments, nodes } = reading;
  return readSet(map, { segments, nodes, source: describeSource(reading) }) as CanonicalDocument;
}

/** Where a document came from, as its envelope says. */
function describeSource(reading: SetReading): Source {
  return {
    format: 'x12',
    version: reading.group.version,
    set: reading.report.set,
    sender: reading.interchange.sender,
    receiver: reading.interchange.receiver,
    interchange: reading.interchange.control,
    group: reading.group.control,
    control: reading.report.control,
  };
}

/** Writes documents of one kind with the partner's map. */
export function makeDocumentWriter(
  configuration: Configuration,
  partner: Partner | undefined,
  envelope: Envelope,
): WriteDocuments {
  const write = makeDocumentsWriter(configuration, partner, envelope);
  return (set, version, documents) => write([{ set, version, documents }])[0]!;
}

/**
 * Writes documents with the partner's maps. What is wrong with them is found before they leave: each is read back and
 * judged by the standard, as the partner will.
 */
export function makeDocumentsWriter(
  configuration: Configuration,
  partner: Partner | undefined,
  envelope: Envelope,
): WriteAll {
  return (kinds) => {
    const written = kinds.map((kind) => writeKind(configuration, partner, kind));
    const found = new Map<WrittenDocument, readonly string[]>();
    const proofs = written.map(({ documents, ...kind }) => {
      const sound = documents.filter(({ problems }) => problems.length === 0);
      return { ...kind, sound, bodies: sound.map(({ segments }) => segments) };
    });
    for (const [i, problems] of proofread(proofs, envelope, configuration).entries())
      for (const [k, one] of proofs[i]!.sound.entries()) found.set(one, problems[k]!);
    return written.map(({ documents }) =>
      documents.map((one) => ({ segments: one.segments, problems: found.get(one) ?? one.problems })),
    );
  };
}

function writeKind(
  configuration: Configuration,
  partner: Partner | undefined,
  { set, version, documents }: DocumentsToWrite,
) {
  const standard = configuration.standards.get(version);
  const map = standard === undefined ? undefined : configuration.mapFor(partner, set, standard);
  const write = (document: CanonicalDocument): WrittenDocument => {
    if (map !== undefined) return writeDocument(map, set, document);
    return { segments: [], problems: [`there is no map for set ${set} in version ${version}`] };
  };
  return { set, version, functionalId: map?.set.group ?? '', documents: documents.map(write) };
}

function writeDocument(map: CompiledMap, set: string, document: CanonicalDocument): WrittenDocument {
  if (map.document !== document.kind) {
    return {
      segments: [],
      problems: [`set ${set} carries a document of kind ${map.document}, not ${document.kind}`],
    };
  }
  const { segments, problems } = writeSet(map, document);
  return { segments, problems: problems.map((problem) => problem.message) };
}
