import { z } from 'zod';

export const duration = z
  .string()
  .regex(/^\d+[smhd]( after shipment)?$/, 'expected a duration such as 30m, 24h or 2d');

/** `30m`, `24h`, `2d` in seconds. */
export function durationSeconds(text: string): number {
  const match = /^(\d+)([smhd])/.exec(text);
  if (match === null) return 0;
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'];
  return Number(match[1]) * unit;
}
