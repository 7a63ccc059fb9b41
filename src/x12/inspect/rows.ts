import type { Separators } from '../scan/separators.ts';
import type { ElementUse, SegmentDefinition, Standard } from '../standard/definition.ts';
import type { Row, Told } from './view.ts';
import { sayInWords } from './words.ts';

/** A segment to be shown. */
export type SegmentSource = {
  readonly id: string;
  /** As they were sent; [0] is the segment id. */
  readonly values: readonly string[];
  /** As they were read: in capitals, say, where a partner's small letters are put up with. */
  readonly meant: readonly string[];
  readonly definition: SegmentDefinition | undefined;
  readonly standard: Standard | undefined;
  /** Absent for an ISA, whose elements hold the separators themselves. */
  readonly separators: Separators | undefined;
  /** The field that an element (component 0) or a component was read into. */
  readonly fieldOf: (element: number, component: number) => string | undefined;
};

/** Something said about an element, or a component or repeat of it. */
export type ElementTold = {
  readonly element: number;
  readonly component: number | undefined;
  readonly repetition: number | undefined;
  readonly told: Told;
};

/** Where a row stands; 0 for the whole element, and for an element without repeats. */
type Place = { readonly element: number; readonly repetition: number; readonly component: number };

type Draft = { readonly place: Place; readonly row: Row & { readonly told: Told[] } };

/** The elements that are there, and those that are told to be missing, in their order. */
export function buildRows(source: SegmentSource, told: readonly ElementTold[]): Row[] {
  const drafts: Draft[] = [];
  for (let element = 1; element < source.values.length; element++) {
    const value = source.values[element]!;
    if (value !== '') addElement(drafts, source, element, value, source.meant[element] ?? '');
  }
  for (const one of told) tellRow(drafts, source, one);
  return drafts.map(({ row }) => row);
}

function addElement(
  drafts: Draft[],
  source: SegmentSource,
  element: number,
  value: string,
  meant: string,
): void {
  const { separators, definition, standard } = source;
  const use = definition?.elements[element - 1];
  const composite = use === undefined ? undefined : findComposite(standard, use);
  const repeats = splitRepeats(value, use, separators);
  const meantRepeats = splitRepeats(meant, use, separators);
  repeats.forEach((one, r) => {
    const place = { element, repetition: repeats.length > 1 ? r + 1 : 0, component: 0 };
    const meantOne = meantRepeats[r] ?? '';
    if (composite === undefined || separators === undefined) {
      drafts.push(draftRow(source, place, one, meantOne));
      return;
    }
    drafts.push(draftRow(source, place, '', ''));
    const sign = String.fromCharCode(separators.component);
    const meantParts = meantOne.split(sign);
    one.split(sign).forEach((part, c) => {
      if (part === '') return;
      drafts.push(draftRow(source, { ...place, component: c + 1 }, part, meantParts[c] ?? ''));
    });
  });
}

/** Only where the standard allows repeats is the sign that parts them more than a character. */
function splitRepeats(
  value: string,
  use: ElementUse | undefined,
  separators: Separators | undefined,
): readonly string[] {
  const sign = separators?.repetition;
  return sign === undefined || (use?.repeat ?? 1) === 1 ? [value] : value.split(String.fromCharCode(sign));
}

function draftRow(source: SegmentSource, place: Place, value: string, meant: string): Draft {
  const { standard, fieldOf } = source;
  const ref = referenceOf(source, place);
  const definition = ref === undefined ? undefined : standard?.elements.get(ref);
  const composite = ref === undefined || definition !== undefined ? undefined : standard?.composites.get(ref);
  const words =
    definition === undefined || standard === undefined || meant === ''
      ? undefined
      : sayInWords(standard, definition, meant);
  const row = {
    at: nameAt(source.id, place),
    name: definition?.name ?? composite?.name ?? '',
    value,
    absent: undefined,
    part: place.component > 0,
    words,
    field: fieldOf(place.element, place.component),
    told: [],
  };
  return { place, row };
}

function referenceOf(
  { definition, standard }: SegmentSource,
  { element, component }: Place,
): string | undefined {
  const use = definition?.elements[element - 1];
  if (use === undefined || component === 0) return use?.ref;
  return findComposite(standard, use)?.elements[component - 1]?.ref;
}

/** A reference number that no simple element has is that of a composite. */
function findComposite(standard: Standard | undefined, { ref }: ElementUse): SegmentDefinition | undefined {
  return standard?.elements.has(ref) ? undefined : standard?.composites.get(ref);
}

/** What stands for a segment id may be a whole page without separators. */
function nameAt(id: string, { element, repetition, component }: Place): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const again = repetition === 0 ? '' : `[${repetition}]`;
  return `${id.length > 3 ? `${id.slice(0, 3)}…` : id}-${two(element)}${again}${component === 0 ? '' : `-${two(component)}`}`;
}

/** Under its own row; what is missing gets one where it would be. */
function tellRow(drafts: Draft[], source: SegmentSource, one: ElementTold): void {
  const { element, repetition = 0, component = 0, told } = one;
  const at = drafts.find(
    ({ place }) =>
      place.element === element &&
      place.component === component &&
      (place.repetition === repetition || repetition === 0),
  );
  if (at !== undefined) {
    at.row.told.push(told);
    return;
  }
  const place = { element, repetition, component };
  // AK403 3 is told of an empty element where nothing but separators follows.
  const absent = told.code === 'AK403 3' ? 'empty' : 'missing';
  const { row } = draftRow(source, place, '', '');
  const next = drafts.findIndex((other) => isBehind(other.place, place));
  drafts.splice(next < 0 ? drafts.length : next, 0, {
    place,
    row: { ...row, field: undefined, absent, told: [told] },
  });
}

function isBehind(a: Place, b: Place): boolean {
  if (a.element !== b.element) return a.element > b.element;
  if (a.repetition !== b.repetition) return a.repetition > b.repetition;
  return a.component > b.component;
}
