/** A message says enough of what came; the value it quotes may be megabytes long. */
const LONGEST = 500;

/** A message may quote what came, and a terminal obeys control characters wherever they stand: they are spelt out. */
export function makePrintable(message: string): string {
  const shown = message
    .slice(0, LONGEST)
    .replace(/[\x00-\x1f\x7f-\x9f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return message.length > LONGEST ? `${shown}…` : shown;
}
