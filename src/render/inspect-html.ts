import { createHash } from 'node:crypto';
import { unreachable } from '../lib/assert.ts';
import type { Fact, GroupView, InterchangeView, Piece, SegmentView, SetView } from '../x12/inspect/view.ts';
import {
  type Anchors,
  drawMissing,
  drawSegment,
  drawSegmentHead,
  drawTold,
  escapeText,
} from './inspect-html-segment.ts';
import { STYLE } from './inspect-style.ts';
import {
  clipValue,
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

/** Of a longer list of sets those without problems are closed. */
const MANY_SETS = 10;

/**
 * A file as one page that needs nothing else: no script, no link out, its styles allowed by their hash alone. Whatever
 * the file holds is text here.
 */
export function* drawHtml(pieces: Iterable<Piece>, file: ShownFile): Generator<string> {
  const anchors: Anchors = new Set(file.digest.problems.map(({ offset }) => offset));
  yield* drawBeginning(file);
  const many = file.digest.sets > MANY_SETS;
  const open: ('interchange' | 'group')[] = [];
  const close = function* (until: 'interchange' | 'group') {
    while (open.includes(until)) {
      open.pop();
      yield '</section>';
    }
  };
  for (const piece of pieces) {
    if (piece.kind === 'interchange' || piece.kind === 'junk') yield* close('interchange');
    if (piece.kind === 'group' || piece.kind === 'end') yield* close('group');
    if (piece.kind === 'interchange' || piece.kind === 'group') open.push(piece.kind);
    yield* drawPiece(piece, anchors, many);
  }
  yield* close('interchange');
  yield '</main></body></html>';
}

function* drawBeginning(file: ShownFile): Generator<string> {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const verdict = describeFile(file);
  yield '<!doctype html>';
  yield '<html lang="en"><head><meta charset="utf-8">';
  yield `<meta http-equiv="Content-Security-Policy" content="${escapeText(policy)}">`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">';
  yield `<title>${escapeText(`${file.name}: ${verdict.text}`)}</title>`;
  yield `<style>${STYLE}</style></head><body>`;
  yield `<header><h1>${escapeText(file.name)}</h1>`;
  yield `<p class="verdict ${verdict.tone}">${sayVerdict(verdict)}</p>`;
  if (file.set !== undefined) yield `<p class="quiet">only set ${escapeText(file.set)} is shown</p>`;
  yield* drawProblems(file);
  yield '</header>';
  yield* drawContents(file);
  yield '<main>';
}

/** Each problem with the way to it. */
function* drawProblems({ digest, set }: ShownFile): Generator<string> {
  const { problems, errors, warnings } = digest;
  if (problems.length === 0) return;
  yield '<ol>';
  for (const { severity, where, message, offset } of problems) {
    // What is not on the page cannot be led to.
    const place = `${escapeText(where)}, byte ${groupDigits(offset)}`;
    const way = set === undefined ? `<a href="#b${offset}">${place}</a>` : place;
    yield `<li class="${severity}">${way}: ${escapeText(message)}</li>`;
  }
  yield '</ol>';
  const more = errors + warnings - problems.length;
  if (more > 0) yield `<p class="quiet">and ${groupDigits(more)} more</p>`;
}

function* drawContents({ digest, set }: ShownFile): Generator<string> {
  const { contents, sets } = digest;
  if (contents.length < 2 || set !== undefined) return;
  yield `<nav><details${contents.length <= 40 ? ' open' : ''}><summary>${count(sets, 'set')}</summary><ul>`;
  for (const { set: id, control, offset, status, problems } of contents) {
    const tone = status === 'R' ? 'error' : problems > 0 ? 'warning' : 'good';
    const told = problems === 0 ? '' : ` <span class="${tone}">${count(problems, 'problem')}</span>`;
    const title = `${escapeText(id)} · ${escapeText(control)}`;
    yield `<li><span class="${tone}">${MARKS[tone]}</span> <a href="#s${offset}">${title}</a>${told}</li>`;
  }
  yield '</ul>';
  if (sets > contents.length) yield `<p class="quiet">and ${groupDigits(sets - contents.length)} more</p>`;
  yield '</details></nav>';
}

function* drawPiece(piece: Piece, anchors: Anchors, many: boolean): Generator<string> {
  switch (piece.kind) {
    case 'interchange':
      yield '<section class="interchange">';
      yield `<h2>Interchange ${escapeText(piece.control)}</h2> ${drawVerdict(describeInterchange(piece), piece.segment.offset)}`;
      yield* drawEnvelope(piece, anchors);
      break;
    case 'group': {
      const name = piece.name === '' ? '' : ` ${piece.name}`;
      yield '<section class="group">';
      yield `<h3>${escapeText(`Group ${piece.control} · ${piece.functionalId}${name}`)}</h3> ${drawVerdict(describeGroup(piece), piece.segment.offset)}`;
      yield* drawEnvelope(piece, anchors);
      break;
    }
    case 'set':
      yield* drawSet(piece, anchors, many);
      break;
    case 'segment':
      yield* drawSegment(piece, anchors);
      break;
    case 'missing':
      yield drawMissing(piece, anchors);
      break;
    case 'junk':
      yield `<section class="interchange"><h2>${groupDigits(piece.length)} bytes that are no interchange</h2> <span class="quiet">byte ${groupDigits(piece.offset)}</span>`;
      yield `${drawTold([piece.told], anchors)}</section>`;
      break;
    case 'cut':
      if (piece.torn !== '') yield `<p class="torn"><code>${escapeText(piece.torn)}…</code></p>`;
      yield `<p class="error">cut here, at byte ${groupDigits(piece.offset)}</p>${drawTold(piece.told, anchors)}`;
      break;
    case 'end':
      yield drawTold(piece.told, anchors);
      break;
    default:
      unreachable(piece);
  }
}

function* drawEnvelope(piece: InterchangeView | GroupView, anchors: Anchors): Generator<string> {
  yield `<dl>${piece.facts.map(drawFact).join('')}</dl>`;
  const { segment } = piece;
  const wrong = segment.told.length > 0 || segment.rows.some(({ told }) => told.length > 0);
  yield `<details${wrong ? ' open' : ''}><summary class="quiet">${escapeText(segment.id)} element by element</summary>`;
  yield* drawSegment(segment, anchors);
  yield '</details>';
}

function drawFact({ name, value, words }: Fact): string {
  const said = words === undefined ? '' : ` <span class="quiet">${escapeText(words)}</span>`;
  return `<dt>${escapeText(name)}</dt><dd><code>${escapeText(value)}</code>${said}</dd>`;
}

function* drawSet(set: SetView, anchors: Anchors, many: boolean): Generator<string> {
  const open = !many || set.problems > 0 || set.status !== 'A';
  yield `<details class="set" id="s${set.offset}"${open ? ' open' : ''}>`;
  yield `<summary><h4>${escapeText(titleOfSet(set))}</h4> ${drawVerdict(describeSet(set), set.offset)}</summary>`;
  yield drawTold(set.told, anchors);
  let loops = 0;
  for (const item of set.items) {
    if (item.kind === 'left-out') {
      const left = count(item.count, 'segment');
      yield `<p class="quiet">… ${left} without problems left out (--all shows them)</p>`;
      continue;
    }
    for (; loops > item.depth; loops--) yield '</div></details>';
    if (item.kind === 'missing') yield drawMissing(item, anchors);
    else if (item.loop === undefined) yield* drawSegment(item, anchors);
    else {
      yield* openLoop(item, anchors);
      loops++;
    }
  }
  yield `${'</div></details>'.repeat(loops)}</details>`;
}

function* openLoop(segment: SegmentView, anchors: Anchors): Generator<string> {
  yield `<details class="segment" open><summary>${drawSegmentHead(segment)}${drawGist(segment)}</summary><div class="inside">`;
  yield* drawSegment(segment, anchors, false);
}

/** What a closed loop is about: the beginning of the segment that opens it. */
function drawGist({ rows }: SegmentView): string {
  const said = rows.slice(0, 4).map(({ value, words }) => words ?? clipValue(value).shown);
  return `<span class="gist quiet">${escapeText(said.filter((one) => one !== '').join(' · '))}</span>`;
}

function drawVerdict(verdict: Verdict, offset: number): string {
  return `<span class="${verdict.tone}">${sayVerdict(verdict)}</span> <span class="quiet">· byte ${groupDigits(offset)}</span>`;
}

function sayVerdict({ tone, text }: Verdict): string {
  return `${MARKS[tone]} ${escapeText(text)}`;
}

const MARKS = { good: '✓', warning: '!', error: '✗' } as const;
