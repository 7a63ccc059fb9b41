import { unreachable } from '../lib/assert.ts';
import type { Fact, LeftOutView, Piece, SegmentView, SetView } from '../x12/inspect/view.ts';
import type { TextFrame } from './inspect-text-row.ts';
import { drawMissing, drawSegment, drawTold, GUTTER, mark } from './inspect-text-segment.ts';
import {
  count,
  describeFile,
  describeGroup,
  describeInterchange,
  describeSet,
  groupDigits,
  type ShownFile,
  titleOfSet,
  type Verdict,
} from './inspect-words.ts';
import { paintNothing, paintTerminal } from './paint.ts';
import { makeSafe, makeVisible, measure, pad, wrap } from './visible.ts';

export type TextOptions = { readonly width: number; readonly colour: boolean; readonly envelopes: boolean };

const NARROWEST = 60;
const WIDEST = 160;

/** A file for a terminal or a pager, line by line. */
export function* drawText(pieces: Iterable<Piece>, file: ShownFile, options: TextOptions): Generator<string> {
  const frame: TextFrame = {
    width: Math.min(Math.max(options.width, NARROWEST), WIDEST),
    paint: options.colour ? paintTerminal : paintNothing,
    envelopes: options.envelopes,
  };
  yield* drawHead(frame, file);
  for (const piece of pieces) yield* drawPiece(frame, piece);
}

function* drawHead(frame: TextFrame, file: ShownFile): Generator<string> {
  const { paint, width } = frame;
  const { tone, text } = describeFile(file);
  const { first, errors, warnings, sets } = file.digest;
  yield* wrap(makeSafe(file.name), width).map((line) => paint('quiet', line));
  yield* wrap(text, width - 2).map((line, i) => paint(tone, `${i === 0 ? mark(tone) : ' '} ${line}`));
  if (first !== undefined) {
    const only = errors + warnings === 1;
    const label = `${only ? 'it is' : 'look first'} at ${makeSafe(first.where)}, byte ${groupDigits(first.offset)}:`;
    yield* wrap(label, width - 2).map((line) => `  ${paint('quiet', line)}`);
    yield* wrap(makeSafe(first.message), width - 4).map((line) => `    ${line}`);
  }
  if (file.set !== undefined && sets > 1) yield paint('quiet', `  only set ${makeSafe(file.set)} is shown`);
}

function* drawPiece(frame: TextFrame, piece: Piece): Generator<string> {
  switch (piece.kind) {
    case 'interchange': {
      const title = `Interchange ${makeSafe(piece.control)}`;
      yield '';
      yield* drawTitle(frame, title, describeInterchange(piece), piece.segment.offset, '═');
      yield* drawEnvelope(frame, piece.facts, piece.segment);
      break;
    }
    case 'group': {
      const name = piece.name === '' ? '' : ` ${piece.name}`;
      const title = makeSafe(`Group ${piece.control} · ${piece.functionalId}${name}`);
      yield '';
      yield* drawTitle(frame, title, describeGroup(piece), piece.segment.offset, '─');
      yield* drawEnvelope(frame, piece.facts, piece.segment);
      break;
    }
    case 'set':
      yield* drawSet(frame, piece);
      break;
    case 'segment':
      yield '';
      yield* isTrailer(piece) && !frame.envelopes ? drawTrailer(frame, piece) : drawSegment(frame, piece);
      break;
    case 'missing':
      yield '';
      yield* drawMissing(frame, piece);
      break;
    case 'junk':
      yield '';
      yield frame.paint(
        'quiet',
        `${groupDigits(piece.length)} bytes at byte ${groupDigits(piece.offset)} that are no interchange`,
      );
      yield* drawTold(frame, [piece.told], GUTTER);
      break;
    case 'cut':
      yield '';
      if (piece.torn !== '') yield* wrap(`     ${makeVisible(piece.torn)}…`, frame.width);
      yield frame.paint('error', `cut here, at byte ${groupDigits(piece.offset)}`);
      yield* drawTold(frame, piece.told, GUTTER);
      break;
    case 'end':
      yield* drawTold(frame, piece.told, GUTTER);
      break;
    default:
      unreachable(piece);
  }
}

function* drawSet(frame: TextFrame, set: SetView): Generator<string> {
  yield '';
  yield* drawTitle(frame, titleOfSet(set), describeSet(set), set.offset, '─');
  yield* drawTold(frame, set.told, GUTTER);
  for (const item of set.items) {
    if (item.kind === 'left-out') yield drawLeftOut(frame, item);
    else if (item.kind === 'missing') yield* drawMissing(frame, item);
    else yield* drawSegment(frame, item);
  }
}

/** The title, what became of it, and where it begins, in a rule as wide as the page. */
function* drawTitle(
  { paint, width }: TextFrame,
  title: string,
  { tone, text }: Verdict,
  offset: number,
  rule: string,
): Generator<string> {
  const place = `byte ${groupDigits(offset)}`;
  const verdict = `${mark(tone)} ${text}`;
  const line = (length: number) => paint('quiet', rule.repeat(Math.max(0, length)));
  const used = measure(title) + measure(verdict) + place.length + 11;
  if (used <= width) {
    const rest = width - used + 3;
    yield `${line(2)} ${paint('title', title)} · ${paint(tone, verdict)} ${line(rest)} ${paint('quiet', place)}`;
    return;
  }
  const [first = '', ...more] = wrap(title, width - 3);
  yield `${line(2)} ${paint('title', first)}`;
  for (const one of more) yield `   ${paint('title', one)}`;
  for (const one of wrap(`${verdict} · ${place}`, width - 3)) yield `   ${paint(tone, one)}`;
}

/** Facts in words; the segment itself only where it has something wrong. */
function* drawEnvelope(frame: TextFrame, facts: readonly Fact[], segment: SegmentView): Generator<string> {
  const { paint, width } = frame;
  for (const { name, value, words } of facts) {
    const said = words === undefined ? '' : `  ${words}`;
    const lines = wrap(makeSafe(value + said), width - GUTTER - 12);
    const label = paint('quiet', pad(name, 12));
    yield* lines.map((line, i) => `${' '.repeat(GUTTER)}${i === 0 ? label : ' '.repeat(12)}${line}`);
  }
  const wrong = segment.rows.some(({ told }) => told.length > 0);
  if (wrong || frame.envelopes) yield* drawSegment(frame, segment);
  else yield* drawTold(frame, segment.told, GUTTER);
}

/** A sound GE or IEA only repeats what is known. */
function isTrailer({ id, rows, told }: SegmentView): boolean {
  return (id === 'GE' || id === 'IEA') && told.length === 0 && rows.every((row) => row.told.length === 0);
}

function drawTrailer({ paint, width }: TextFrame, { id, name, rows }: SegmentView): string[] {
  const said = [name, ...rows.map(({ value }) => makeVisible(value))].join(' · ');
  return wrap(said, width - 10).map((line, i) => paint('quiet', `     ${pad(i === 0 ? id : '', 4)} ${line}`));
}

function drawLeftOut({ paint }: TextFrame, { count: left }: LeftOutView): string {
  return `${' '.repeat(GUTTER)}${paint('quiet', `… ${count(left, 'segment')} without problems left out (--all shows them)`)}`;
}
