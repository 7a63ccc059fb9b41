/** The delimiters of one interchange, as byte values. X12 takes them anew from each ISA. */
export type Separators = {
  /** Offset 3 of the ISA. */
  readonly element: number;
  /** ISA16, offset 104. */
  readonly component: number;
  /** ISA11 from 00402 on, when it is not alphanumeric; absent before. */
  readonly repetition: number | undefined;
  /** Offset 105. */
  readonly terminator: number;
};
