import { type Box, EMPTY, keep, pad, row, stack } from './box.ts';
import type { Block, ColumnsBlock, EndMarkBlock, Frame, GroupBlock, TextBlock, Values } from './layout.ts';
import { shareWidths } from './length.ts';
import { measureFields } from './measure-fields.ts';
import { measureImage } from './measure-image.ts';
import { measureSymbolBlock } from './measure-symbol-block.ts';
import { measureTable } from './measure-table.ts';
import { setParagraph } from './paragraph.ts';
import { fillText, holds, listItems, type Press } from './press.ts';

/** What of the blocks there is to show for these values; EMPTY where there is nothing. */
export function measureBlocks(
  blocks: readonly Block[],
  values: Values,
  width: number,
  { gap, press }: { readonly gap: number; readonly press: Press },
): Box {
  const boxes: Box[] = [];
  for (const block of blocks) {
    if (!holds(block.when, values, press)) continue;
    const box = measureBlock(block, values, width, press);
    if (box === undefined || box.height === 0) continue;
    const before = boxes.pop();
    // The end mark is never alone on a page.
    if (before !== undefined) boxes.push(block.kind === 'end-mark' ? { ...before, glued: true } : before);
    boxes.push(box);
  }
  return boxes.length === 0 ? EMPTY : stack(boxes, gap);
}

function measureBlock(block: Block, values: Values, width: number, press: Press): Box | undefined {
  switch (block.kind) {
    case 'text':
      return measureText(block, values, width, press);
    case 'fields':
      return measureFields(block, values, width, press);
    case 'table':
      return measureTable(block, values, width, press);
    case 'columns':
      return measureColumns(block, values, width, press);
    case 'group':
      return measureGroup(block, values, width, press);
    case 'image':
      return measureImage(block, values, width, press);
    case 'symbol':
      return measureSymbolBlock(block, values, width, press);
    case 'rule':
      return {
        height: block.width,
        draw: (pen, x, y) => pen.rule({ x, y }, { x: x + width, y }, block),
      };
    case 'space':
      return { height: block.height, draw: () => undefined };
    case 'end-mark':
      return measureEndMark(block, values, width, press);
  }
}

/** Above a heading there is more room than below it. */
const ABOVE_HEADING = 0.6;

function measureText({ text, style, heading }: TextBlock, values: Values, width: number, press: Press): Box {
  const box = setParagraph(fillText(text, values, style, press), style, width);
  if (!heading || box.height === 0) return box;
  const lower = pad(box, { left: 0, top: style.size * ABOVE_HEADING, bottom: 0 });
  return { ...keep(lower), glued: true, tight: true };
}

function measureColumns(
  { columns, between }: ColumnsBlock,
  values: Values,
  width: number,
  press: Press,
): Box {
  const widths = shareWidths(
    columns.map((column) => column.width),
    width - between * (columns.length - 1),
  );
  return row(
    columns.map(({ blocks, gap }, i) => ({
      x: widths.slice(0, i).reduce((sum, before) => sum + before + between, 0),
      box: press.measure(blocks, values, widths[i]!, gap),
    })),
  );
}

function measureGroup(block: GroupBlock, values: Values, width: number, press: Press): Box | undefined {
  const { blocks, each, gap, frame } = block;
  const inner = width - 2 * (frame?.padding ?? 0);
  const boxes =
    each === undefined
      ? [press.measure(blocks, values, inner, gap)]
      : listItems(values, each).map((item) => press.measure(blocks, item, inner, gap));
  const shown = boxes.filter(({ height }) => height > 0);
  if (shown.length === 0) return undefined;
  const content = stack(shown, gap);
  const framed = frame === undefined ? content : putInFrame(content, frame, width);
  return block.keep ? keep(framed) : framed;
}

function putInFrame(content: Box, { padding, border, shade }: Frame, width: number): Box {
  return pad(content, { left: padding, top: padding, bottom: padding }, (pen, x, y, height) => {
    if (shade !== undefined) pen.fill({ x, y, width, height }, shade);
    if (border !== undefined) pen.outline({ x, y, width, height }, { width: 0.6, color: border });
  });
}

/** The words in the middle of a rule, so that nothing can be added below unseen. */
function measureEndMark(
  { text, style, line }: EndMarkBlock,
  values: Values,
  width: number,
  press: Press,
): Box {
  const words = setParagraph(fillText(text, values, style, press), { ...style, align: 'center' }, width / 2);
  const middle = words.height / 2;
  const stroke = { width: 0.6, color: line };
  return {
    height: words.height,
    draw: (pen, x, y) => {
      pen.rule({ x, y: y + middle }, { x: x + width / 4, y: y + middle }, stroke);
      words.draw(pen, x + width / 4, y);
      pen.rule({ x: x + (width * 3) / 4, y: y + middle }, { x: x + width, y: y + middle }, stroke);
    },
  };
}
