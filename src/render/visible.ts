/**
 * Signs that are not seen, or that change how those around them are seen: controls, format marks such as
 * right-to-left overrides and zero-width spaces, odd spaces, line separators, code points that are no character.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}|[\u115f\u1160\u3164\uffa0]/gu;

/** Text that shows all that is in it: `\x07`, `\u202e`, and spaces at either end as `␣`. */
export function makeVisible(text: string): string {
  return makeSafe(text).replace(/^ +| +$/g, (spaces) => '␣'.repeat(spaces.length));
}

/** The same for what a person wrote: spaces are spaces. */
export function makeSafe(text: string): string {
  return text.replace(UNSEEN, (sign) => {
    const point = sign.codePointAt(0)!;
    if (point < 0x100) return `\\x${point.toString(16).padStart(2, '0')}`;
    return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
  });
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const MARK = /\p{M}/u;

/** Columns that a text takes on a terminal. */
export function measure(text: string): number {
  // Most texts are ASCII: one column a character.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const sign of text) columns += MARK.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
  return columns;
}

/** Lines of at most so many columns, broken at spaces where there are any; at least one line. */
export function wrap(text: string, columns: number): string[] {
  const room = Math.max(columns, 8);
  const lines: string[] = [];
  let rest = text;
  while (measure(rest) > room) {
    const fits = takeColumns(rest, room);
    // A space right behind what fits is as good a place.
    const space = rest[fits.length] === ' ' ? fits.length : fits.lastIndexOf(' ');
    const end = space > 0 ? space : fits.length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  lines.push(rest);
  return lines;
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let width = 0;
  for (const sign of text) {
    width += measure(sign);
    if (width > columns) break;
    taken += sign;
  }
  return taken;
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - measure(text)));
}
