import { readInterchanges } from '../../x12/interchange/interchange.ts';
import type { ReaderOptions } from '../../x12/interchange/reading.ts';
import type { SegmentData } from '../../x12/scan/segment-data.ts';
import { STRICT, type ValidationPolicy } from '../../x12/validate/policy.ts';
import { WriteError } from '../../x12/write/write.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { describeSetProblems } from '../documents/describe-report.ts';
import { type Envelope, seal } from './seal.ts';

/** Sets of one kind, before anything else surrounds them. */
export type Proof = {
  readonly set: string;
  readonly version: string;
  readonly functionalId: string;
  readonly bodies: readonly (readonly SegmentData[])[];
};

/** A 997 or 999 repeats ids that may themselves be what is wrong, such as a set id that does not exist. */
const ECHOING: ValidationPolicy = { noted: new Set(['bad-code', 'too-short']), warned: new Set() };

/** What we send strays from nothing. */
const EXACT = {
  'lower-case-ids': 'refuse',
  'padded-elements': 'refuse',
  'trailing-separators': 'refuse',
} as const;

/**
 * Reads back what is about to leave and judges it by the standard, as the partner will: what is wrong with each set.
 * All are read together, which is quicker; each alone only where they cannot be told apart.
 */
export function proofread(proof: Proof, envelope: Envelope, configuration: Configuration): string[][] {
  const { bodies } = proof;
  if (bodies.length === 0) return [];
  const found = readBack(proof, envelope, configuration);
  if (found.kind === 'read') return found.problems;
  if (bodies.length === 1) return [found.problems];
  return bodies.flatMap((body) => proofread({ ...proof, bodies: [body] }, envelope, configuration));
}

type ReadBack =
  | { readonly kind: 'read'; readonly problems: string[][] }
  | { readonly kind: 'confused'; readonly problems: string[] };

function readBack(proof: Proof, envelope: Envelope, configuration: Configuration): ReadBack {
  const { set, version, functionalId, bodies } = proof;
  const options: ReaderOptions = {
    standards: configuration.standards,
    charset: envelope.charset,
    policy: () => (functionalId === 'FA' ? ECHOING : STRICT),
    tolerance: EXACT,
  };
  const groups = [{ functionalId, version, sets: bodies.map((segments) => ({ set, segments })) }];
  const unsealed = { usage: 'P', version: version.slice(0, 5), ta1s: [], groups } as const;
  try {
    const problems: string[][] = [];
    for (const reading of readInterchanges(seal(unsealed, envelope, () => 1).bytes, options)) {
      if (reading.kind !== 'set') continue;
      problems.push(reading.report.status === 'R' ? [describeSetProblems(reading.report)] : []);
    }
    if (problems.length === bodies.length) return { kind: 'read', problems };
    return { kind: 'confused', problems: [`read back as ${problems.length} sets`, ...problems.flat()] };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { kind: 'confused', problems: error.problems.map((problem) => problem.message) };
  }
}
