import type { Box } from './box.ts';
import type { ImageBlock, Values } from './layout.ts';
import { indentFor } from './paragraph.ts';
import { fill, type Press, reportAt } from './press.ts';

/** As large as the block says, in the picture's own proportions; a side that is not named follows the other. */
export function measureImage(
  block: ImageBlock,
  values: Values,
  width: number,
  press: Press,
): Box | undefined {
  const name = fill(block.name, values, press);
  const picture = press.pictures.get(name);
  if (picture === undefined) {
    if (!block.optional && name !== '')
      reportAt(press, block.name.place, `there is no image ${name} beside the layout`);
    return undefined;
  }
  const scale = Math.min(
    (block.width ?? Number.POSITIVE_INFINITY) / picture.width,
    (block.height ?? Number.POSITIVE_INFINITY) / picture.height,
    width / picture.width,
  );
  const size = { width: picture.width * scale, height: picture.height * scale };
  return {
    height: size.height,
    draw: (pen, x, y) =>
      pen.image(picture, { x: x + indentFor(block.align, width - size.width), y, ...size }),
  };
}
