import type { Place } from '../../lib/mistake.ts';
import { findFace } from '../page/faces.ts';
import type { Values } from '../page/layout.ts';
import { fillText, holds, listItems, reportAt } from '../page/press.ts';
import { CannotDraw } from '../page/render-page.ts';
import { composeBarcode } from './compose-barcode.ts';
import type { DrawnLabel, Mark } from './drawn-label.ts';
import { fitText } from './fit-text.ts';
import {
  type At,
  type LabelItem,
  type LabelLayout,
  LINE_PITCH,
  type RowsItem,
  type TextItem,
} from './label-layout.ts';
import type { LabelModel } from './label-model.ts';
import type { LabelPress } from './label-press.ts';

/** The label of a model; throws `CannotDraw`. Nothing is left out that the layout does not allow to be. */
export function composeLabel({ width, height, items }: LabelLayout, model: LabelModel): DrawnLabel {
  const marks: Mark[] = [];
  const reasons = new Set<string>();
  const press: LabelPress = {
    draw: (mark) => void marks.push(mark),
    report: (reason) => void reasons.add(reason),
  };
  for (const item of items) composeItem(item, model, { x: 0, y: 0 }, press);
  if (reasons.size > 0) throw new CannotDraw([...reasons]);
  return { width, height, marks };
}

/** `by`: how far it is moved, as part of a row. */
function composeItem(item: LabelItem, values: Values, by: At, press: LabelPress): void {
  if (!holds(item.when, values, press)) return;
  switch (item.kind) {
    case 'text':
      composeText(item, values, by, press);
      break;
    case 'rectangle': {
      const { kind, width, height, thickness } = item;
      press.draw({ kind, x: item.x + by.x, y: item.y + by.y, width, height, thickness });
      break;
    }
    case 'barcode':
      composeBarcode(item, values, by, press);
      break;
    case 'rows':
      composeRows(item, values, by, press);
      break;
  }
}

function composeText(item: TextItem, values: Values, by: At, press: LabelPress): void {
  const face = findFace('sans', { bold: item.bold });
  const text = fillText(item.text, values, { face }, press);
  const { lines, size, whole } = fitText(text, face, item);
  if (!whole && !item.cut) reportAt(press, item.text.place, describeMisfit(text, item, size));
  const { kind, width, align, bold } = item;
  for (const [i, line] of lines.entries()) {
    const y = item.y + by.y + i * LINE_PITCH * size;
    press.draw({ kind, x: item.x + by.x, y, width, line, size, align, bold });
  }
}

function describeMisfit(text: string, { width, height }: TextItem, size: number): string {
  const room = height === undefined ? `one line of ${width} mm` : `${width} × ${height} mm`;
  return `${JSON.stringify(text)} does not fit into ${room} with letters of ${size} mm: give it more room, a smaller \`least-size:\`, or \`cut: true\``;
}

/** Where there are more than fit, the last row says how many are left out. */
function composeRows(
  item: RowsItem & { readonly place: Place },
  values: Values,
  by: At,
  press: LabelPress,
): void {
  const { loop, pitch, most } = item;
  const all = listItems(values, loop);
  const shown = all.length <= most ? all : all.slice(0, most - 1);
  const rowAt = (i: number): At => ({ x: by.x, y: by.y + i * pitch });
  for (const [i, row] of shown.entries())
    for (const inner of item.items) composeItem(inner, row, rowAt(i), press);
  const more = all.length - shown.length;
  if (more > 0 && item.more.length === 0) {
    const what = `${all.length} of ${loop.path.join('.')} do not fit into ${most} rows`;
    reportAt(press, item.place, `${what}: \`more:\` would say how many are left out`);
  }
  if (more > 0)
    for (const inner of item.more)
      composeItem(inner, { ...values, more: String(more) }, rowAt(shown.length), press);
}
