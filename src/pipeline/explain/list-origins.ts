import type { CompiledMap } from '../../mapping/compile/compile-map.ts';
import type { CanonicalDocument } from '../../mapping/language/documents.ts';
import { explainRead, explainWrite } from '../../mapping/run/lineage.ts';
import type { SetReading } from '../../x12/interchange/reading.ts';
import { element, elementCount, elementOffset, segmentId } from '../../x12/scan/segments.ts';
import { namePlace, placeSegments, type SegmentPlace } from './element-place.ts';

/** One element, or component of one, and the field of the canonical document that it is. */
export type ElementOrigin = {
  readonly at: string;
  readonly text: string;
  /** Byte offset in the file. */
  readonly offset: number;
  /** `lines[1].unitPrice`; absent where a rule of the map stands for it. */
  readonly path: string | undefined;
  /** What the field says. */
  readonly value: unknown;
  /** `constant`, `count(lines)`; `unread` where nothing is known of it. */
  readonly rule: string | undefined;
  /** Number of the line (PO101) that it belongs to. */
  readonly line: string | undefined;
  readonly place: SegmentPlace;
  readonly element: number;
  readonly component: number;
};

type Origin = Pick<ElementOrigin, 'path' | 'rule' | 'element' | 'component'> & { readonly segment: number };

export type Origins = {
  readonly elements: readonly ElementOrigin[];
  /** What reading makes of it today; for what was written, the document that it was made of. */
  readonly document: object;
};

/** Every element of a set that came in, and what it was read into. */
export function listReadOrigins(map: CompiledMap, reading: SetReading, source: unknown): Origins {
  const { segments, nodes } = reading;
  const { document, origins } = explainRead(map, { segments, nodes, source });
  const placed = origins.flatMap((one): Origin[] =>
    one.segment === undefined ? [] : [{ ...one, segment: one.segment }],
  );
  return { document, elements: listElements(reading, placed, document) };
}

/** Every element of a set of ours, and what it was written from; undefined where the map would write it otherwise today. */
export function listWriteOrigins(
  map: CompiledMap,
  reading: SetReading,
  document: CanonicalDocument,
): Origins | undefined {
  const { segments } = reading;
  const written = explainWrite(map, document);
  const same =
    written.segments.length + 2 === segments.count &&
    written.segments.every((one, i) => one[0] === segmentId(segments, i + 1));
  if (!same) return undefined;
  const placed = written.origins.map(
    (one): Origin => ({
      ...one,
      path: 'path' in one ? one.path : undefined,
      rule: 'rule' in one ? one.rule : undefined,
      // ST stands before what the map writes.
      segment: one.segment + 1,
    }),
  );
  return { document, elements: listElements(reading, placed, document) };
}

function listElements(reading: SetReading, origins: readonly Origin[], document: object): ElementOrigin[] {
  const { segments } = reading;
  const places = placeSegments(reading);
  const byPlace = Map.groupBy(origins, ({ segment, element: e }) => `${segment} ${e}`);
  const lines = findLines(origins, document);
  const separator = String.fromCharCode(segments.separators.component);
  return places.flatMap((place, s) => {
    const line = place.openers.map((at) => lines.get(at)).find((one) => one !== undefined);
    const whole = byPlace.get(`${s} 0`);
    const envelope = s === 0 || s === segments.count - 1;
    return Array.from({ length: elementCount(segments, s) }, (_, i) => i + 1).flatMap((e) => {
      const text = element(segments, s, e);
      const unknown = { path: undefined, rule: envelope ? 'envelope' : 'unread', component: 0 };
      return (byPlace.get(`${s} ${e}`) ?? whole ?? [unknown]).flatMap(({ path, rule, component }) => {
        const part = component === 0 ? text : (text.split(separator)[component - 1] ?? '');
        if (part === '') return [];
        const at = namePlace(place, e, component);
        const value = path === undefined ? undefined : valueAt(document, path);
        const offset = elementOffset(segments, s, e);
        return [{ at, text: part, offset, path, value, rule, line, place, element: e, component }];
      });
    });
  });
}

/** By the segment that opens the loop of a line, the number of the line. */
function findLines(origins: readonly Origin[], document: object): ReadonlyMap<number, string> {
  const openers = new Map<string, number>();
  for (const { path, segment } of origins) {
    const line = /^lines\[\d+\]/.exec(path ?? '')?.[0];
    if (line !== undefined) openers.set(line, Math.min(segment, openers.get(line) ?? segment));
  }
  return new Map([...openers].map(([line, s]) => [s, String(valueAt(document, `${line}.number`) ?? '')]));
}

function valueAt(document: object, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split(/[.[\]]+/).filter((one) => one !== ''))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value;
}
