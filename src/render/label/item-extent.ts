import { CAPTION_GAP, heightOfLine, type ItemContent } from './label-layout.ts';

/** How far to the right and down something reaches at most. */
export type Extent = { readonly right: number; readonly bottom: number };

export function measureItem(item: ItemContent): Extent {
  switch (item.kind) {
    case 'text':
      return { right: item.x + item.width, bottom: item.y + (item.height ?? heightOfLine(item.size)) };
    case 'rectangle':
      return { right: item.x + item.width, bottom: item.y + item.height };
    case 'barcode': {
      const caption = item.caption === undefined ? 0 : CAPTION_GAP + heightOfLine(item.caption);
      return { right: item.x + item.width, bottom: item.y + item.height + caption };
    }
    case 'rows': {
      const inner = [...item.items, ...item.more].map(measureItem);
      return {
        right: Math.max(0, ...inner.map(({ right }) => right)),
        bottom: Math.max(0, ...inner.map(({ bottom }) => bottom)) + (item.most - 1) * item.pitch,
      };
    }
  }
}
