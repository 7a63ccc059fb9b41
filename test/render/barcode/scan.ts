import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRequirement } from '../../support/requirement.ts';

/** Whether the barcode reader and the program that makes pictures of PDFs are here. */
export function canScan(): boolean {
  return ['zbarimg', 'pdftoppm'].every((name) => {
    const { error } = spawnSync(name, ['-h'], { stdio: 'ignore' });
    return hasRequirement(`the program ${name}`, error === undefined);
  });
}

/** The coarsest label printer has 8 dots a millimetre. */
const DPI = 203.2;

/** The barcodes on each page of a PDF as a reader sees them; `\u001d` is the FNC1 between elements. */
export function scanPages(pdf: Uint8Array): readonly (readonly string[])[] {
  return withPictures(pdf, (pictures) => pictures.map(scanPicture));
}

/** The bytes of the only barcode on the only page. */
export function scanBytes(pdf: Uint8Array): Buffer {
  return withPictures(pdf, ([picture = '']) => runReader(['--raw', '-Sbinary', picture]));
}

function withPictures<T>(pdf: Uint8Array, scan: (pictures: readonly string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-scan-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, pdf);
    const { status, stderr } = spawnSync('pdftoppm', [
      '-r',
      String(DPI),
      '-gray',
      file,
      join(folder, 'page'),
    ]);
    if (status !== 0) throw new Error(`pdftoppm ended with ${status}: ${stderr}`);
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    const pageOf = (name: string) => Number(/(\d+)\.pgm$/.exec(name)?.[1]);
    return scan(names.sort((a, b) => pageOf(a) - pageOf(b)).map((name) => join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scanPicture(picture: string): readonly string[] {
  const xml = runReader(['--xml', picture]).toString('utf8');
  return [...xml.matchAll(/<data([^>]*)><!\[CDATA\[(.*?)\]\]><\/data>/gs)].map(
    ([, attributes = '', data = '']) =>
      attributes.includes("format='base64'") ? Buffer.from(data, 'base64').toString('ascii') : data,
  );
}

function runReader(args: readonly string[]): Buffer {
  const { stdout, status } = spawnSync('zbarimg', ['-q', '--nodbus', ...args]);
  // 4: there is no barcode on the page.
  if (status !== 0 && status !== 4) throw new Error(`zbarimg ended with ${status}`);
  return stdout;
}
