import { unreachable } from '../../lib/assert.ts';
import { CannotDraw } from '../page/render-page.ts';
import type { BarcodeMark, DrawnLabel, Mark, RectangleMark, TextMark } from './drawn-label.ts';
import { CAPITAL } from './fit-text.ts';
import { escapeData, escapeText, writeCode128 } from './zpl-data.ts';

/** Dots a millimetre of printers that are sold as 203 and 300 dots an inch. */
const DENSITIES = { 203: 8, 300: 12 } as const;

const IN_PRINTER = /^[\p{Script=Latin}\p{Script=Common}]*$/u;

export type Dpi = keyof typeof DENSITIES;

const ALIGN = { left: 'L', center: 'C', right: 'R' } as const;

/**
 * A label in ZPL II, as it is sent to the printer. Texts are set in the printer's own font: `CannotDraw` where a line is
 * of another script than its firmware is sure to have.
 */
export function writeLabelZpl({ width, height, marks }: DrawnLabel, dpi: Dpi): string {
  const foreign = marks.flatMap((mark) =>
    mark.kind === 'text' && !IN_PRINTER.test(mark.line) ? [mark] : [],
  );
  if (foreign.length > 0)
    throw new CannotDraw(
      foreign.map(
        ({ line }) =>
          `${JSON.stringify(line)} is not Latin, which is all that label printers set: print it as PDF`,
      ),
    );
  const dots = DENSITIES[dpi];
  const size = `^PW${toDots(width, dots)}^LL${toDots(height, dots)}`;
  // ^CI28: all data is UTF-8.
  const lines = ['^XA', `^CI28${size}^LH0,0`, ...marks.map((mark) => writeMark(mark, dots)), '^XZ'];
  return `${lines.join('\n')}\n`;
}

function toDots(mm: number, dots: number): number {
  return Math.round(mm * dots);
}

function writeMark(mark: Mark, dots: number): string {
  switch (mark.kind) {
    case 'text':
      return writeText(mark, dots);
    case 'rectangle':
      return writeRectangle(mark, dots);
    case 'barcode':
      return mark.symbol.kind === 'bars' ? writeBars(mark, dots) : writeQr(mark, dots);
    default:
      return unreachable(mark);
  }
}

/** Lines are broken already, for a font wider than the printer's. ^FB places the line between left and right. */
function writeText({ x, y, width, line, size, align }: TextMark, dots: number): string {
  const height = toDots(size / CAPITAL, dots);
  const block = `^FB${toDots(width, dots)},1,0,${ALIGN[align]},0`;
  // A line that ends without a break of its own is centred with the blank after it.
  const end = align === 'center' ? '\\&' : '';
  return `^FO${toDots(x, dots)},${toDots(y, dots)}^A0N,${height},${height}${block}^FH^FD${escapeText(line)}${end}^FS`;
}

function writeRectangle({ x, y, width, height, thickness }: RectangleMark, dots: number): string {
  const measures = [width, height, thickness].map((mm) => Math.max(1, toDots(mm, dots)));
  return `^FO${toDots(x, dots)},${toDots(y, dots)}^GB${measures.join(',')}^FS`;
}

/** Modules are whole dots, never wider than the layout says. */
function place({ x, y, width, height, module, symbol }: BarcodeMark, dots: number) {
  const moduleDots = Math.max(1, Math.floor(module * dots));
  const bars = symbol.width * moduleDots;
  const left = toDots(x, dots) + Math.floor((toDots(width, dots) - bars) / 2);
  const top = toDots(y, dots) + (symbol.kind === 'bars' ? 0 : Math.floor((toDots(height, dots) - bars) / 2));
  return { moduleDots, left, top };
}

function writeBars(mark: BarcodeMark, dots: number): string {
  const { moduleDots, left, top } = place(mark, dots);
  const bars = `^BCN,${toDots(mark.height, dots)},N,N,N,N`;
  return `^FO${left},${top}^BY${moduleDots}${bars}^FD${writeCode128(mark.barcode)}^FS`;
}

/** Level M as in the PDF, A: the printer chooses how to encode. */
function writeQr(mark: BarcodeMark, dots: number): string {
  const { moduleDots, left, top } = place(mark, dots);
  return `^FO${left},${top}^BQN,2,${moduleDots}^FH^FDMA,${escapeData(mark.barcode.text)}^FS`;
}
