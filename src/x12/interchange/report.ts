/**
 * What is wrong with an interchange, as one tree from which TA1, 997 and 999 are built and which people read.
 * Codes are the standard's own; `message` is for a person and says what it was and what it should be.
 */
export type InterchangeReport = {
  readonly header: InterchangeHeader;
  /** TA104 and TA105. */
  readonly status: 'A' | 'E' | 'R';
  readonly note: string;
  readonly problems: readonly Problem[];
  readonly groups: readonly GroupReport[];
};

export type InterchangeHeader = {
  /** Byte offset of the ISA in the file. */
  readonly offset: number;
  /** ISA01…ISA16 trimmed of padding, [0] is `ISA`. */
  readonly elements: readonly string[];
  /** ISA05:ISA06, such as `ZZ:ACMEIND`. */
  readonly sender: string;
  /** ISA07:ISA08. */
  readonly receiver: string;
  /** ISA13 as written: `000000042`. */
  readonly control: string;
  /** ISA12: `00401`. */
  readonly version: string;
  /** ISA15. */
  readonly usage: string;
  /** ISA14 is `1`. */
  readonly acknowledgementRequested: boolean;
  /** ISA09 and ISA10 as written, TA102 and TA103. */
  readonly date: string;
  readonly time: string;
  /** Whether the ISA had its fixed widths. */
  readonly padded: boolean;
};

export type GroupReport = {
  readonly header: GroupHeader;
  /** AK901. */
  readonly status: 'A' | 'E' | 'P' | 'R';
  /** AK905…AK909. */
  readonly codes: readonly string[];
  /** GE01 as written, else the number received: AK902. */
  readonly included: number;
  readonly received: number;
  readonly accepted: number;
  readonly problems: readonly Problem[];
  readonly sets: readonly SetReport[];
};

export type GroupHeader = {
  readonly offset: number;
  readonly functionalId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly date: string;
  readonly time: string;
  readonly control: string;
  readonly agency: string;
  /** GS08: `004010`, `004010VICS`. */
  readonly version: string;
};

export type SetReport = {
  readonly set: string;
  /** ST02 as written. */
  readonly control: string;
  /** ST03, from 005010 on. */
  readonly implementation: string | undefined;
  /** Byte offset of the ST and length to the end of the SE, in the file. */
  readonly offset: number;
  readonly length: number;
  /** AK501. */
  readonly status: 'A' | 'E' | 'R';
  /** AK502…AK506. */
  readonly codes: readonly string[];
  readonly problems: readonly Problem[];
  readonly segments: readonly SegmentProblem[];
  /** Of a set with errors: the number by which its reader knows it, such as BEG03. */
  readonly business?: { readonly at: string; readonly value: string } | undefined;
};

/** AK3. */
export type SegmentProblem = {
  readonly segment: string;
  /** Position in the set, ST is 1: AK302. */
  readonly position: number;
  /** AK303. */
  readonly loop: string | undefined;
  /** AK304. */
  readonly code: string;
  /** Of a finding of the partner's own guide: IK304, which has codes for that. */
  readonly implementation?: string | undefined;
  /** Byte offset in the file. */
  readonly offset: number;
  readonly message: string;
  readonly elements: readonly ElementProblem[];
};

/** AK4. */
export type ElementProblem = {
  /** AK401-1, from 1. */
  readonly position: number;
  /** AK401-2, from 1. */
  readonly component: number | undefined;
  /** AK401-3, from 1. */
  readonly repetition: number | undefined;
  /** AK402: data element reference number. */
  readonly reference: string | undefined;
  /** AK403. */
  readonly code: string;
  /** Of a finding of the partner's own guide: IK403, which has codes for that. */
  readonly implementation?: string | undefined;
  /** Of a broken condition: the element, or component of this composite, that makes it one. */
  readonly trigger?: number | undefined;
  /** AK404: the bad value, as sent. */
  readonly value: string | undefined;
  readonly offset: number;
  readonly message: string;
};

/** Anything said about a place in the file. `warning` is noted and changes no answer. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  /** The standard's code where there is one: TA105, AK502, AK905. */
  readonly code: string | undefined;
  readonly message: string;
  readonly offset: number;
  /** Of a warning about a segment or element of a set: where in the set it is. */
  readonly place?: SetPlace | undefined;
};

/** As in SegmentProblem and ElementProblem; `element` is absent where it is about the segment. */
export type SetPlace = {
  readonly segment: string;
  readonly position: number;
  readonly element: number | undefined;
  readonly component: number | undefined;
  readonly repetition: number | undefined;
};
