import { assert } from '../../lib/assert.ts';
import type { BarcodeSymbol } from '../barcode/barcode.ts';
import { type Box, fits } from './box.ts';
import { findFace } from './faces.ts';
import type { Layout, PageSize, Values } from './layout.ts';
import { measureBlocks } from './measure-block.ts';
import { type About, type Drawing, writePdf } from './pdf.ts';
import { fillText, type Press } from './press.ts';

/** A document cannot be drawn as its layout wants it: each reason with its place in the layout. */
export class CannotDraw extends Error {
  override readonly name = 'CannotDraw';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

/** Less than this between header and footer is no page. */
const LEAST_ROOM = 72;

/** The PDF of a document: the same bytes for the same layout and model. Throws `CannotDraw`. */
export function renderPage<Model extends { readonly date: string }>(
  layout: Layout<Model>,
  model: Model,
): Uint8Array {
  const values = layout.accept(model) as Model & Values;
  const reasons = new Set<string>();
  const press = openPress(layout, (message) => void reasons.add(message));
  const { page, language } = layout;
  const room = page.width - page.margins.left - page.margins.right;
  const body = measureBlocks(layout.body, values, room, { gap: layout.gap, press });
  const title = fillText(layout.title, values, { face: findFace('sans', {}) }, press);
  const sheets = reasons.size > 0 ? [] : makeSheets(layout, values, body, press);
  if (reasons.size > 0) throw new CannotDraw([...reasons]);
  const content = JSON.stringify(values);
  const about: About = { title, language, date: values.date, content };
  return writePdf(page, about, sheets.map(drawSheet(page)));
}

function openPress({ pictures }: Layout<unknown>, report: Press['report']): Press {
  const press: Press = {
    pictures,
    report,
    symbols: new Map<string, BarcodeSymbol>(),
    measure: (blocks, values, width, gap) => measureBlocks(blocks, values, width, { gap, press }),
  };
  return press;
}

/** One page: what stands on it, and where the body begins. */
type Sheet = { readonly header: Box; readonly body: Box; readonly footer: Box; readonly top: number };

/** Header and footer say how many pages there are, and may be higher for it: from one on, until it comes out as said. */
function makeSheets(layout: Layout<unknown>, values: Values, body: Box, press: Press): readonly Sheet[] {
  for (let count = 1; ; ) {
    const sheets = fillSheets(layout, values, body, { count, press });
    if (sheets.length <= count) return sheets;
    count = sheets.length;
  }
}

function fillSheets(
  layout: Layout<unknown>,
  values: Values,
  body: Box,
  { count, press }: { readonly count: number; readonly press: Press },
): readonly Sheet[] {
  const { page, gap } = layout;
  const width = page.width - page.margins.left - page.margins.right;
  const sheets: Sheet[] = [];
  for (let rest: Box | undefined = body; rest !== undefined; ) {
    const paged = { ...values, page: { number: String(sheets.length + 1), count: String(count) } };
    const header = press.measure(layout.header, paged, width, gap);
    const footer = press.measure(layout.footer, paged, width, gap);
    const top = page.margins.top + header.height + (header.height > 0 ? gap : 0);
    const bottom = page.margins.bottom + footer.height + (footer.height > 0 ? gap : 0);
    const taken = takePart(rest, page.height - top - bottom);
    if (typeof taken === 'string') {
      press.report(`${layout.file}:1:1 ${taken}`);
      return sheets;
    }
    sheets.push({ header, body: taken.part, footer, top });
    rest = taken.rest;
  }
  return sheets;
}

/** What a page takes of what is left, or why it can take nothing. */
function takePart(box: Box, room: number): { readonly part: Box; readonly rest: Box | undefined } | string {
  if (room < LEAST_ROOM) return 'header and footer leave no room on the page: make them lower';
  if (fits(box, room)) return { part: box, rest: undefined };
  const parts = box.split?.(room, false) ?? box.split?.(room, true);
  if (parts === undefined) return 'something is higher than a page, and cannot be parted: make it lower';
  const [part, rest] = parts;
  assert(rest.height < box.height, 'a page must take something');
  return { part, rest };
}

function drawSheet({ height, margins }: PageSize): (sheet: Sheet) => Drawing {
  return ({ header, body, footer, top }) =>
    (pen) => {
      header.draw(pen, margins.left, margins.top);
      body.draw(pen, margins.left, top);
      footer.draw(pen, margins.left, height - margins.bottom - footer.height);
    };
}
