/** How much of everything there is. */
export type SeedSize = {
  readonly items: number;
  readonly customers: number;
  readonly contracts: number;
  readonly termsPerContract: number;
};

/** A CSV file. */
export function table(header: string, rows: readonly string[]): string {
  return `${header}\n${rows.join('\n')}\n`;
}
