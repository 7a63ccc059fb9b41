import type { Barcode } from '../barcode/barcode.ts';
import { needsSeparator, readGs1Elements } from '../barcode/gs1-elements.ts';

/**
 * Text as ^FD has it under ^FH and ^FB: what the printer takes for a command or for an escape is written as the hex of
 * its bytes, so that nothing a partner sends becomes a command.
 */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/[\^~_]|[\0-\x1f\x7f]/g, writeHex);
}

/** Under ^FH alone. */
export function escapeData(text: string): string {
  return text.replace(/[\^~_]|[\0-\x1f\x7f]/g, writeHex);
}

function writeHex(sign: string): string {
  return `_${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** As readers give it back; no text that can be a barcode has it. */
const FNC1 = '\u001d';

/** ZPL II, table of ^BC: how field data names what no character stands for. */
const CODE = { startB: '>:', startC: '>;', toC: '>5', toB: '>6', fnc1: '>8' } as const;
const ESCAPED: Readonly<Record<string, string>> = { '>': '>0', '^': '><', '~': '>=' };

/** A Code 128 as ^BC has it without a mode of its own: every subset and FNC1 written out, nothing left to the printer. */
export function writeCode128({ symbology, text }: Barcode): string {
  const signs: readonly string[] = symbology === 'gs1-128' ? listSigns(text) : [...text];
  const cost = countSymbols(signs);
  let inC = cost.c[0]! <= cost.b[0]!;
  let written: string = inC ? CODE.startC : CODE.startB;
  for (let i = 0; i < signs.length; ) {
    const here = inC ? cost.c : cost.b;
    const there = inC ? cost.b : cost.c;
    if (i > 0 && here[i]! > 1 + there[i]!) {
      inC = !inC;
      written += inC ? CODE.toC : CODE.toB;
    }
    const sign = signs[i]!;
    const taken = inC && sign !== FNC1 ? 2 : 1;
    written += signs
      .slice(i, i + taken)
      .map(writeSign)
      .join('');
    i += taken;
  }
  return written;
}

function writeSign(sign: string): string {
  return sign === FNC1 ? CODE.fnc1 : (ESCAPED[sign] ?? sign);
}

/** GS1 General Specifications 5.4: FNC1 first, and after a value of no fixed length where another element follows. */
function listSigns(text: string): readonly string[] {
  const elements = readGs1Elements(text);
  return elements.flatMap((element, i) => {
    const separator = i > 0 && needsSeparator(elements[i - 1]!);
    return [...(i === 0 || separator ? [FNC1] : []), ...element.ai, ...element.value];
  });
}

/** Symbol characters that all from a sign on take when it is written in subset B, and in C; a change counts as one. */
function countSymbols(signs: readonly string[]): {
  readonly b: readonly number[];
  readonly c: readonly number[];
} {
  const b = [...signs.map(() => 0), 0];
  const c = [...b];
  for (let i = signs.length - 1; i >= 0; i -= 1) {
    b[i] = 1 + Math.min(b[i + 1]!, 1 + c[i + 1]!);
    c[i] = Number.POSITIVE_INFINITY;
    if (signs[i] === FNC1) c[i] = 1 + Math.min(c[i + 1]!, 1 + b[i + 1]!);
    else if (isDigit(signs[i]) && isDigit(signs[i + 1])) c[i] = 1 + Math.min(c[i + 2]!, 1 + b[i + 2]!);
  }
  return { b, c };
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9';
}
