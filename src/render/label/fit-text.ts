import { breakLines, measureText } from '../page/break-lines.ts';
import type { Face } from '../page/faces.ts';
import { heightOfLine, LINE_PITCH } from './label-layout.ts';

export type TextRoom = {
  readonly width: number;
  /** Undefined where there is one line. */
  readonly height: number | undefined;
  readonly size: number;
  readonly leastSize: number;
};

export type FittedText = {
  readonly lines: readonly string[];
  readonly size: number;
  /** Whether all of the text is there. */
  readonly whole: boolean;
};

/** Height of a capital letter in parts of the font's size; all faces that labels use agree in it. */
export const CAPITAL = 0.729;

/** Steps by which a text shrinks, in millimetres: what a printer of 8 dots a millimetre can show. */
const STEP = 0.125;

/** The text in lines, as large as fits without a word broken; at its least size, what does not fit is left out. */
export function fitText(text: string, face: Face, { width, height, size, leastSize }: TextRoom): FittedText {
  for (let now = size; ; now = Math.max(leastSize, now - STEP)) {
    const most = height === undefined ? 1 : countLines(height, now);
    const lines = breakInto(text, face, width, now);
    const room = (width * CAPITAL) / now;
    const broken = now > leastSize && text.split(/\s/).some((word) => measureText(word, face) > room);
    if (lines.length <= most && !broken) return { lines, size: now, whole: true };
    if (now <= leastSize)
      return { lines: cutLines(lines.slice(0, most), face, room), size: now, whole: false };
  }
}

function countLines(height: number, size: number): number {
  return Math.max(1, 1 + Math.floor((height - heightOfLine(size)) / (LINE_PITCH * size) + SLACK));
}

/** Heights are sums of fractions. */
const SLACK = 0.001;

/** Three signs, because a label printer may not have the one for it. */
const LEFT_OUT = '...';

/** An empty line would be a gap where something optional is absent. */
function breakInto(text: string, face: Face, width: number, size: number): string[] {
  return breakLines(text, face, (width * CAPITAL) / size)
    .map((line) => line.text)
    .filter((line) => line !== '');
}

function cutLines(lines: readonly string[], face: Face, room: number): readonly string[] {
  const last = [...(lines.at(-1) ?? '')];
  while (last.length > 0 && measureText(last.join('') + LEFT_OUT, face) > room) last.pop();
  return [...lines.slice(0, -1), last.join('').trimEnd() + LEFT_OUT];
}
