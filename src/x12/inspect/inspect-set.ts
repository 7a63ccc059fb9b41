import type { SetReading } from '../interchange/reading.ts';
import type { Segments } from '../scan/segments.ts';
import { element, elementCount, elementOffset, segmentId } from '../scan/segments.ts';
import type { SetDefinition, Standard } from '../standard/definition.ts';
import { type Layout, layOut } from './layout.ts';
import { buildRows } from './rows.ts';
import { chooseSegments } from './selection.ts';
import { countProblems, type SegmentTold, type SetTold, sortTold } from './set-told.ts';
import type { LoopTurn, MissingView, SegmentView, SetItem, SetView, Told } from './view.ts';
import { SET_IDENTIFIER } from './words.ts';

/** What a set was read into: the field that an element (component 0) or a component of segment `s` went to. */
export type Fields = (s: number, element: number, component: number) => string | undefined;

export type SetInspection = {
  /** The version that judged the set. */
  readonly standard: Standard | undefined;
  readonly lost: SetView['lost'];
  /** As it was sent: `reading.segments` is as it was meant. */
  readonly sent: Segments;
  /** What its envelopes are told of places inside it. */
  readonly others: readonly Told[];
  /** Whether a long set is shown whole. */
  readonly whole: boolean;
  /** Asked for when the set is looked at. */
  readonly fields: () => Fields;
};

/** A set without a definition is shown flat, with the names that its version has for segments. */
export function inspectSet(reading: SetReading, inspection: SetInspection): SetView {
  const { report, segments, definition } = reading;
  const told = sortTold(report, segments, inspection.others);
  const { errors, warnings } = countProblems(report);
  return {
    kind: 'set',
    set: report.set,
    name: nameSet(report.set, definition, inspection.standard),
    defined: definition !== undefined,
    control: report.control,
    status: report.status,
    codes: report.codes,
    lost: inspection.lost,
    offset: report.offset,
    segments: segments.count,
    problems: errors + warnings,
    told: told.set,
    items: listItems(reading, inspection, told),
  };
}

function nameSet(set: string, definition: SetDefinition | undefined, standard: Standard | undefined): string {
  return definition?.name ?? standard?.elements.get(SET_IDENTIFIER)?.codes?.get(set) ?? '';
}

/** A set outside any group: it has no version, and nothing judged it. */
export function inspectStraySet(segments: Segments, standard: Standard | undefined): SegmentView[] {
  const views: SegmentView[] = [];
  for (let s = 0; s < segments.count; s++)
    views.push(
      inspectSegment(segments, segments, s, standard, { depth: 0, loop: undefined }, undefined, NO_FIELDS),
    );
  return views;
}

/** HL03. */
const LEVEL_CODE = '735';

const NO_FIELDS: Fields = () => undefined;

function* listItems(reading: SetReading, inspection: SetInspection, told: SetTold): Generator<SetItem> {
  const { segments, definition, nodes } = reading;
  const { standard, sent } = inspection;
  const fields = inspection.fields();
  const layout = layOut(definition, segments, nodes);
  const shown = inspection.whole ? undefined : chooseSegments(segments.count, layout, told.segments.keys());
  let left = 0;
  for (let s = 0; s < segments.count; s++) {
    if (shown !== undefined && shown[s] === 0) {
      left++;
      continue;
    }
    if (left > 0) yield { kind: 'left-out', count: left };
    left = 0;
    const here = told.segments.get(s + 1);
    const depth = layout.depth[s]!;
    for (const { id, told } of here?.missing ?? []) yield missing(id, standard, depth, told);
    const loop = describeTurn(reading, s, layout, standard);
    yield inspectSegment(segments, sent, s, standard, { depth, loop }, here, fields);
  }
  for (const one of told.end) yield missing('SE', standard, 0, one);
}

function missing(
  id: string,
  standard: Standard | undefined,
  depth: number,
  told: MissingView['told'][number],
): MissingView {
  return { kind: 'missing', id, name: standard?.segments.get(id)?.name ?? '', depth, told: [told] };
}

type Nesting = Pick<SegmentView, 'depth' | 'loop'>;

function inspectSegment(
  segments: Segments,
  sent: Segments,
  s: number,
  standard: Standard | undefined,
  nesting: Nesting,
  told: SegmentTold | undefined,
  fields: Fields,
): SegmentView {
  const [values, meant] = [listValues(sent, s), listValues(segments, s)];
  const id = meant[0]!;
  const definition = standard?.segments.get(id);
  const { separators } = segments;
  const fieldOf = (e: number, c: number) => fields(s, e, c);
  return {
    kind: 'segment',
    id: values[0]!,
    name: definition?.name ?? '',
    position: s + 1,
    offset: elementOffset(segments, s, 0),
    ...nesting,
    rows: buildRows({ id, values, meant, definition, standard, separators, fieldOf }, told?.elements ?? []),
    told: told?.segment ?? [],
  };
}

function listValues(segments: Segments, s: number): string[] {
  const values = [segmentId(segments, s)];
  for (let e = 1; e <= elementCount(segments, s); e++) values.push(element(segments, s, e));
  return values;
}

function describeTurn(
  { segments, definition, nodes }: SetReading,
  s: number,
  { opener, turn: turns }: Layout,
  standard: Standard | undefined,
): LoopTurn | undefined {
  const count = turns[s]!;
  if (count === 0) return undefined;
  const { repeat } = definition!.loops[definition!.nodes[nodes[s]!]!.loop]!;
  const turn = repeat > 1 ? String(count) : undefined;
  if (segmentId(segments, s) !== 'HL') return { label: turn, under: undefined };
  const kind = standard?.elements.get(LEVEL_CODE)?.codes?.get(element(segments, s, 3));
  const parent = element(segments, s, 2);
  const around = opener[s]!;
  const displaced = parent !== '' && (around < 0 || element(segments, around, 1) !== parent);
  return { label: kind || turn, under: displaced ? parent : undefined };
}
