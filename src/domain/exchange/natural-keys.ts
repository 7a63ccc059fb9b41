/** What makes two interchanges of one direction the same: ISA05 to ISA08, ISA13 and ISA15. */
export type InterchangeKey = {
  readonly sender: string;
  readonly receiver: string;
  readonly control: string;
  readonly usage: string;
};

/** What makes two orders of one partner the same. */
export type OrderKey = {
  readonly poNumber: string;
  readonly releaseNumber: string;
  readonly shipTo: string;
};

/** The one spelling of the key by which duplicates are found, in the store and out of it. */
export function interchangeKey(key: InterchangeKey): string {
  return JSON.stringify([key.sender, key.receiver, key.control, key.usage]);
}

export function orderKey(key: OrderKey): string {
  return JSON.stringify([key.poNumber, key.releaseNumber, key.shipTo]);
}
