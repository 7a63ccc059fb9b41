import type { Unmapped } from '../../domain/document.ts';
import { element, segmentId } from '../../x12/scan/segments.ts';
import { type Count, countPlaces, type Instance, type Note, type Notes, startCount } from './count-places.ts';
import type { MovedLevels } from './nest-levels.ts';

/**
 * Names the place of everything unmapped so that writing can put it back there: `PER`, `PO1[2]/PO4`,
 * `PO1[2]/PO1-09`. The numbers are those that the segments will have when written: where several bindings
 * share a place, each writes its own before the next, so theirs are counted in that order; what is unmapped
 * keeps the number that it had in the file.
 */
export function nameUnmapped(
  notes: Notes,
  tell?: (index: number, s: number, e: number, c: number) => void,
): readonly Unmapped[] {
  const found = listNotes(notes);
  const count = startCount(notes, found);
  countPlaces(notes, count);
  const list = notes.levels === undefined ? found : sortByLevel(found, notes.levels, count);
  return list.map(({ s, e, c }, i) => {
    tell?.(i, s, e, c);
    const { id, opener } = placeOf(notes, s);
    const within = pathOf(notes, count.instanceOf.get(s));
    const ordinal = count.ordinalOf.get(s) ?? 1;
    const name = opener || ordinal === 1 ? id : `${id}[${ordinal}]`;
    const position = e === 0 ? '' : `-${two(e)}${c === 0 ? '' : `-${two(c)}`}`;
    return { at: `${within}${name}${position}`, value: valuesOf(notes, s, e, c) };
  });
}

function two(position: number): string {
  return position < 10 ? `0${position}` : String(position);
}

/** In the order of the file; a whole segment stands for its elements. */
function listNotes({ flat, inOrder }: Notes): readonly Note[] {
  const list: Note[] = [];
  const whole = new Set<number>();
  for (let i = 0; i < flat.length; i += 3) {
    list.push({ s: flat[i]!, e: flat[i + 1]!, c: flat[i + 2]! });
    if (flat[i + 1] === 0) whole.add(flat[i]!);
  }
  const kept = list.filter(({ s, e }) => e === 0 || !whole.has(s));
  const sorted = inOrder && kept.every((one, i) => i === 0 || kept[i - 1]!.s <= one.s);
  return sorted ? kept : kept.sort((a, b) => a.s - b.s || a.e - b.e || a.c - b.c);
}

/** Levels that move when written take what is unmapped in them along; the rest stands before or behind all of them. */
function sortByLevel(list: readonly Note[], { loop }: MovedLevels, count: Count): readonly Note[] {
  let outside = 0;
  const keyed = list.map((one) => {
    let instance = count.instanceOf.get(one.s);
    while (instance?.above !== undefined) instance = instance.above;
    if (instance?.loop === loop) outside = Number.POSITIVE_INFINITY;
    return { one, key: instance?.loop === loop ? instance.index : outside };
  });
  return keyed.sort((a, b) => a.key - b.key || a.one.s - b.one.s).map(({ one }) => one);
}

function pathOf(notes: Notes, instance: Instance | undefined): string {
  if (instance === undefined) return '';
  const id = notes.program.set.loops[instance.loop]!.id;
  return `${pathOf(notes, instance.above)}${id}[${instance.index}]/`;
}

function placeOf({ program, segments, nodes }: Notes, s: number): { id: string; opener: boolean } {
  const node = nodes[s]!;
  return { id: segmentId(segments, s), opener: node >= 0 && program.opens[node] === 1 };
}

function valuesOf({ program, segments }: Notes, s: number, e: number, c: number): Unmapped['value'] {
  const { standard } = program;
  const uses = standard.segments.get(segmentId(segments, s))?.elements ?? [];
  const separator = String.fromCharCode(segments.separators.component);
  const { repetition } = segments.separators;
  const again = repetition === undefined ? undefined : String.fromCharCode(repetition);
  const valueAt = (position: number): Unmapped['value'][number] => {
    const text = element(segments, s, position);
    const use = uses[position - 1];
    // Of an element that the standard does not know, only the separators tell what it is.
    const composite = use === undefined || standard.composites.has(use.ref);
    const parts = (one: string) => (composite ? trimEnd(one.split(separator)) : [one]);
    if (again !== undefined && text.includes(again)) return text.split(again).map(parts);
    return composite && text.includes(separator) ? parts(text) : text;
  };
  if (c > 0) return [element(segments, s, e).split(separator)[c - 1] ?? ''];
  if (e > 0) return [valueAt(e)];
  let last = segments.first[s + 1]! - segments.first[s]! - 2;
  while (last > 0 && element(segments, s, last) === '') last--;
  return Array.from({ length: last }, (_, i) => valueAt(i + 1));
}

function trimEnd(parts: readonly string[]): string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
}
