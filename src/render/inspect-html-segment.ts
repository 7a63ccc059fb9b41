import type { MissingView, Row, SegmentView, Told } from '../x12/inspect/view.ts';
import { clipValue } from './inspect-words.ts';
import { makeSafe, makeVisible } from './visible.ts';

/** Byte offsets that the list of problems leads to; each is taken out when its place is drawn. */
export type Anchors = Set<number>;

/** Text of whatever origin as HTML: markup is shown, never obeyed, and so is what cannot be seen. */
export function escapeText(text: string): string {
  return escapeMarkup(makeSafe(text));
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function* drawSegment(segment: SegmentView, anchors: Anchors, headed = true): Generator<string> {
  if (headed) yield `<div class="segment">${drawSegmentHead(segment)}`;
  yield drawTold(segment.told, anchors);
  if (segment.rows.length > 0) {
    yield '<table><tbody>';
    for (const row of segment.rows) yield drawRow(row, anchors);
    yield '</tbody></table>';
  }
  if (headed) yield '</div>';
}

export function drawSegmentHead({ id, name, position, loop }: SegmentView): string {
  const label = loop?.label === undefined ? '' : ` ${loop.label}`;
  const under = loop?.under === undefined ? '' : `, under ${loop.under}`;
  const at = position === undefined ? '' : `<span class="position">${position}</span>`;
  return `<span class="head">${at}<code>${escapeText(id)}</code> ${escapeText(name)}<span class="quiet">${escapeText(label + under)}</span></span>`;
}

function drawRow(row: Row, anchors: Anchors): string {
  const { shown, more } = clipValue(row.value);
  const rest = more === undefined ? '' : ` <span class="quiet">${more}</span>`;
  const value =
    row.absent === undefined
      ? `${escapeMarkup(makeVisible(shown))}${rest}`
      : `<span class="error">(${row.absent})</span>`;
  const field = row.field === undefined ? '' : `→&nbsp;${escapeText(row.field)}`;
  const worst = row.told.some(({ severity }) => severity === 'error') ? 'wrong' : 'doubted';
  const names = [...(row.part ? ['part'] : []), ...(row.told.length > 0 ? [worst] : [])].join(' ');
  const cells = [
    `<td class="at">${escapeText(row.at)}</td>`,
    `<td class="name">${escapeText(row.name)}</td>`,
    `<td class="value">${value}</td>`,
    `<td class="words">${escapeText(row.words ?? '')}</td>`,
    `<td class="field">${field}</td>`,
  ].join('');
  const line = `<tr${names === '' ? '' : ` class="${names}"`}>${cells}</tr>`;
  if (row.told.length === 0) return line;
  return `${line}<tr><td class="say" colspan="5">${drawTold(row.told, anchors)}</td></tr>`;
}

export function drawMissing({ id, name, told }: MissingView, anchors: Anchors): string {
  const title = `${id} ${name}`.trim();
  return `<div class="missing"><span class="head error">${escapeText(title)} (missing)</span>${drawTold(told, anchors)}</div>`;
}

/** What is wrong, under the place that it is about. */
export function drawTold(told: readonly Told[], anchors: Anchors): string {
  if (told.length === 0) return '';
  const lines = told.map(({ severity, code, message, offset }) => {
    const id = anchors.delete(offset) ? ` id="b${offset}"` : '';
    const said = code === undefined ? '' : `<code>${escapeText(code)}</code> `;
    return `<li class="${severity}"${id}>${said}${escapeText(message)}</li>`;
  });
  return `<ul class="told">${lines.join('')}</ul>`;
}
