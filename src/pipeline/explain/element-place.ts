import { type Layout, layOut } from '../../x12/inspect/layout.ts';
import type { SetReading } from '../../x12/interchange/reading.ts';
import { segmentId } from '../../x12/scan/segments.ts';

/** Where a segment stands: in which turns of which loops, and which of its kind it is there. */
export type SegmentPlace = {
  /** From the outermost to its own, where it opens one. */
  readonly loops: readonly Turn[];
  readonly segment: Turn;
  readonly opens: boolean;
  /** The segments that opened those loops. */
  readonly openers: readonly number[];
};

type Turn = { readonly id: string; readonly turn: number };

export function placeSegments({ definition, segments, nodes }: SetReading): SegmentPlace[] {
  const layout = layOut(definition, segments, nodes);
  const seen = new Map<string, number>();
  return Array.from({ length: segments.count }, (_, s) => {
    const id = segmentId(segments, s);
    const opens = layout.turn[s]! > 0;
    const openers = listOpeners(layout, s);
    const loops = openers.map((at) => ({ id: segmentId(segments, at), turn: layout.turn[at]! }));
    const key = `${layout.opener[s]} ${id}`;
    const turn = (seen.get(key) ?? 0) + 1;
    seen.set(key, turn);
    return { loops, segment: { id, turn: opens ? layout.turn[s]! : turn }, opens, openers };
  });
}

function listOpeners({ opener, turn }: Layout, s: number): number[] {
  const openers = turn[s]! > 0 ? [s] : [];
  for (let at = opener[s]!; at >= 0; at = opener[at]!) openers.unshift(at);
  return openers;
}

/** `PO1[2]/PO1-04`, as under `unmapped`. */
export function namePlace(
  { loops, segment, opens }: SegmentPlace,
  element: number,
  component: number,
): string {
  const within = loops.map(({ id, turn }) => `${id}[${turn}]/`).join('');
  const name = opens || segment.turn === 1 ? segment.id : `${segment.id}[${segment.turn}]`;
  return `${within}${name}-${two(element)}${component === 0 ? '' : `-${two(component)}`}`;
}

function two(position: number): string {
  return String(position).padStart(2, '0');
}

/** A place as a person writes it: `PO1[2]/PO1-04`, `PO104`, `REF[2]`, `N1/N3`. */
export type AskedPlace = {
  readonly loops: readonly AskedTurn[];
  readonly segment: AskedTurn;
  /** Absent for the whole segment. */
  readonly element: number | undefined;
  readonly component: number | undefined;
};

type AskedTurn = { readonly id: string; readonly turn: number | undefined };

const TURN = /^([A-Z][A-Z0-9]{1,2})(?:\[(\d+)\])?$/;
const LAST = /^([A-Z][A-Z0-9]{1,2})(?:\[(\d+)\])?-?(?:(\d\d)(?:-(\d\d))?)?$/;

export function parsePlace(text: string): AskedPlace | undefined {
  const parts = text.toUpperCase().split('/');
  const loops = parts.slice(0, -1).map((part) => TURN.exec(part));
  const last = LAST.exec(parts.at(-1)!);
  if (last === null || loops.includes(null)) return undefined;
  return {
    loops: loops.map((match) => ({ id: match![1]!, turn: numberOf(match![2]) })),
    segment: { id: last[1]!, turn: numberOf(last[2]) },
    element: numberOf(last[3]),
    component: numberOf(last[4]),
  };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** Loops that are not named may stand between those that are. */
export function isAsked(asked: AskedPlace, place: SegmentPlace, element: number, component: number): boolean {
  if (!isTurn(asked.segment, place.segment)) return false;
  if (asked.element !== undefined && asked.element !== element) return false;
  if (asked.component !== undefined && asked.component !== component) return false;
  let next = 0;
  for (const loop of place.loops) {
    const wanted = asked.loops[next];
    if (wanted !== undefined && isTurn(wanted, loop)) next += 1;
  }
  return next === asked.loops.length;
}

function isTurn(asked: AskedTurn, { id, turn }: Turn): boolean {
  return asked.id === id && (asked.turn === undefined || asked.turn === turn);
}
