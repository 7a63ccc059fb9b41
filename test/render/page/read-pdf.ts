import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRequirement } from '../../support/requirement.ts';

/** Whether the programs that read and check PDFs are here. */
export function canReadPdf(): boolean {
  return ['pdftotext', 'pdffonts', 'qpdf'].every((name) => {
    const { error } = spawnSync(name, ['-v'], { stdio: 'ignore' });
    return hasRequirement(`the program ${name}`, error === undefined);
  });
}

/** The texts of a PDF, page by page, in the order in which they are drawn. */
export function readPages(pdf: Uint8Array): readonly string[] {
  return run('pdftotext', ['-raw'], pdf, ['-']).split('\f').slice(0, -1);
}

export type Word = {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Every word with the box that it fills, in points. */
export function readWords(pdf: Uint8Array): readonly Word[] {
  const pages = run('pdftotext', ['-bbox'], pdf, ['-']).split('<page ').slice(1);
  return pages.flatMap((page, i) =>
    [...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g)].map(
      ([, left, top, right, bottom, text = '']) => ({
        page: i + 1,
        text,
        left: Number(left),
        right: Number(right),
        top: Number(top),
        bottom: Number(bottom),
      }),
    ),
  );
}

/** What qpdf finds wrong; nothing where the file is sound. */
export function checkPdf(pdf: Uint8Array): string {
  return withFile(pdf, (file) => {
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  });
}

/** Names of fonts, and whether each is embedded. */
export function readFonts(pdf: Uint8Array): readonly { readonly name: string; readonly embedded: boolean }[] {
  const lines = run('pdffonts', [], pdf, []).split('\n').slice(2).filter(Boolean);
  return lines.map((line) => ({
    name: line.split(' ')[0]!,
    embedded: / yes (yes|no) +(yes|no) +\d+ +0/.test(line),
  }));
}

export function readMetadata(pdf: Uint8Array): string {
  return run('pdfinfo', ['-meta'], pdf, []);
}

function run(program: string, before: readonly string[], pdf: Uint8Array, after: readonly string[]): string {
  return withFile(pdf, (file) => {
    const { status, stdout, stderr } = spawnSync(program, [...before, file, ...after], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
    return stdout;
  });
}

function withFile<T>(pdf: Uint8Array, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, pdf);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
