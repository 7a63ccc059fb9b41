/**
 * A strict reader of the ZPL II that labels are written in: any command that is not known, any parameter that is not as
 * the programming guide has it, and any field that reaches over the label's edge is an error.
 */

export type ZplLabel = {
  readonly width: number;
  readonly height: number;
  readonly fields: readonly ZplField[];
};

export type ZplField = ZplArea & {
  readonly kind: 'text' | 'box' | 'code-128' | 'qr';
  /** Text as printed; of a Code 128 what a reader gives, FNC1 inside as `\u001d`. */
  readonly data: string;
  /** Of bars and QR codes. */
  readonly module: number;
  /** Whether FNC1 is first, which makes it a GS1-128. */
  readonly gs1: boolean;
};

export type ZplArea = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

type Command = { readonly name: string; readonly parameters: string };

export function readZpl(zpl: string): ZplLabel {
  const commands = splitCommands(zpl);
  const [start, charset, width, length, home, ...rest] = commands;
  must(start?.name === 'XA' && start.parameters === '', 'a label begins with ^XA');
  must(charset?.name === 'CI' && charset.parameters === '28', 'UTF-8 is ^CI28');
  must(width?.name === 'PW' && length?.name === 'LL', 'expected ^PW and ^LL');
  must(home?.name === 'LH' && home.parameters === '0,0', 'expected ^LH0,0');
  must(rest.at(-1)?.name === 'XZ' && rest.at(-1)?.parameters === '', 'a label ends with ^XZ');
  const label = { width: whole(width.parameters), height: whole(length.parameters) };
  const fields: ZplField[] = [];
  let open: Command[] = [];
  for (const command of rest.slice(0, -1)) {
    if (command.name !== 'FS') {
      open.push(command);
      continue;
    }
    must(command.parameters === '', '^FS has no parameters');
    fields.push(readField(open));
    open = [];
  }
  must(open.length === 0, 'a field is not closed by ^FS');
  for (const field of fields) {
    const inside = field.x + field.width <= label.width && field.y + field.height <= label.height;
    must(field.x >= 0 && field.y >= 0 && inside, `a field is over the edge: ${JSON.stringify(field)}`);
  }
  return { ...label, fields };
}

/** `~` and `^` begin commands wherever they stand; a line end is no part of a parameter. */
function splitCommands(zpl: string): readonly Command[] {
  must(!zpl.includes('~'), 'there is a ~ command');
  const [before, ...parts] = zpl.split('^');
  must(before === '', 'something stands before the first command');
  return parts.map((part) => {
    // ^A has the name of the font as its second letter.
    const name = /^A0/.test(part) ? 'A0' : part.slice(0, 2);
    must(KNOWN.includes(name), `there is no command ^${part.slice(0, 2)} here`);
    return { name, parameters: part.slice(2).replace(/\n$/, '') };
  });
}

const KNOWN = [
  'XA',
  'XZ',
  'CI',
  'PW',
  'LL',
  'LH',
  'FO',
  'A0',
  'FB',
  'FH',
  'FD',
  'FS',
  'GB',
  'BY',
  'BC',
  'BQ',
];

function readField(commands: readonly Command[]): ZplField {
  const [origin, ...rest] = commands;
  must(origin?.name === 'FO', 'a field begins with ^FO');
  const [x = -1, y = -1] = split(origin.parameters, 2).map(whole);
  const names = rest.map(({ name }) => name).join(' ');
  const parameters = rest.map((command) => command.parameters);
  const usual = { x, y, module: 0, gs1: false };
  switch (names) {
    case 'GB': {
      const [width = 0, height = 0, thickness = 0] = split(parameters[0], 3).map(whole);
      must(thickness >= 1 && width >= thickness && height >= thickness, 'a box is as wide as its line');
      return { ...usual, kind: 'box', width, height, data: '' };
    }
    case 'A0 FB FH FD':
      return { ...usual, kind: 'text', ...readText(parameters) };
    case 'BY BC FD':
      return { ...usual, kind: 'code-128', ...readCode128(parameters) };
    case 'BQ FH FD':
      return { ...usual, kind: 'qr', ...readQr(parameters) };
    default:
      throw new Error(`a field is not of ${names}`);
  }
}

function readText([font = '', block = '', hex = '', data = '']: readonly string[]) {
  const [orientation, height, width] = split(font, 3);
  must(orientation === 'N' && height === width, 'letters stand upright in their own width');
  const [room, lines, spacing, align, indent] = split(block, 5);
  must(lines === '1' && spacing === '0' && indent === '0', 'a text is one line');
  must(/^[LCR]$/.test(align ?? ''), `text is not aligned by ${align}`);
  must(hex === '', '^FH has the usual sign, _');
  const line = readHex(data);
  const ended = align === 'C' ? line.replace(/\\&$/, '') : line;
  // A backslash begins an escape of ^FB; the only one left is that of itself.
  const rest = ended.replaceAll('\\\\', '');
  must(!rest.includes('\\'), `a backslash escapes in ${data}`);
  must(!/[\0-\x1f\x7f]/.test(ended), 'a control character is in a text');
  return { width: whole(room), height: whole(height), data: ended.replaceAll('\\\\', '\\') };
}

function readQr([code = '', hex = '', data = '']: readonly string[]) {
  const [orientation, model, magnification] = split(code, 3);
  must(orientation === 'N' && model === '2', 'a QR code is of model 2');
  must(hex === '' && data.startsWith('MA,'), 'a QR code has level M and is encoded by the printer');
  // The printer chooses the version: its measures are not in the data.
  return { width: 0, height: 0, module: whole(magnification), data: readHex(data.slice(3)) };
}

/** ^FH: `_` and two digits are a byte. */
function readHex(data: string): string {
  const bytes: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const [escaped] = /^(?:_[0-9A-F]{2})+/.exec(data.slice(at)) ?? [];
    must(escaped !== undefined || data[at] !== '_', `a _ stands alone in ${data}`);
    const plain = escaped ?? String.fromCodePoint(data.codePointAt(at)!);
    bytes.push(escaped === undefined ? Buffer.from(plain) : Buffer.from(escaped.replaceAll('_', ''), 'hex'));
    at += plain.length;
  }
  return Buffer.concat(bytes).toString('utf8');
}

const START: Readonly<Record<string, 'B' | 'C'>> = { '>:': 'B', '>;': 'C' };
const SIGNS: Readonly<Record<string, string>> = { '>0': '>', '><': '^', '>=': '~' };

/** Start, data, check of 11 modules each, and the stop of 13. */
function widthOf(symbols: number): number {
  return 11 * (symbols + 2) + 13;
}

function readCode128([by = '', code = '', data = '']: readonly string[]) {
  const module = whole(by);
  const [orientation, height, ...flags] = split(code, 6);
  must(orientation === 'N', 'bars stand upright');
  must(flags.join('') === 'NNNN', 'no interpretation line, no check digit, no mode: all is written out');
  let subset = START[data.slice(0, 2)];
  must(subset !== undefined, 'a start code is first');
  let symbols = 0;
  let text = '';
  for (let at = 2; at < data.length; symbols += 1) {
    const pair = data.slice(at, at + 2);
    at += 2;
    if (pair === '>8') text += '\u001d';
    else if (pair === '>5' && subset === 'B') subset = 'C';
    else if (pair === '>6' && subset === 'C') subset = 'B';
    else if (SIGNS[pair] !== undefined && subset === 'B') text += SIGNS[pair];
    else if (subset === 'C') {
      must(/^\d\d$/.test(pair), `in subset C, ${pair} is no pair of digits`);
      text += pair;
    } else {
      must(/^[ -=?-}]/.test(pair) && pair[0] !== '^', `in subset B, ${pair[0]} is no character`);
      text += pair[0];
      at -= 1;
    }
  }
  const gs1 = text.startsWith('\u001d');
  return {
    width: widthOf(symbols) * module,
    height: whole(height),
    module,
    gs1,
    data: gs1 ? text.slice(1) : text,
  };
}

function split(parameters: string | undefined, count: number): readonly string[] {
  const all = (parameters ?? '').split(',');
  must(all.length === count, `expected ${count} parameters, not ${parameters}`);
  return all;
}

function whole(text: string | undefined): number {
  must(/^\d+$/.test(text ?? ''), `${text} is no whole number of dots`);
  return Number(text);
}

function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
