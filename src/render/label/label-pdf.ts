import PDFDocument from 'pdfkit';
import { drawSymbol } from '../barcode/draw-barcode.ts';
import { measureText } from '../page/break-lines.ts';
import { findFace } from '../page/faces.ts';
import type { BarcodeMark, DrawnLabel, Mark, RectangleMark, TextMark } from './drawn-label.ts';
import { CAPITAL } from './fit-text.ts';

const POINTS = 72 / 25.4;

const MAKER = 'Causeway';

export type LabelsInfo = {
  readonly title: string;
  /** ISO. Of the data, not of the printing: the same labels are the same bytes. */
  readonly created: string;
};

/**
 * A PDF with a page for each label, in pieces: each page is given away before the next is drawn, so thousands take the
 * memory of one.
 */
export function* writeLabelsPdf(
  labels: Iterable<DrawnLabel>,
  { title, created }: LabelsInfo,
): Generator<Uint8Array> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    // Each text of each label would be kept to the end.
    fontLayoutCache: false,
    // No font of the viewer's: all are embedded.
    font: null as unknown as string,
    info: { Title: title, Creator: MAKER, Producer: MAKER, CreationDate: new Date(created) },
  });
  for (const { width, height, marks } of labels) {
    doc.addPage({ size: [width * POINTS, height * POINTS], margin: 0 });
    doc.fillColor('black');
    for (const mark of marks) drawMark(doc, mark);
    yield* drain(doc);
  }
  doc.end();
  yield* drain(doc);
}

function* drain(doc: PDFKit.PDFDocument): Generator<Uint8Array> {
  let bytes: unknown = doc.read();
  while (bytes instanceof Uint8Array) {
    yield bytes;
    bytes = doc.read();
  }
}

function drawMark(doc: PDFKit.PDFDocument, mark: Mark): void {
  switch (mark.kind) {
    case 'text':
      drawText(doc, mark);
      break;
    case 'rectangle':
      drawRectangle(doc, mark);
      break;
    case 'barcode':
      drawBarcodeMark(doc, mark);
      break;
  }
}

function drawText(doc: PDFKit.PDFDocument, { x, y, width, line, size, align, bold }: TextMark): void {
  const face = findFace('sans', { bold });
  const points = (size / CAPITAL) * POINTS;
  const spare = width * POINTS - measureText(line, face) * points;
  const indent = align === 'left' ? 0 : align === 'right' ? spare : spare / 2;
  doc.font(face.source, face.name).fontSize(points);
  doc.text(line, x * POINTS + indent, (y + size) * POINTS, { lineBreak: false, baseline: 'alphabetic' });
}

/** The frame lies inside: a printer draws it so as well. */
function drawRectangle(doc: PDFKit.PDFDocument, { x, y, width, height, thickness }: RectangleMark): void {
  const outer = [x, y, width, height] as const;
  doc.rect(...inPoints(outer));
  const inner = [x + thickness, y + thickness, width - 2 * thickness, height - 2 * thickness] as const;
  if (inner[2] > 0 && inner[3] > 0) doc.rect(...inPoints(inner));
  doc.fill('even-odd');
}

function inPoints([x, y, width, height]: readonly [number, number, number, number]) {
  return [x * POINTS, y * POINTS, width * POINTS, height * POINTS] as const;
}

function drawBarcodeMark(
  doc: PDFKit.PDFDocument,
  { x, y, width, height, module, symbol }: BarcodeMark,
): void {
  const modules = symbol.width + 2 * symbol.quiet;
  const left = x + (width - modules * module) / 2;
  const top = symbol.kind === 'bars' ? y : y + (height - modules * module) / 2;
  drawSymbol(doc, symbol, {
    x: left * POINTS,
    y: top * POINTS,
    moduleWidth: module * POINTS,
    height: height * POINTS,
  });
}
