import type { Face } from './faces.ts';

/** Scripts that are set sign by sign, from left to right. The fonts hold signs of others, which would come out wrong. */
const SET =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}]$/u;

/** What is not seen, or belongs to the sign before it where no composed letter stands for both. */
const UNSEEN = /^[\p{C}\p{M}\p{Zl}\p{Zp}]$/u;

/** As it is set: letters composed, line ends alike, tabs as spaces. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/[ \n]+$/, '');
}

/** The signs of a tidied text that cannot be set, each once. */
export function findUndrawable(text: string, face: Face): readonly string[] {
  const wrong = new Set<string>();
  for (const sign of text) {
    if (sign === '\n' || (sign >= ' ' && sign <= '~')) continue;
    if (!SET.test(sign) || UNSEEN.test(sign) || face.advance(sign.codePointAt(0)!) === undefined)
      wrong.add(sign);
  }
  return [...wrong];
}

/** `U+05D0 (א)`. */
export function describeSign(sign: string): string {
  const code = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return UNSEEN.test(sign) ? `U+${code}` : `U+${code} (${sign})`;
}
