/** One measured figure. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string };
