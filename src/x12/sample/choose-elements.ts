import type { SegmentDefinition } from '../standard/definition.ts';
import { findBreaches } from './conditions.ts';

type Positions = ReadonlySet<number>;

/** The fewest elements that the standard allows: what is mandatory, and what that asks for. */
export function chooseFewest(segment: SegmentDefinition): Positions {
  return complete(segment, mandatoryOf(segment)) ?? contradict(segment);
}

/**
 * Choices of as many elements as may stand together. Exclusions part them: each element is in one choice at least.
 */
export function chooseMost(segment: SegmentDefinition): readonly Positions[] {
  const all = segment.elements.map((_, index) => index + 1);
  const choices: Positions[] = [];
  for (const wanted of [0, ...all]) {
    if (choices.some((choice) => choice.has(wanted))) continue;
    choices.push(chooseInOrder(segment, wanted === 0 ? all : [wanted, ...all]));
  }
  return choices;
}

function chooseInOrder(segment: SegmentDefinition, order: readonly number[]): Positions {
  let chosen = chooseFewest(segment);
  // What the fewest chose freely may be what excludes the first that is wanted.
  const first = complete(segment, new Set([...mandatoryOf(segment), order[0]!]));
  if (first !== undefined) chosen = first;
  for (const e of order) chosen = complete(segment, new Set([...chosen, e])) ?? chosen;
  return chosen;
}

function mandatoryOf(segment: SegmentDefinition): Positions {
  return new Set(segment.elements.flatMap((use, index) => (use.mandatory ? [index + 1] : [])));
}

/** Adds what the conditions ask for; undefined when it cannot be had. */
function complete(segment: SegmentDefinition, chosen: Positions): Positions | undefined {
  const [breach] = findBreaches(segment.conditions, chosen);
  if (breach === undefined) return chosen;
  if (breach.kind === 'excluded') return undefined;
  const { kind, positions } = breach.condition;
  const candidates = kind === 'R' ? positions : kind === 'L' ? positions.slice(1) : [breach.position];
  for (const e of candidates) {
    const more = complete(segment, new Set([...chosen, e]));
    if (more !== undefined) return more;
  }
  return undefined;
}

function contradict(segment: SegmentDefinition): never {
  throw new Error(`the conditions of ${segment.id} contradict one another`);
}
