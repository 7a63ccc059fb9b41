import { type Box, EMPTY, type Parts } from './box.ts';
import { breakLines, type Line } from './break-lines.ts';
import type { Ink } from './pen.ts';

export type Align = 'left' | 'center' | 'right';

export type TextStyle = Ink & {
  readonly align: Align;
  /** From one baseline to the next, in parts of the size. */
  readonly spacing: number;
};

/** Left of something that leaves so much room. */
export function indentFor(align: Align, spare: number): number {
  if (align === 'left') return 0;
  return align === 'right' ? spare : spare / 2;
}

/** So many lines of a paragraph stay together at a page's end and at the next one's beginning. */
const TOGETHER = 2;

export function setParagraph(text: string, style: TextStyle, width: number): Box {
  if (text === '') return EMPTY;
  return stackLines(breakLines(text, style.face, width / style.size), style, width);
}

function stackLines(lines: readonly Line[], style: TextStyle, width: number): Box {
  const { face, size, align } = style;
  const pitch = size * style.spacing;
  // The room above and below the signs is shared out evenly.
  const baseline = (pitch - (face.ascent + face.descent) * size) / 2 + face.ascent * size;
  return {
    height: lines.length * pitch,
    draw: (pen, x, y) => {
      for (const [i, line] of lines.entries()) {
        const indent = indentFor(align, width - line.width * size);
        pen.text(line.text, x + indent, y + i * pitch + baseline, style);
      }
    },
    split: (room, force) => splitLines(lines, style, width, { fitting: Math.floor(room / pitch), force }),
  };
}

function splitLines(
  lines: readonly Line[],
  style: TextStyle,
  width: number,
  { fitting, force }: { readonly fitting: number; readonly force: boolean },
): Parts | undefined {
  const fair = Math.min(fitting, lines.length - TOGETHER);
  const taken = fair >= TOGETHER ? fair : force ? fitting : 0;
  if (taken < 1) return undefined;
  return [stackLines(lines.slice(0, taken), style, width), stackLines(lines.slice(taken), style, width)];
}
