import type { Row } from '../x12/inspect/view.ts';
import { clipValue } from './inspect-words.ts';
import type { Paint, Tone } from './paint.ts';
import { makeSafe, makeVisible, measure, pad, wrap } from './visible.ts';

export type TextFrame = {
  readonly width: number;
  readonly paint: Paint;
  /** Whether ISA and GS are shown element by element as well. */
  readonly envelopes: boolean;
};

const LEAST_NAME = 20;

type Span = { readonly tone: Tone; readonly text: string };

/** Place, name, value, what it means, and the field that it was read into. */
export function drawRow(frame: TextFrame, row: Row, indent: number): string[] {
  const { paint, width } = frame;
  const margin = indent + (row.part ? 2 : 0);
  const place = makeSafe(row.at);
  const at = Math.max(8, measure(place) + 1);
  const right = Math.max(valueColumn(width), margin + at + LEAST_NAME);
  const names = wrap(row.name, right - margin - at - 2);
  const cells = drawCells(frame, row, width - right);
  const height = Math.max(names.length, cells.length);
  return Array.from({ length: height }, (_, i) => {
    const first = i === 0 ? pad(place, at) : ' '.repeat(at);
    const left = ' '.repeat(margin) + paint('quiet', first) + pad(names[i] ?? '', right - margin - at);
    return `${left}${cells[i] ?? ''}`.trimEnd();
  });
}

/** From this width on there is room for fields beside values. */
const WITH_FIELDS = 110;

/** Where values begin, in every segment alike: the eye goes down one column. */
function valueColumn(width: number): number {
  return Math.min(Math.max(34, Math.round(width * 0.52)), 50);
}

/** Where what a value means begins, behind a value of usual length. */
function wordsColumn(room: number): number {
  return Math.min(Math.max(12, Math.round(room * 0.3)), 24);
}

function drawCells({ paint, width }: TextFrame, row: Row, room: number): string[] {
  const lines: Span[][] = [];
  const { shown, more } = clipValue(row.value);
  const value: Span[] =
    row.absent === undefined
      ? wrap(makeVisible(shown), room).map((text) => ({ tone: 'value', text }))
      : [{ tone: 'error', text: `(${row.absent})` }];
  for (const span of value) lines.push([span]);
  if (more !== undefined) lines.push([{ tone: 'quiet', text: more }]);
  const notes: Span[] = [
    ...(row.words === undefined ? [] : [{ tone: 'words' as const, text: makeSafe(row.words) }]),
    ...(row.field === undefined || width < WITH_FIELDS
      ? []
      : [{ tone: 'quiet' as const, text: `→ ${row.field}` }]),
  ];
  for (const note of notes) placeNote(lines, note, room);
  return lines.map((spans) => spans.map(({ tone, text }) => paint(tone, text)).join(''));
}

/** Behind what stands in the last line where there is room for it, else in a line of its own. */
function placeNote(lines: Span[][], { tone, text }: Span, room: number): void {
  const last = lines.at(-1)!;
  const used = last.reduce((sum, span) => sum + measure(span.text), 0);
  const column = wordsColumn(room);
  const start = used === 0 ? 0 : last.length === 1 ? Math.max(used + 2, column) : used + 2;
  if (start + measure(text) <= room) {
    last.push({ tone, text: ' '.repeat(start - used) + text });
    return;
  }
  const indent = column + measure(text) <= room ? column : 2;
  for (const line of wrap(text, room - indent)) lines.push([{ tone, text: ' '.repeat(indent) + line }]);
}
