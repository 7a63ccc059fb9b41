import { type Mistake, mistake, sortMistakes } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import {
  type Address,
  type Change,
  type Entry,
  type Expression,
  formatAddress,
  formatStep,
  type MapFile,
  type Step,
} from './map-file.ts';

/** Finds the map that `extends:` names, such as `x12/850`; the caller holds the texts. */
export type Lookup = (name: string) => MapFile | undefined;

/** One map without `extends`: the base with the overlay's changes applied, every piece keeping its own place. */
export function resolveMap(map: MapFile, lookup: Lookup): { map: MapFile; mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const resolved = resolve(map, lookup, [map], mistakes);
  return { map: resolved, mistakes: sortMistakes(mistakes) };
}

function resolve(map: MapFile, lookup: Lookup, chain: readonly MapFile[], mistakes: Mistake[]): MapFile {
  if (map.extends === undefined) return map;
  const { place, text } = map.extends;
  const base = lookup(text);
  if (base === undefined || chain.includes(base)) {
    const why = base === undefined ? 'there is no such map' : 'the maps extend each other in a circle';
    mistakes.push(mistake(place, `\`extends: ${text}\`: ${why}`));
    return map;
  }
  for (const entry of map.segments) {
    mistakes.push(mistake(entry.place, 'a map that extends another states its bindings under `change:`'));
  }
  const below = resolve(base, lookup, [...chain, base], mistakes);
  let segments = below.segments;
  for (const change of map.change) segments = applyChange(segments, change, change.address.loops, mistakes);
  return {
    file: map.file,
    set: map.set ?? below.set,
    document: map.document ?? below.document,
    since: map.since ?? below.since,
    extends: undefined,
    segments,
    change: [],
    narrowing: {
      require: [...below.narrowing.require, ...map.narrowing.require],
      forbid: [...below.narrowing.forbid, ...map.narrowing.forbid],
      codes: [...below.narrowing.codes, ...map.narrowing.codes],
    },
  };
}

/** Walks down the loops of the address and changes the entries found there. */
function applyChange(
  entries: readonly Entry[],
  change: Change,
  loops: readonly Step[],
  mistakes: Mistake[],
): readonly Entry[] {
  const [next, ...rest] = loops;
  if (next === undefined) return changeHere(entries, change, mistakes);
  const at = entries.findIndex((entry) => isAt(entry, next));
  const inner = entries[at]?.segments;
  if (inner === undefined) {
    const known = entries.filter((entry) => entry.segments !== undefined).map(formatStep);
    const why = at >= 0 ? 'binds it as one segment' : 'has no such loop';
    const hint =
      at >= 0
        ? `; give it whole: \`${formatStep(next)}: { segments: … }\``
        : suggest(formatStep(next), known);
    say(mistakes, change.address, `the map below ${why}: \`${formatStep(next)}\`${hint}`);
    return entries;
  }
  return entries.with(at, { ...entries[at]!, segments: applyChange(inner, change, rest, mistakes) });
}

function changeHere(entries: readonly Entry[], change: Change, mistakes: Mistake[]): readonly Entry[] {
  switch (change.kind) {
    case 'bind':
      return bind(entries, change.entry, change.address, mistakes);
    case 'drop':
      return replace(entries, change.address, mistakes, () => []);
    case 'element':
      return replace(entries, change.address, mistakes, (entry) => [
        changeElement(entry, change.address, change.expression, mistakes),
      ]);
    case 'requalify':
      return replace(entries, change.from, mistakes, (entry) => [
        { ...entry, place: change.address.place, qualifier: change.address.step.qualifier },
      ]);
  }
}

/** Takes the place of the binding with the same segment and qualifier, else stands before its namesakes. */
function bind(
  entries: readonly Entry[],
  entry: Entry,
  address: Address,
  mistakes: Mistake[],
): readonly Entry[] {
  const same = entries.findIndex((other) => isAt(other, address.step));
  if (same < 0) {
    const namesake = entries.findIndex((other) => other.segment === entry.segment);
    return namesake < 0 ? [...entries, entry] : entries.toSpliced(namesake, 0, entry);
  }
  if (entries[same]!.segments !== undefined && entry.segments === undefined) {
    const name = formatStep(address.step);
    say(
      mistakes,
      address,
      `\`${name}\` is a loop in the map below; its first segment is \`${name}/${entry.segment}\``,
    );
    return entries;
  }
  return entries.with(same, entry);
}

function replace(
  entries: readonly Entry[],
  address: Address,
  mistakes: Mistake[],
  change: (entry: Entry) => readonly Entry[],
): readonly Entry[] {
  const at = entries.findIndex((entry) => isAt(entry, address.step));
  if (at < 0) {
    const hint = suggest(formatStep(address.step), entries.map(formatStep));
    say(mistakes, address, `the map below does not bind \`${formatStep(address.step)}\` here${hint}`);
    return entries;
  }
  return entries.toSpliced(at, 1, ...change(entries[at]!));
}

function changeElement(entry: Entry, address: Address, expression: Expression, mistakes: Mistake[]): Entry {
  const position = address.element!;
  if (entry.elements === undefined) {
    const name = formatStep(address.step);
    say(
      mistakes,
      address,
      `\`${name}\` is a loop; the elements of its first segment are \`${name}/${formatAddress(address)}\``,
    );
    return entry;
  }
  const elements = [...entry.elements];
  let next = 1;
  for (let i = 0; i < elements.length; i++) {
    const width = expressionWidth(elements[i]!);
    if (position === next) return { ...entry, elements: elements.with(i, expression) };
    if (position < next + width) {
      say(mistakes, address, `${formatAddress(address)} lies inside the list that starts at element ${next}`);
      return entry;
    }
    next += width;
  }
  for (; next < position; next++) elements.push({ kind: 'skip', place: address.place, fixed: undefined });
  return { ...entry, elements: [...elements, expression] };
}

/** How many element positions it covers; pairs without a number reach to the end. */
export function expressionWidth(expression: Expression): number {
  if (expression.kind === 'items' && expression.as === 'groups') {
    return expression.parts.length * (expression.times ?? Number.POSITIVE_INFINITY);
  }
  if (expression.kind !== 'field') return 1;
  for (const { name, args } of expression.conversions) {
    if (name === 'pairs') return args[0] === undefined ? Number.POSITIVE_INFINITY : 2 * Number(args[0]);
    if (name === 'list') return Number(args[0] ?? 1);
  }
  return 1;
}

function isAt(entry: Entry, step: Step): boolean {
  return entry.segment === step.segment && entry.qualifier === step.qualifier;
}

function say(mistakes: Mistake[], address: Address, message: string): void {
  mistakes.push(mistake(address.place, message));
}
