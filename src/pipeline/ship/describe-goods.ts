import type { ShippedLine } from '../../domain/shipment/shipped.ts';

/** `line 1: 4 EA of HB-1001, serials A1, A2; line 2: …` */
export function describeLines(lines: readonly ShippedLine[]): string {
  return lines
    .map(({ line, quantity, unit, item, serials, lots }) => {
      const which = [
        ...(lots.length === 0 ? [] : [`${lots.length === 1 ? 'lot' : 'lots'} ${lots.join(', ')}`]),
        ...(serials.length === 0
          ? []
          : [`${serials.length === 1 ? 'serial' : 'serials'} ${serials.join(', ')}`]),
      ];
      return [`line ${line}: ${quantity} ${unit} of ${item}`, ...which].join(', ');
    })
    .join('; ');
}
