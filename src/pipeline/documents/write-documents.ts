import { z } from 'zod';
import { assert } from '../../lib/assert.ts';
import type { Instant } from '../../lib/dates.ts';
import { type DocumentKind, documentTypes } from '../../mapping/language/documents.ts';
import { findTa1Faults, writeTa1 } from '../../x12/acknowledge/ta1.ts';
import type { SegmentData } from '../../x12/scan/segment-data.ts';
import type { Configuration, Partner } from '../configuration/configuration.ts';
import type { CanonicalDocument } from '../process/interpret.ts';
import { makeDocumentWriter } from '../process/profiles.ts';
import type { WrittenDocument } from '../respond/drafts.ts';
import { type Envelope, makeEnvelope, seal } from '../respond/seal.ts';

export type Written = {
  /** Absent when anything is wrong: half of what was asked for is never written. */
  readonly bytes: Uint8Array | undefined;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
};

type LineProblem = Written['problems'][number];

/** Canonical documents, one a line (or one JSON value in all), as one interchange for a partner. */
export function writeDocuments(
  text: string,
  set: string,
  configuration: Configuration,
  partner: Partner,
  firstControl: number,
  now: Instant,
): Written {
  const { company } = configuration;
  assert(company !== undefined, 'a partner is sound only beside a sound company.yaml');
  const { version, usage } = partner.file.x12;
  const definition = configuration.standards.get(version)?.sets.get(set);
  if (definition === undefined && set !== 'TA1') {
    return { bytes: undefined, problems: [{ line: 1, message: `set ${set} is not defined in ${version}` }] };
  }
  const envelope = makeEnvelope(company, partner.file, now);
  const { documents, problems } = parseDocuments(text);
  const write =
    definition === undefined ? writeTa1Document : createSetWriter(configuration, partner, envelope, set);
  const written = documents.flatMap(({ line, document }): SegmentData[][] => {
    const { segments, problems: found } = write(document);
    problems.push(...found.map((message) => ({ line, message })));
    return [[...segments]];
  });
  if (problems.length > 0) return { bytes: undefined, problems };
  const sets = written.map((segments) => ({ set, segments }));
  const unsealed = {
    usage,
    version: version.slice(0, 5),
    ta1s: definition === undefined ? written.flat() : [],
    groups: definition === undefined ? [] : [{ functionalId: definition.group, version, sets }],
  };
  return { bytes: seal(unsealed, envelope, () => firstControl).bytes, problems };
}

type WriteDocument = (document: CanonicalDocument) => WrittenDocument;

function createSetWriter(
  configuration: Configuration,
  partner: Partner,
  envelope: Envelope,
  set: string,
): WriteDocument {
  const write = makeDocumentWriter(configuration, partner, envelope);
  return (document) => write(set, partner.file.x12.version, [document])[0]!;
}

/** A TA1 lies in no group and no set, and no map says anything of it. */
function writeTa1Document(document: CanonicalDocument): WrittenDocument {
  if (document.kind !== 'interchange-acknowledgement') {
    const problem = `a TA1 carries a document of kind interchange-acknowledgement, not ${document.kind}`;
    return { segments: [], problems: [problem] };
  }
  return { segments: [writeTa1(document)], problems: findTa1Faults(document) };
}

/** The documents in a text, each with the line that it begins on. */
function parseDocuments(text: string): {
  readonly documents: readonly { readonly line: number; readonly document: CanonicalDocument }[];
  readonly problems: LineProblem[];
} {
  const problems: LineProblem[] = [];
  const documents = splitDocuments(text).flatMap(({ line, value }) => {
    const document = parseDocument(value);
    if (typeof document !== 'string') return [{ line, document }];
    problems.push({ line, message: document });
    return [];
  });
  if (documents.length === 0 && problems.length === 0) {
    problems.push({ line: 1, message: 'there is no document in it' });
  }
  return { documents, problems };
}

function splitDocuments(text: string): { line: number; value: unknown }[] {
  const whole = parseJson(text);
  if (whole.ok) return [{ line: 1, value: whole.value }];
  return text.split('\n').flatMap((one, i) => {
    if (one.trim() === '') return [];
    const parsed = parseJson(one);
    return [{ line: i + 1, value: parsed.ok ? parsed.value : new Error(parsed.message) }];
  });
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: `not JSON: ${(error as Error).message}` };
  }
}

/** The document, or what is wrong with it. */
function parseDocument(value: unknown): CanonicalDocument | string {
  if (value instanceof Error) return value.message;
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(documentTypes, kind)) {
    return `kind is ${JSON.stringify(kind)}: expected one of ${Object.keys(documentTypes).join(', ')}`;
  }
  // Where a document came from does not matter for writing it.
  const schema = (documentTypes[kind as DocumentKind] as z.ZodObject).partial({ source: true });
  const result = schema.safeParse(value);
  return result.success
    ? (result.data as unknown as CanonicalDocument)
    : z.prettifyError(result.error).replaceAll('\n', ' ');
}
