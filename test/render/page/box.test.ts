import test from 'ava';
import fc from 'fast-check';
import { type Box, EMPTY, fits, keep, pad, row, stack, underHead } from '../../../src/render/page/box.ts';
import type { Pen } from '../../../src/render/page/pen.ts';

/** Draws nothing but notes what it is asked to draw, and where. */
function notes(): { readonly pen: Pen; readonly drawn: { readonly name: string; readonly y: number }[] } {
  const drawn: { name: string; y: number }[] = [];
  const pen = {
    text: (name: string, _x: number, y: number) => void drawn.push({ name, y }),
  } as unknown as Pen;
  return { pen, drawn };
}

function leaf(name: string, height: number): Box {
  return { height, draw: (pen, x, y) => pen.text(name, x, y, undefined as never) };
}

/** Lines of 10 points, which may be parted between any two. */
function lines(name: string, count: number, from = 0): Box {
  return {
    height: (count - from) * 10,
    draw: (pen, x, y) => {
      for (let i = from; i < count; i += 1)
        pen.text(`${name}${i}`, x, y + (i - from) * 10, undefined as never);
    },
    split: (room) => {
      const taken = Math.min(Math.floor(room / 10), count - from - 1);
      if (taken < 1) return undefined;
      return [lines(name, from + taken, from), lines(name, count, from + taken)];
    },
  };
}

/** As pages are filled. */
function paginate(box: Box, room: number): { readonly pages: Box[]; readonly stuck: boolean } {
  const pages: Box[] = [];
  let rest = box;
  while (!fits(rest, room)) {
    const parts = rest.split?.(room, false) ?? rest.split?.(room, true);
    if (parts === undefined) return { pages, stuck: true };
    pages.push(parts[0]);
    rest = parts[1];
  }
  return { pages: [...pages, rest], stuck: false };
}

function namesOn(box: Box): string[] {
  const { pen, drawn } = notes();
  box.draw(pen, 0, 0);
  return drawn.map(({ name }) => name);
}

const arbitraryBox: fc.Arbitrary<(name: string) => Box> = fc.letrec<{ box: (name: string) => Box }>(
  (tie) => ({
    box: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.integer({ min: 1, max: 9 }).map((count) => (name: string) => lines(name, count)),
      fc.integer({ min: 1, max: 80 }).map((height) => (name: string) => leaf(name, height)),
      fc
        .tuple(
          fc.array(tie('box'), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 0, max: 9 }),
          fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        )
        .map(
          ([boxes, gap, glued]) =>
            (name: string) =>
              stack(
                boxes.map((make, i) => ({ ...make(`${name}.${i}`), glued: glued[i]! })),
                gap,
              ),
        ),
      tie('box').map((make) => (name: string) => keep(make(name))),
      tie('box').map((make) => (name: string) => pad(make(name), { left: 3, top: 2, bottom: 4 })),
    ),
  }),
).box;

test('whatever the page is high, all is drawn once, in order, and nothing reaches below the page', (t) => {
  fc.assert(
    fc.property(arbitraryBox, fc.integer({ min: 90, max: 200 }), (make, room) => {
      const box = make('b');
      const whole = namesOn(box);
      const { pages, stuck } = paginate(box, room);
      // Only boxes that cannot be parted, deep in others, may be higher than the page.
      if (stuck) return;
      t.deepEqual(pages.flatMap(namesOn), whole);
      for (const page of pages) t.true(fits(page, room));
    }),
    { numRuns: 500 },
  );
});

test('what is glued goes to the next page with what follows it', (t) => {
  const box = stack([lines('a', 8), { ...leaf('heading', 10), glued: true }, lines('b', 5)]);
  const { pages } = paginate(box, 90);
  t.deepEqual(pages.map(namesOn), [
    ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'],
    ['heading', 'b0', 'b1', 'b2', 'b3', 'b4'],
  ]);
});

test('of a long table only the last row goes along with the totals', (t) => {
  const rows = [0, 1, 2, 3].map((i) => ({ ...leaf(`row${i}`, 10), glued: i === 3 }));
  const box = underHead(leaf('head', 10), stack([...rows, leaf('total', 10)]));
  const { pages } = paginate(box, 50);
  t.deepEqual(pages.map(namesOn), [
    ['head', 'row0', 'row1', 'row2'],
    ['head', 'row3', 'total'],
  ]);
});

test('what is kept together begins a page, and is parted only when it is higher than one', (t) => {
  const fitting = paginate(stack([lines('a', 3), keep(lines('b', 6))]), 80);
  t.deepEqual(
    fitting.pages.map((page) => namesOn(page).length),
    [3, 6],
  );
  const high = paginate(stack([lines('a', 3), keep(lines('b', 12))]), 80);
  t.deepEqual(
    high.pages.map((page) => namesOn(page).length),
    [3, 8, 4],
  );
});

test('boxes side by side that are higher than a page go on beside each other', (t) => {
  const box = row([
    { x: 0, box: lines('a', 10) },
    { x: 50, box: lines('b', 3) },
  ]);
  const { pages } = paginate(box, 60);
  t.deepEqual(pages.map(namesOn), [
    ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'b0', 'b1', 'b2'],
    ['a6', 'a7', 'a8', 'a9'],
  ]);
});

test('what can never fit is told, not cut', (t) => {
  t.true(paginate(stack([lines('a', 2), leaf('b', 200)]), 100).stuck);
  t.is(stack([]).height, EMPTY.height);
});
