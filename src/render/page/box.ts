import type { Pen } from './pen.ts';

/** Something of a known height that can be drawn and, at a page's end, be parted. */
export type Box = {
  readonly height: number;
  readonly draw: (pen: Pen, x: number, y: number) => void;
  /**
   * What goes into so much room, and the rest; undefined where it may not be parted there. `force` parts what is kept
   * together as well: it begins a page and is taller than one.
   */
  readonly split?: (room: number, force: boolean) => Parts | undefined;
  /** What follows stands nearer than usual: it is a heading. */
  readonly tight?: boolean;
  /** Is not the last of its page: it stays with the beginning of what follows. */
  readonly glued?: boolean;
};

export type Parts = readonly [Box, Box];

/** Heights are sums of fractions. */
const SLACK = 0.01;

export const EMPTY: Box = { height: 0, draw: () => undefined };

export function fits(box: Box, room: number): boolean {
  return box.height <= room + SLACK;
}

/** Of the usual gap. */
const TIGHT = 0.35;

function gapBelow(box: Box, gap: number): number {
  return box.tight === true ? gap * TIGHT : gap;
}

/** One below the other. */
export function stack(boxes: readonly Box[], gap = 0): Box {
  const gaps = boxes.slice(0, -1).reduce((sum, box) => sum + gapBelow(box, gap), 0);
  const height = boxes.reduce((sum, box) => sum + box.height, gaps);
  return {
    height,
    draw: (pen, x, y) => {
      let top = y;
      for (const box of boxes) {
        box.draw(pen, x, top);
        top += box.height + gapBelow(box, gap);
      }
    },
    split: (room, force) => splitStack(boxes, gap, room, force),
  };
}

function splitStack(boxes: readonly Box[], gap: number, room: number, force: boolean): Parts | undefined {
  let top = 0;
  for (const [i, box] of boxes.entries()) {
    if (!fits(box, room - top)) return splitAt(boxes, gap, i, { room: room - top, force });
    top += box.height + gapBelow(box, gap);
  }
  return undefined;
}

/** Parts a stack in or before its box `i`, the first that does not fit. */
function splitAt(
  boxes: readonly Box[],
  gap: number,
  i: number,
  { room, force }: { readonly room: number; readonly force: boolean },
): Parts | undefined {
  const inside = splitBox(boxes, gap, i, room, force && i === 0);
  if (inside !== undefined) return inside;
  let at = i;
  while (boxes[at - 1]?.glued === true) {
    at -= 1;
    // Of what is glued, only its end needs to go along.
    const early = splitBox(boxes, gap, at, boxes[at]!.height - 2 * SLACK, false);
    if (early !== undefined) return early;
  }
  if (at > 0) return splitBefore(boxes, gap, at);
  if (!force) return undefined;
  return splitBox(boxes, gap, i, room, true) ?? (i > 0 ? splitBefore(boxes, gap, i) : undefined);
}

function splitBox(
  boxes: readonly Box[],
  gap: number,
  i: number,
  room: number,
  force: boolean,
): Parts | undefined {
  const parts = boxes[i]!.split?.(room, force);
  if (parts === undefined) return undefined;
  const end = { ...parts[1], glued: boxes[i]!.glued === true };
  return [stack([...boxes.slice(0, i), parts[0]], gap), stack([end, ...boxes.slice(i + 1)], gap)];
}

function splitBefore(boxes: readonly Box[], gap: number, at: number): Parts {
  return [stack(boxes.slice(0, at), gap), stack(boxes.slice(at), gap)];
}

/** Parted only where it is taller than a page. */
export function keep(box: Box): Box {
  return { ...box, split: (room, force) => (force ? box.split?.(room, true) : undefined) };
}

export type Cell = { readonly box: Box; readonly x: number };

/** Side by side; kept together. */
export function row(cells: readonly Cell[]): Box {
  return {
    height: Math.max(0, ...cells.map(({ box }) => box.height)),
    draw: (pen, x, y) => {
      for (const cell of cells) cell.box.draw(pen, x + cell.x, y);
    },
    split: (room, force) => (force ? splitRow(cells, room) : undefined),
  };
}

function splitRow(cells: readonly Cell[], room: number): Parts | undefined {
  const parts: Parts[] = [];
  for (const { box } of cells) {
    const part: Parts | undefined = fits(box, room) ? [box, EMPTY] : box.split?.(room, true);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const half = (which: 0 | 1) => row(cells.map(({ x }, i) => ({ x, box: parts[i]![which] })));
  return [half(0), half(1)];
}

/** A table: its head is on each page that has a part of it. */
export function underHead(head: Box, body: Box): Box {
  return {
    height: head.height + body.height,
    draw: (pen, x, y) => {
      head.draw(pen, x, y);
      body.draw(pen, x, y + head.height);
    },
    split: (room, force) => {
      const parts = body.split?.(room - head.height, force);
      return parts && [underHead(head, parts[0]), underHead(head, parts[1])];
    },
  };
}

export type Inset = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** With room around it, and what is drawn behind it; parted, each part has both. */
export function pad(
  inner: Box,
  { left, top, bottom }: Pick<Inset, 'left' | 'top' | 'bottom'>,
  behind?: (pen: Pen, x: number, y: number, height: number) => void,
): Box {
  const height = inner.height + top + bottom;
  return {
    height,
    draw: (pen, x, y) => {
      behind?.(pen, x, y, height);
      inner.draw(pen, x + left, y + top);
    },
    split: (room, force) => {
      const parts = inner.split?.(room - top - bottom, force);
      const around = { left, top, bottom };
      return parts && [pad(parts[0], around, behind), pad(parts[1], around, behind)];
    },
  };
}
