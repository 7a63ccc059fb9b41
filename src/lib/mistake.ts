/** A place in a file that a person wrote; line and column count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** What is wrong in a file that a person wrote, where it stands, and what would be right. */
export type Mistake = Place & {
  readonly message: string;
  /** A warning does not stop the file from being used. */
  readonly warning?: boolean;
};

/** Notes a mistake and lets reading go on, so that all are told at once. */
export type Say = (place: Place, message: string) => void;

export function formatMistake({ file, line, column, message, warning }: Mistake): string {
  return `${file}:${line}:${column} ${warning === true ? 'warning: ' : ''}${message}`;
}

export function mistake({ file, line, column }: Place, message: string): Mistake {
  return { file, line, column, message };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

/** By file, line and column, each mistake once: one wrong line of a map may be met on several paths. */
export function sortMistakes(mistakes: readonly Mistake[]): readonly Mistake[] {
  const seen = new Map(mistakes.map((one) => [formatMistake(one), one]));
  return [...seen.values()].sort(
    (a, b) => compareFiles(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function compareFiles(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
