import { type Box, EMPTY, keep, pad, row, stack, underHead } from './box.ts';
import type { TableBlock, TableColumn, Values } from './layout.ts';
import { shareWidths } from './length.ts';
import { setParagraph } from './paragraph.ts';
import { fillText, holds, listItems, type Press } from './press.ts';

/** Around the content of a cell, in points. */
const SIDE = 5;
const ABOVE = 2;

/** Of the room of a table that totals stand in. */
const TOTAL_VALUE = 0.25;

type Row = { readonly values: Values; readonly texts: readonly (string | undefined)[] };

export function measureTable(
  block: TableBlock,
  values: Values,
  width: number,
  press: Press,
): Box | undefined {
  const rows = listItems(values, block.rows).map((item) => fillRow(block, item, press));
  if (rows.length === 0) return measureEmpty(block, values, width, press);
  const shown = block.columns.flatMap((column, i) =>
    rows.some(({ texts }) => texts[i] !== '') ? [{ column, i }] : [],
  );
  const widths = shareWidths(
    shown.map(({ column }) => column.width),
    width,
  );
  const columns = shown.map((one, n) => ({
    ...one,
    width: widths[n]!,
    x: widths.slice(0, n).reduce((sum, before) => sum + before, 0),
  }));
  const totals = measureTotals(block, values, width, press);
  const body = rows.map((one, n) => {
    const glued = n === rows.length - 1 && totals.length > 0;
    return { ...measureRow(block, columns, one, { n, width, press }), glued };
  });
  return underHead(measureHead(block, columns, values, width, press), stack([...body, ...totals]));
}

type PlacedColumn = {
  readonly column: TableColumn;
  readonly i: number;
  readonly width: number;
  readonly x: number;
};

/** A cell of blocks has no text to be empty. */
function fillRow({ columns }: TableBlock, values: Values, press: Press): Row {
  const texts = columns.map(({ cell }) =>
    cell.kind === 'text' ? fillText(cell.text, values, cell.style, press) : undefined,
  );
  return { values, texts };
}

function measureEmpty(
  { empty, emptyStyle }: TableBlock,
  values: Values,
  width: number,
  press: Press,
): Box | undefined {
  const text = empty === undefined ? '' : fillText(empty, values, emptyStyle, press);
  return text === '' ? undefined : setParagraph(text, emptyStyle, width);
}

function measureHead(
  block: TableBlock,
  columns: readonly PlacedColumn[],
  values: Values,
  width: number,
  press: Press,
): Box {
  const cells = columns.map((placed) => {
    const { title, head } = placed.column;
    const text = title === undefined ? '' : fillText(title, values, head, press);
    return { text, x: placed.x, box: inCell(setParagraph(text, head, placed.width - 2 * SIDE)) };
  });
  if (cells.every(({ text }) => text === '')) return EMPTY;
  const { head, strong } = block.colors;
  return pad(row(cells), { left: 0, top: 0, bottom: 0 }, (pen, x, y, height) => {
    pen.fill({ x, y, width, height }, head);
    pen.rule({ x, y: y + height }, { x: x + width, y: y + height }, { width: 0.8, color: strong });
  });
}

function inCell(box: Box): Box {
  return pad(box, { left: SIDE, top: ABOVE, bottom: ABOVE });
}

function measureRow(
  block: TableBlock,
  columns: readonly PlacedColumn[],
  { values, texts }: Row,
  { n, width, press }: { readonly n: number; readonly width: number; readonly press: Press },
): Box {
  const cells = columns.map(({ column: { cell }, i, width: room, x }) => {
    const inner = room - 2 * SIDE;
    const box =
      cell.kind === 'text'
        ? setParagraph(texts[i] ?? '', cell.style, inner)
        : press.measure(cell.blocks, values, inner, 2);
    return { x, box: inCell(box) };
  });
  const { line, stripe } = block.colors;
  const striped = stripe !== undefined && n % 2 === 1;
  const content = keep(stack([row(cells), measureBelow(block, values, width, press)]));
  return pad(content, { left: 0, top: 0, bottom: 0 }, (pen, x, y, height) => {
    if (striped) pen.fill({ x, y, width, height }, stripe);
    pen.rule({ x, y: y + height }, { x: x + width, y: y + height }, { width: 0.4, color: line });
  });
}

function measureBelow({ below, belowStyle }: TableBlock, values: Values, width: number, press: Press): Box {
  const text = below === undefined ? '' : fillText(below, values, belowStyle, press);
  if (text === '') return EMPTY;
  return pad(setParagraph(text, belowStyle, width - 2 * SIDE), { left: SIDE, top: 0, bottom: ABOVE });
}

/** Each stays with the one above it, and the first with the last row. */
function measureTotals({ totals, colors }: TableBlock, values: Values, width: number, press: Press): Box[] {
  const shown = totals.flatMap((total) => {
    const all = total.each === undefined ? [values] : listItems(values, total.each);
    return all.flatMap((each) => {
      if (!holds(total.when, each, press)) return [];
      const text = fillText(total.value, each, total.style, press);
      const label = fillText(total.label, each, total.style, press);
      return text === '' ? [] : [{ style: total.style, text, label }];
    });
  });
  return shown.map(({ label, text, style }, n) => {
    const value = width * TOTAL_VALUE;
    const box = row([
      {
        x: 0,
        box: inCell(setParagraph(label, style, width - value - 2 * SIDE)),
      },
      { x: width - value, box: inCell(setParagraph(text, style, value - 2 * SIDE)) },
    ]);
    const ruled = pad(keep(box), { left: 0, top: 0, bottom: 0 }, (pen, x, y) => {
      if (n > 0 && style.face !== shown[n - 1]!.style.face)
        pen.rule({ x: x + width - 2 * value, y }, { x: x + width, y }, { width: 0.8, color: colors.strong });
    });
    return { ...ruled, glued: n < shown.length - 1 };
  });
}
