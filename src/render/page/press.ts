import type { Place } from '../../lib/mistake.ts';
import type { BarcodeSymbol } from '../barcode/barcode.ts';
import { TemplateFault } from '../template/engine.ts';
import type { Box } from './box.ts';
import { describeSign, findUndrawable } from './drawable.ts';
import type { Block, Condition, LayoutText, Loop, Values } from './layout.ts';
import type { Ink } from './pen.ts';
import type { Picture } from './picture.ts';

/** What the blocks of one page are measured with. */
export type Press = {
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Something cannot be drawn; measuring goes on, so that all is told at once. */
  readonly report: (message: string) => void;
  /** Encoded so far, by their text: a QR code takes as long as the rest of its page. */
  readonly symbols: Map<string, BarcodeSymbol>;
  readonly measure: (blocks: readonly Block[], values: Values, width: number, gap: number) => Box;
};

export type Reporter = Pick<Press, 'report'>;

export function reportAt({ report }: Reporter, { file, line, column }: Place, message: string): void {
  report(`${file}:${line}:${column} ${message}`);
}

/** The text with its values, ready to be set. */
export function fillText(
  text: LayoutText,
  values: Values,
  { face }: Pick<Ink, 'face'>,
  press: Reporter,
): string {
  const filled = fill(text, values, press);
  const wrong = findUndrawable(filled, face);
  if (wrong.length > 0)
    reportAt(
      press,
      text.place,
      `${wrong.map(describeSign).join(', ')} in ${JSON.stringify(filled)} cannot be printed: the fonts set Latin, Greek, Cyrillic, Armenian and Georgian`,
    );
  return filled;
}

/** For what is not set as text: the name of an image, the content of a barcode. */
export function fill(text: LayoutText, values: Values, press: Reporter): string {
  try {
    return text.render(values);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    press.report(error.message);
    return '';
  }
}

export function holds(condition: Condition | undefined, values: Values, press: Reporter): boolean {
  if (condition === undefined) return true;
  try {
    return condition(values);
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    press.report(error.message);
    return false;
  }
}

/** What a loop goes through; nothing where the list is absent. */
export function listOf(values: Values, path: readonly string[]): readonly unknown[] {
  let list: unknown = values;
  for (const step of path) list = (list as Values | undefined)?.[step];
  return Array.isArray(list) ? list : [];
}

/** What is known within a loop. */
export function enter(values: Values, name: string, item: unknown, i: number): Values {
  return { ...values, [name]: item, index: String(i + 1) };
}

export function listItems(values: Values, { name, path }: Loop): readonly Values[] {
  return listOf(values, path).map((item, i) => enter(values, name, item, i));
}
