import { writeInterchange, writeSet } from './gateway-orders.ts';

/** An 824 of alpha; results as OTI, TED and REF segments have them. */
export function write824(
  control: number,
  number: string,
  results: readonly string[],
  usage: 'P' | 'T' = 'P',
): Buffer {
  const body = [`BGN*11*${number}*20261122*0900`, 'N1*FR*ALPHA*92*ALPHA', ...results];
  const spec = { from: 'ZZ:ALPHA', control, usage, orders: [] };
  return writeInterchange(spec, 'AG', [writeSet('824', 1, body)]);
}
