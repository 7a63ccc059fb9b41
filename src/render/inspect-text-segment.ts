import type { MissingView, SegmentView, Told } from '../x12/inspect/view.ts';
import { drawRow, type TextFrame } from './inspect-text-row.ts';
import { clipValue, type Verdict } from './inspect-words.ts';
import { makeSafe, measure, pad, wrap } from './visible.ts';

/** Room for the position of a segment in its set: what an AK302 and a partner on the phone call it by. */
export const GUTTER = 5;

export function* drawSegment(frame: TextFrame, segment: SegmentView): Generator<string> {
  const { paint } = frame;
  const { position, depth, rows, told } = segment;
  const gutter = (position === undefined ? '' : String(position)).padStart(GUTTER - 1);
  const head = `${gutter} ${'  '.repeat(depth)}`;
  const titles = drawSegmentTitle(frame, segment, frame.width - head.length);
  yield* titles.map((line, i) => (i === 0 ? paint('quiet', head) : ' '.repeat(head.length)) + line);
  yield* drawTold(frame, told, head.length + 2);
  for (const row of rows) {
    yield* drawRow(frame, row, head.length + 2);
    yield* drawTold(frame, row.told, head.length + 2);
  }
}

/** Id, name and turn of its loop. What stands for an id in a damaged file may be a page long. */
function drawSegmentTitle({ paint }: TextFrame, { id, name, loop }: SegmentView, room: number): string[] {
  const { shown, more = '' } = clipValue(id);
  if (id.length > 3) return wrap(makeSafe(shown) + more, room).map((line) => paint('id', line));
  const under = loop?.under === undefined ? '' : `, under ${loop.under}`;
  const turn = loop?.label === undefined ? '' : makeSafe(`  [${loop.label}${under}]`);
  const title = makeSafe(name);
  const first = `${paint('id', pad(makeSafe(id), 4))} `;
  if (measure(title + turn) <= room - 5)
    return [`${first}${paint('title', title)}${paint('quiet', turn)}`.trimEnd()];
  return wrap(title + turn, room - 5).map((line, i) => (i === 0 ? first : '     ') + paint('title', line));
}

export function* drawMissing(frame: TextFrame, { id, name, depth, told }: MissingView): Generator<string> {
  const head = GUTTER + depth * 2;
  const title = `${name} (missing)`.trim();
  yield* wrap(title, frame.width - head - 5).map(
    (line, i) => ' '.repeat(head) + frame.paint('error', `${pad(i === 0 ? id : '', 4)} ${line}`),
  );
  yield* drawTold(frame, told, head + 2);
}

/** What is wrong, under the place that it is about. */
export function* drawTold(
  { paint, width }: TextFrame,
  told: readonly Told[],
  indent: number,
): Generator<string> {
  for (const { severity, code, message } of told) {
    const label = `${mark(severity)} ${code === undefined ? '' : `${code}  `}`;
    const room = width - indent - measure(label);
    const lines = wrap(makeSafe(message), room);
    yield* lines.map(
      (line, i) =>
        ' '.repeat(indent) + paint(severity, (i === 0 ? label : ' '.repeat(measure(label))) + line),
    );
  }
}

export function mark(tone: Verdict['tone']): string {
  return tone === 'error' ? '✗' : tone === 'warning' ? '!' : '✓';
}
