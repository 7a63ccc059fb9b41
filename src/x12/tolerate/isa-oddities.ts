import { type IsaHeader, isAlphanumeric } from '../scan/isa.ts';
import type { Strayed } from './tolerance.ts';

/** Elements of the ISA that hold codes. */
const CODES = new Set([0, 1, 3, 5, 7, 11, 15]);

/** An ISA with its codes in capitals. */
export function raiseIsa(isa: IsaHeader): IsaHeader {
  if (!isa.elements.some((value, e) => CODES.has(e) && /[a-z]/.test(value))) return isa;
  const elements = isa.elements.map((value, e) => (CODES.has(e) ? value.toUpperCase() : value));
  return { ...isa, elements };
}

/** What strays about an ISA that can be read all the same; `raised` differs from `sent` in its capitals alone. */
export function findOddities(raised: IsaHeader, sent: IsaHeader, offset: number): Strayed[] {
  if (sent.broken !== undefined) return [];
  const found: Strayed[] = [];
  if (!sent.padded) found.push({ oddity: 'unpadded-isa', offset });
  if (sent.wrapped) found.push({ oddity: 'wrapped-lines', offset });
  if (raised !== sent) found.push({ oddity: 'lower-case-ids', code: '022', offset });
  const message = describeIsa11(raised.elements[11]!, raised.elements[12]!);
  if (message !== undefined) found.push({ oddity: 'wrong-isa11', offset, message });
  return found;
}

/** ISA11 is U, the standards id, up to 00401; from 00402 on it separates repeats, though many still send U. */
function describeIsa11(sign: string, version: string): string | undefined {
  if (sign.length !== 1) return undefined;
  const letter = isAlphanumeric(sign.charCodeAt(0));
  if (version >= '00402') {
    return letter
      ? `ISA11 is ${JSON.stringify(sign)}: from 00402 on it is the sign that repeats an element, such as ^; no element is read as repeating`
      : undefined;
  }
  // Another letter names another standard: TA105 002.
  return letter
    ? undefined
    : `ISA11 is ${JSON.stringify(sign)}: U expected up to 00401, where no element repeats`;
}
