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
 * Reads back what is about to leave and judges it by the standard, as the partner will: what is wrong with each set of
 * each proof. All of one ISA12 are read together, for an interchange costs more to open than a 997 to read; each set
 * alone only where they cannot be told apart.
 */
export function proofread(
  proofs: readonly Proof[],
  envelope: Envelope,
  configuration: Configuration,
): string[][][] {
  const all = proofs.map((): string[][] => []);
  const places = proofs.flatMap(({ bodies }, place) => (bodies.length === 0 ? [] : [place]));
  for (const [version, together] of Map.groupBy(places, (place) => versionOf(proofs[place]!))) {
    const some = together.map((place) => proofs[place]!);
    const found = proofreadTogether(some, version, envelope, configuration);
    for (const place of together) all[place] = found.splice(0, proofs[place]!.bodies.length);
  }
  return all;
}

/** ISA12: from 00402 on it decides whether there is a repetition separator. */
function versionOf({ version }: Proof): string {
  return version.slice(0, 5);
}

/** What is wrong with each of their sets, one after the other. */
function proofreadTogether(
  proofs: readonly Proof[],
  version: string,
  envelope: Envelope,
  configuration: Configuration,
): string[][] {
  const found = readBack(proofs, version, envelope, configuration);
  if (found.kind === 'read') return found.problems;
  const alone = proofs.flatMap((proof) => proof.bodies.map((body) => ({ ...proof, bodies: [body] })));
  if (alone.length === 1) return [found.problems];
  return alone.flatMap((proof) => proofreadTogether([proof], version, envelope, configuration));
}

type ReadBack =
  | { readonly kind: 'read'; readonly problems: string[][] }
  | { readonly kind: 'confused'; readonly problems: string[] };

function readBack(
  proofs: readonly Proof[],
  version: string,
  envelope: Envelope,
  configuration: Configuration,
): ReadBack {
  const echoing = new Set(proofs.flatMap(({ functionalId, set }) => (functionalId === 'FA' ? [set] : [])));
  const options: ReaderOptions = {
    standards: configuration.standards,
    charset: envelope.charset,
    policy: (set) => (echoing.has(set) ? ECHOING : STRICT),
    tolerance: EXACT,
  };
  const groups = proofs.map(({ set, bodies, ...group }) => ({
    ...group,
    sets: bodies.map((segments) => ({ set, segments })),
  }));
  const unsealed = { usage: 'P', version, ta1s: [], groups } as const;
  let control = 0;
  try {
    const problems: string[][] = [];
    const { bytes } = seal(unsealed, envelope, () => ++control);
    for (const reading of readInterchanges(bytes, options)) {
      if (reading.kind !== 'set') continue;
      problems.push(reading.report.status === 'R' ? [describeSetProblems(reading.report)] : []);
    }
    const sets = groups.reduce((sum, group) => sum + group.sets.length, 0);
    if (problems.length === sets) return { kind: 'read', problems };
    return { kind: 'confused', problems: [`read back as ${problems.length} sets`, ...problems.flat()] };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { kind: 'confused', problems: error.problems.map((problem) => problem.message) };
  }
}
