import type { Face } from './faces.ts';

export type Line = { readonly text: string; readonly width: number };

/**
 * Lines of at most that width, in parts of the size; a word that is wider than a line is broken where the line ends.
 * The time it takes grows with the length of the text alone.
 */
export function breakLines(text: string, face: Face, width: number): readonly Line[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph.trim(), face, width));
}

/** Behind a space, and behind the hyphen between two words: never in a number, a date or a code. */
const BREAK = /(?<= )(?=[^ ])|(?<=\p{L}-)(?=\p{L})/u;

function breakParagraph(text: string, face: Face, width: number): Line[] {
  const lines: Line[] = [];
  let line = '';
  let taken = 0;
  const end = (): void => {
    const kept = line.trimEnd();
    lines.push({ text: kept, width: measureText(kept, face) });
    line = '';
    taken = 0;
  };
  for (const word of text.split(BREAK)) {
    const length = measureText(word.trimEnd(), face);
    if (line !== '' && taken + length > width) end();
    if (length > width) {
      const pieces = cutWord(word, face, width);
      for (const piece of pieces.slice(0, -1)) {
        line = piece;
        end();
      }
      line = pieces.at(-1)!;
      taken = measureText(line, face);
    } else {
      line += word;
      taken += measureText(word, face);
    }
  }
  if (line !== '' || lines.length === 0) end();
  return lines;
}

/** Pieces of which each but the last ends a line; at least one character in each. */
function cutWord(word: string, face: Face, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let taken = 0;
  for (const sign of word) {
    const advance = measureText(sign, face);
    if (piece !== '' && taken + advance > width) {
      const end = findCut(piece);
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      taken = measureText(piece, face);
    }
    piece += sign;
    taken += advance;
  }
  return [...pieces, piece];
}

/** Of an address, behind a slash or the like, where that leaves no short line. */
function findCut(piece: string): number {
  const [kept] = /^.*[/.?&=_-]/.exec(piece) ?? [''];
  return kept.length > piece.length / 2 ? kept.length : piece.length;
}

/** In parts of the size. */
export function measureText(text: string, face: Face): number {
  let width = 0;
  for (const sign of text) width += face.advance(sign.codePointAt(0)!) ?? 0;
  return width;
}
