/** A table in Markdown; columns of numbers stand to the right. */
export function drawTable(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => escapeCell(String(cell))).join(' | ')} |`;
  const numeric = (column: number) =>
    rows.every((row) => typeof row[column] === 'number' || row[column] === '–');
  return [
    line(heads),
    `|${heads.map((_, i) => (numeric(i) ? '--:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

/** Text that stays text in a cell or a list. */
export function escapeCell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\p{Cc}]/gu, ' ');
}
