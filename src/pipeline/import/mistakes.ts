/** What is wrong with a row, or with the file where `line` is that of its header. */
export type ImportMistake = {
  /** Where the row begins; counted from 1. */
  readonly line: number;
  /** Which object of a JSON file it is; counted from 1. */
  readonly element?: number;
  readonly column?: string;
  readonly message: string;
};

/** The file as a whole cannot be read: nothing of it goes in. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly mistakes: readonly ImportMistake[];

  constructor(...mistakes: readonly ImportMistake[]) {
    super(mistakes.map(({ message }) => message).join('; '));
    this.mistakes = mistakes;
  }
}
