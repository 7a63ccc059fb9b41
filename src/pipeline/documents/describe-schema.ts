import { z } from 'zod';
import { shipment } from '../../domain/shipment/shipment.ts';
import { documentTypes } from '../../mapping/language/documents.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** With what no map reads: a shipment is told as JSON. */
const TYPES = { ...documentTypes, shipment } as const;

type DocumentKind = keyof typeof TYPES;

export const DOCUMENT_KINDS = Object.keys(TYPES) as readonly DocumentKind[];

/** Canonical documents by kind, with the X12 sets whose base maps make them. */
export function listDocumentKinds(
  configuration: Configuration,
): readonly { readonly kind: DocumentKind; readonly sets: readonly string[] }[] {
  const sets = new Map([['interchange-acknowledgement', new Set(['TA1'])]]);
  for (const standard of configuration.standards.values()) {
    for (const set of standard.sets.keys()) {
      const map = configuration.mapFor(undefined, set, standard);
      if (map !== undefined) sets.set(map.document, (sets.get(map.document) ?? new Set()).add(set));
    }
  }
  return DOCUMENT_KINDS.map((kind) => ({
    kind,
    sets: [...(sets.get(kind) ?? [])].sort(),
  }));
}

export function isDocumentKind(kind: string): kind is DocumentKind {
  return Object.hasOwn(TYPES, kind);
}

/** What a decimal and a time look like, for those who know no such formats; our times have no zone. */
const PATTERNS: Readonly<Record<string, string>> = {
  decimal: String.raw`^[+-]?(\d+\.?\d*|\.\d+)$`,
  time: String.raw`^\d\d:\d\d(:\d\d(\.\d{1,2})?)?$`,
};

/** The JSON Schema (draft 2020-12) of a canonical document. */
export function describeSchema(kind: DocumentKind): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(TYPES[kind], {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      const pattern = PATTERNS[jsonSchema.format ?? ''];
      if (pattern === undefined) return;
      jsonSchema.pattern = pattern;
      // JSON Schema's own `time` has a zone.
      if (jsonSchema.format === 'time') delete jsonSchema.format;
    },
  });
  return { title: kind, ...schema };
}
