import type { Place } from '../../lib/mistake.ts';
import { type Barcode, type BarcodeSymbol, encodeBarcode, type Symbology } from '../barcode/barcode.ts';
import { formatGs1Elements } from '../barcode/gs1-elements.ts';
import { WrongBarcode } from '../barcode/wrong-barcode.ts';
import { findFace } from '../page/faces.ts';
import type { Values } from '../page/layout.ts';
import { fill, reportAt } from '../page/press.ts';
import { fitText } from './fit-text.ts';
import { type At, type BarcodeItem, CAPTION_GAP } from './label-layout.ts';
import type { LabelPress } from './label-press.ts';

/** Widths of modules are multiples of this, in millimetres: a printer of 8 dots a millimetre has no others. */
const STEP = 0.125;

type Placed = BarcodeItem & { readonly place: Place };

/** A barcode without content is not drawn: what is optional is absent. */
export function composeBarcode(item: Placed, values: Values, by: At, press: LabelPress): void {
  const filled = item.parts.map(({ ai, text }) => ({ ai, value: fill(text, values, press) }));
  if (filled.every(({ value }) => value === '')) return;
  const { place, symbology, width, height, caption } = item;
  try {
    const barcode: Barcode = { symbology, text: joinParts(symbology, filled) };
    const symbol = encodeBarcode(barcode);
    const module = chooseModule(symbol, item, barcode.text);
    const x = item.x + by.x;
    const y = item.y + by.y;
    press.draw({ kind: 'barcode', x, y, width, height, module, barcode, symbol });
    if (caption === undefined) return;
    const { line, size } = fitCaption(barcode, filled, width, caption);
    const under = { x, y: y + height + CAPTION_GAP, width, size };
    press.draw({ kind: 'text', ...under, line, align: 'center', bold: false });
  } catch (error) {
    if (!(error instanceof WrongBarcode)) throw error;
    reportAt(press, place, error.message);
  }
}

type Part = { readonly ai: string; readonly value: string };

/** What stands in brackets is the layout's alone: a value cannot begin an element of its own. */
function joinParts(symbology: Symbology, parts: readonly Part[]): string {
  if (symbology !== 'gs1-128') return parts.map(({ value }) => value).join('');
  const wrong = parts.find(({ value }) => value === '' || /[()]/.test(value));
  if (wrong !== undefined)
    throw new WrongBarcode(symbology, wrong.value, `expected letters or digits as value of AI ${wrong.ai}`);
  return formatGs1Elements(parts);
}

/** With a blank behind each bracket: easier to read, and to type. Half the size is still to be read. */
function fitCaption({ symbology, text }: Barcode, parts: readonly Part[], width: number, size: number) {
  const said = parts.map(({ ai, value }) => (ai === '' ? value : `(${ai}) ${value}`)).join('  ');
  const room = { width, height: undefined, size, leastSize: size / 2 };
  const fitted = fitText(said, findFace('sans', {}), room);
  if (!fitted.whole) throw new WrongBarcode(symbology, text, `its text has no room in ${width} mm`);
  return { line: said, size: fitted.size };
}

/** The widest that fits. */
function chooseModule(
  symbol: BarcodeSymbol,
  { symbology, width, module, leastModule }: BarcodeItem,
  text: string,
): number {
  const modules = symbol.width + 2 * symbol.quiet;
  const chosen = Math.min(module, Math.floor(width / modules / STEP) * STEP);
  if (chosen >= leastModule) return chosen;
  const needed = `${modules * leastModule} mm with modules of ${leastModule} mm`;
  throw new WrongBarcode(symbology, text, `it needs ${needed}, and has ${width} mm`);
}
