import { type BarcodeSymbol, encodeBarcode } from '../barcode/barcode.ts';
import { measureSymbol } from '../barcode/draw-barcode.ts';
import { WrongBarcode } from '../barcode/wrong-barcode.ts';
import { type Box, EMPTY, stack } from './box.ts';
import type { SymbolBlock, Values } from './layout.ts';
import { indentFor, setParagraph } from './paragraph.ts';
import { fill, type Press, reportAt } from './press.ts';

const MM = 72 / 25.4;

/** Narrower bars than these (7.5 mil) a usual scanner does not tell apart. */
const LEAST_MODULE = 0.19 * MM;

/** Between bars and their text. */
const BELOW_BARS = 1.5;

/** A barcode or QR code with its quiet zones; nothing where its text is empty. */
export function measureSymbolBlock(
  block: SymbolBlock,
  values: Values,
  width: number,
  press: Press,
): Box | undefined {
  const text = fill(block.text, values, press);
  const symbol = text === '' ? undefined : encode(block, text, press);
  if (symbol === undefined) return undefined;
  const modules = symbol.width + 2 * symbol.quiet;
  const moduleWidth = chooseModule(block, symbol, width / modules);
  const size = measureSymbol(symbol, { moduleWidth, height: block.size });
  if (size.width > width) {
    const [wide, room] = [Math.ceil(size.width / MM), Math.floor(width / MM)];
    refuse(
      block,
      press,
      `the barcode of ${JSON.stringify(text)} takes ${wide} mm, and there is room for ${room} mm`,
    );
    return undefined;
  }
  const caption = block.caption === undefined ? EMPTY : setParagraph(text, block.caption, size.width);
  const indent = indentFor(block.align, width - size.width);
  const bars: Box = {
    height: size.height,
    draw: (pen, x, y) => pen.symbol(symbol, { x, y, moduleWidth, height: size.height }),
  };
  const box = caption.height === 0 ? bars : stack([bars, caption], BELOW_BARS);
  return { height: box.height, draw: (pen, x, y) => box.draw(pen, x + indent, y) };
}

/** A QR code is as large as it is to be; bars are narrowed where there is less room than they would like. */
function chooseModule({ size, moduleWidth }: SymbolBlock, symbol: BarcodeSymbol, most: number): number {
  if (symbol.kind === 'matrix') return size / (symbol.width + 2 * symbol.quiet);
  return Math.min(moduleWidth, Math.max(most, LEAST_MODULE));
}

function encode(block: SymbolBlock, text: string, press: Press): BarcodeSymbol | undefined {
  const { symbology } = block;
  const key = `${symbology} ${text}`;
  try {
    const symbol = press.symbols.get(key) ?? encodeBarcode({ symbology, text });
    press.symbols.set(key, symbol);
    return symbol;
  } catch (error) {
    if (!(error instanceof WrongBarcode)) throw error;
    refuse(block, press, error.message);
    return undefined;
  }
}

function refuse({ optional, text: { place } }: SymbolBlock, press: Press, why: string): void {
  if (!optional) reportAt(press, place, why);
}
