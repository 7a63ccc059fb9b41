import { type Box, row, stack } from './box.ts';
import type { FieldsBlock, Values } from './layout.ts';
import { shareWidths } from './length.ts';
import { setParagraph } from './paragraph.ts';
import { fillText, type Press } from './press.ts';

/** Between columns, and between rows, of fields. */
const BETWEEN = 12;
const BELOW = { above: 5, beside: 1.5 };

type Filled = { readonly label: string; readonly value: string };

/** A grid of labels with their values; a field without a value is left out, label and all. */
export function measureFields(
  block: FieldsBlock,
  values: Values,
  width: number,
  press: Press,
): Box | undefined {
  const filled = block.fields.flatMap(({ label, value }) => {
    const text = fillText(value, values, block.value, press);
    return text === '' ? [] : [{ label: fillText(label, values, block.label, press), value: text }];
  });
  if (filled.length === 0) return undefined;
  const { columns } = block;
  const room = (width - BETWEEN * (columns - 1)) / columns;
  const rows = Array.from({ length: Math.ceil(filled.length / columns) }, (_, n) =>
    row(
      filled.slice(n * columns, (n + 1) * columns).map((field, i) => ({
        x: i * (room + BETWEEN),
        box: measureField(block, field, room),
      })),
    ),
  );
  return stack(rows, BELOW[block.labels]);
}

function measureField(
  { labels, labelWidth, ...styles }: FieldsBlock,
  { label, value }: Filled,
  room: number,
): Box {
  if (labels === 'above')
    return stack([setParagraph(label, styles.label, room), setParagraph(value, styles.value, room)]);
  const [left, right] = shareWidths([labelWidth ?? { kind: 'share', share: 0.35 }, undefined], room);
  return row([
    { x: 0, box: setParagraph(label, styles.label, left! - BETWEEN / 2) },
    { x: left!, box: setParagraph(value, styles.value, right!) },
  ]);
}
