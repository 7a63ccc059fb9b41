import { findFace } from './faces.ts';
import type { InkOptions, LayoutFile } from './layout-schema.ts';
import type { TextStyle } from './paragraph.ts';

/** What a layout's fonts and colours mean for a piece of text. */
export type StyleBook = {
  readonly size: number;
  readonly style: (options?: Partial<InkOptions> & { readonly spacing?: number }) => TextStyle;
  readonly color: (name: string) => string;
};

export function makeStyleBook({ font, colors }: Pick<LayoutFile, 'font' | 'colors'>): StyleBook {
  const named: Readonly<Record<string, string>> = { ...colors, white: '#ffffff' };
  const color = (name: string): string => named[name] ?? name;
  return {
    size: font.size,
    color,
    style: (options = {}) => ({
      face: findFace(options.font ?? font.family, options),
      size: options.size ?? font.size,
      color: color(options.color ?? 'text'),
      align: options.align ?? 'left',
      spacing: options.spacing ?? font.spacing,
    }),
  };
}
