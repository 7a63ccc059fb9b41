import { defaultOperators, type Operators } from 'liquidjs';
import { isDecimal, toBig } from '../../lib/decimal.ts';

/**
 * Decimals are texts in a model: compared as texts `10` would come before `9`. Two texts are equal only where they are
 * the same, for an order number `0815` is not `815`; a number that the template names counts as one.
 */
export const exactOperators: Operators = {
  ...defaultOperators,
  '<': (left: unknown, right: unknown) => isOrdered(left, right, (order) => order < 0),
  '>': (left: unknown, right: unknown) => isOrdered(left, right, (order) => order > 0),
  '<=': (left: unknown, right: unknown) => isOrdered(left, right, (order) => order <= 0),
  '>=': (left: unknown, right: unknown) => isOrdered(left, right, (order) => order >= 0),
  '==': (left, right, context) => equalNumber(left, right) ?? defaultOperators['==']!(left, right, context),
  '!=': (left, right, context) => {
    const equal = equalNumber(left, right);
    return equal === undefined ? defaultOperators['!=']!(left, right, context) : !equal;
  },
};

function equalNumber(left: unknown, right: unknown): boolean | undefined {
  if (typeof left !== 'number' && typeof right !== 'number') return undefined;
  return isOrdered(left, right, (order) => order === 0);
}

/** What cannot be compared is in no order. */
function isOrdered(left: unknown, right: unknown, wanted: (order: number) => boolean): boolean {
  const [a, b] = [asText(left), asText(right)];
  if (a === undefined || b === undefined) return false;
  if (isDecimal(a) && isDecimal(b)) return wanted(toBig(a).cmp(toBig(b)));
  // ISO dates sort as texts.
  return wanted(a < b ? -1 : Number(a > b));
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
