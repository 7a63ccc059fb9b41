import type { RouteWeights } from '../../domain/allocation/stock.ts';
import type { LineStatus } from '../../domain/order/order-decision.ts';

/** ACK01 (element 668) as one says it on the phone. */
export const ANSWERS: Readonly<Record<LineStatus, string>> = {
  IA: 'accepted as ordered',
  IB: 'backordered',
  IC: 'accepted with several changes',
  ID: 'taken out of the order',
  IE: 'price not agreed yet',
  IF: 'on hold: the description is incomplete',
  IH: 'on hold',
  IP: 'accepted at another price',
  IQ: 'accepted in another quantity',
  IR: 'rejected',
  IS: 'another item is sent instead',
  DR: 'accepted for another day',
  BP: 'a part ships, the rest is backordered',
  SP: 'accepted, no day is known yet',
  R1: 'rejected: not in the contract',
  R2: 'rejected: the item is not known',
  R3: 'rejected: the unit is not known',
  R4: 'rejected: the item is not available',
};

/** What a warehouse is ranked by. */
export const CRITERIA: Readonly<Record<keyof RouteWeights, string>> = {
  wholeLine: 'whole line in stock',
  wholeOrder: 'whole order from one place',
  meetsDate: 'meets the date',
  cost: 'cost',
  load: 'load',
};
