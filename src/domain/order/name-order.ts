/** What people call an order: `4711`, or `4711 release 3`. */
export function nameOrder({
  poNumber,
  releaseNumber = '',
}: {
  readonly poNumber: string;
  readonly releaseNumber?: string | undefined;
}): string {
  return releaseNumber === '' ? poNumber : `${poNumber} release ${releaseNumber}`;
}
