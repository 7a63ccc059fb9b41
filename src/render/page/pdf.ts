import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import { assert } from '../../lib/assert.ts';
import { drawSymbol } from '../barcode/draw-barcode.ts';
import { escapeHtml } from '../template/markup.ts';
import type { PageSize } from './layout.ts';
import type { Pen } from './pen.ts';
import type { Picture } from './picture.ts';

/** What a document says of itself. */
export type About = {
  readonly title: string;
  readonly language: string;
  /** ISO. Nothing in the file tells when it was made: the same content is the same file whenever that is. */
  readonly date: string;
  /** All that the file's id depends on. */
  readonly content: string;
};

export type Drawing = (pen: Pen) => void;

const MAKER = 'Causeway';

/** The bytes of a PDF/A-2b (ISO 19005-2): fonts embedded, colours defined, metadata as XMP. */
export function writePdf({ width, height }: PageSize, about: About, pages: readonly Drawing[]): Uint8Array {
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    // No font of the viewer's: all are embedded.
    font: null as unknown as string,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b' as 'PDF/A-2',
    lang: about.language,
    displayTitle: true,
    info: { Title: about.title, Creator: MAKER, Producer: MAKER, CreationDate: new Date(dayOf(about)) },
  });
  amend(document, about);
  const pen = makePen(document);
  for (const draw of pages) {
    document.addPage();
    draw(pen);
  }
  document.end();
  return takeBytes(document);
}

/** All of it lies in the stream by now: nothing that is drawn here has to be waited for. */
function takeBytes(document: PDFKit.PDFDocument): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let chunk = document.read(); chunk !== null; chunk = document.read()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  assert(bytes.subarray(-8).toString('latin1').includes('%%EOF'), 'the PDF is not complete');
  return bytes;
}

function dayOf({ date }: About): string {
  return `${date.slice(0, 10)}T00:00:00Z`;
}

/**
 * pdfkit makes the id of title and time alone, and puts the title into XMP as it is: an ampersand would make the
 * metadata unreadable.
 */
function amend(document: PDFKit.PDFDocument, about: About): void {
  const inner = document as unknown as { readonly appendXML: (xml: string) => void };
  assert('_id' in document && '_addInfo' in document, 'pdfkit makes ids and metadata in another way');
  Object.assign(document, {
    _id: createHash('sha256').update(about.content).digest().subarray(0, 16),
    _addInfo: () => inner.appendXML(describeInXmp(about)),
  });
}

function describeInXmp(about: About): string {
  return `
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <xmp:CreateDate>${dayOf(about)}</xmp:CreateDate>
            <xmp:CreatorTool>${MAKER}</xmp:CreatorTool>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(about.title)}</rdf:li></rdf:Alt></dc:title>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <pdf:Producer>${MAKER}</pdf:Producer>
        </rdf:Description>`;
}

type ImageOpener = { readonly openImage: (bytes: Buffer) => PDFKit.Mixins.ImageSrc };

/** Measured as its dots are stored, so drawn so; a camera's wish to have it turned is not heard. */
const AS_STORED = { ignoreOrientation: true };

function makePen(document: PDFKit.PDFDocument): Pen {
  const opened = new Map<Picture, PDFKit.Mixins.ImageSrc>();
  // Once in the file, however often it is drawn.
  const { openImage } = document as unknown as ImageOpener;
  const open = (picture: Picture): PDFKit.Mixins.ImageSrc => {
    const image = opened.get(picture) ?? openImage.call(document, picture.bytes);
    opened.set(picture, image);
    return image;
  };
  return {
    text: (line, x, y, { face, size, color }) => {
      document.font(face.source, face.name, size).fillColor(color);
      document.text(line, x, y, { lineBreak: false, baseline: 'alphabetic' });
    },
    rule: (from, to, { width, color }) => {
      document.lineWidth(width).moveTo(from.x, from.y).lineTo(to.x, to.y).stroke(color);
    },
    fill: ({ x, y, width, height }, color) => {
      document.rect(x, y, width, height).fill(color);
    },
    outline: ({ x, y, width, height }, stroke) => {
      document.lineWidth(stroke.width).rect(x, y, width, height).stroke(stroke.color);
    },
    image: (picture, { x, y, width, height }) => {
      document.image(open(picture), x, y, { width, height, ...AS_STORED });
    },
    symbol: (symbol, place) => {
      drawSymbol(document, symbol, place);
    },
  };
}
