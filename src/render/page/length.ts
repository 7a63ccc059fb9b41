import { z } from 'zod';

const POINTS = { pt: 1, mm: 72 / 25.4, cm: 72 / 2.54, in: 72 } as const;

const LENGTH = /^(\d+(?:\.\d+)?) ?(pt|mm|cm|in)$/;

/** YAML takes `9` for a number; here it is a text as any other. */
export function writeNumber(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

const EXPECTED = 'expected a length such as 18mm, 9pt or 0.5in';

/** `18mm`, `9pt`, `0.5in` → points. */
export const length = z.preprocess(
  writeNumber,
  z
    .string(EXPECTED)
    .regex(LENGTH, EXPECTED)
    .transform((text) => {
      const [, value = '', unit = 'pt'] = LENGTH.exec(text) ?? [];
      return Number(value) * POINTS[unit as keyof typeof POINTS];
    }),
);

const SHARE = /^(\d+(?:\.\d+)?) ?%$/;

const WIDTH = 'expected a length such as 18mm, or a part of the room such as 40%';

export type Width =
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'share'; readonly share: number };

/** Of a column: a length, or a part of the room: `40%`. */
export const width = z.preprocess(
  writeNumber,
  z
    .string(WIDTH)
    .refine((text) => SHARE.test(text) || LENGTH.test(text), WIDTH)
    .transform((text): Width => {
      if (SHARE.test(text)) return { kind: 'share', share: Number.parseFloat(text) / 100 };
      return { kind: 'points', points: length.parse(text) };
    }),
);
/** Points of each column: those without a width share out what the others leave, evenly. */
export function shareWidths(widths: readonly (Width | undefined)[], room: number): readonly number[] {
  const wanted = widths.map((one) =>
    one === undefined ? undefined : one.kind === 'points' ? one.points : one.share * room,
  );
  const taken = wanted.reduce<number>((sum, points) => sum + (points ?? 0), 0);
  const open = wanted.filter((points) => points === undefined).length;
  // Where columns are left out, or ask for more than there is, all shrink or grow alike.
  if (open === 0 || taken >= room) {
    const all = wanted.map((points) => points ?? room / widths.length);
    const factor = room / all.reduce((sum, points) => sum + points, 0);
    return all.map((points) => points * factor);
  }
  return wanted.map((points) => points ?? (room - taken) / open);
}
