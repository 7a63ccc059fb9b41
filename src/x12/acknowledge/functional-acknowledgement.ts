/**
 * The answer to one functional group, as a canonical document: what a 997 and a 999 say, in either direction.
 * Field names follow the segments: AK1, AK2, AK3 or IK3, AK4 or IK4, CTX, AK5 or IK5, AK9; values are text, as in every canonical document.
 * The shape is that of the domain's document, which a map reads and writes; this room may not import it.
 */
export type FunctionalAcknowledgement = {
  readonly kind: 'functional-acknowledgement';
  /** AK101, GS01 of what is answered. */
  readonly functionalId: string;
  /** AK102, GS06 of what is answered. */
  readonly groupControl: string;
  /** AK103 from 005010 on, GS08 of what is answered. */
  readonly version?: string | undefined;
  readonly sets?: AcknowledgedSet[] | undefined;
  /** AK901. */
  readonly status: string;
  /** AK902, AK903, AK904. */
  readonly included: string;
  readonly received: string;
  readonly accepted: string;
  /** AK905…AK909. */
  readonly codes?: string[] | undefined;
};

export type AcknowledgedSet = {
  /** AK201. */
  readonly set: string;
  /** AK202. */
  readonly control: string;
  /** AK203, ST03. */
  readonly implementation?: string | undefined;
  readonly segments?: AcknowledgedSegment[] | undefined;
  /** AK501. */
  readonly status: string;
  /** AK502…AK506. */
  readonly codes?: string[] | undefined;
};

/** AK3. */
export type AcknowledgedSegment = {
  readonly segment: string;
  readonly position: string;
  readonly loop?: string | undefined;
  readonly code?: string | undefined;
  readonly contexts?: AcknowledgedContext[] | undefined;
  readonly elements?: AcknowledgedElement[] | undefined;
};

/** AK4. */
export type AcknowledgedElement = {
  readonly position: string;
  readonly component?: string | undefined;
  readonly repetition?: string | undefined;
  readonly reference?: string | undefined;
  readonly code: string;
  readonly value?: string | undefined;
  readonly contexts?: AcknowledgedContext[] | undefined;
};

/** CTX, in a 999 alone: what an error has to do with, elsewhere in the set. */
export type AcknowledgedContext = {
  /** CTX01-1: `SITUATIONAL TRIGGER`, or where a number of the business stands, such as `BEG03`. */
  readonly name: string;
  /** CTX01-2. */
  readonly value?: string | undefined;
  /** CTX02, CTX03, CTX05-1 and CTX05-2: the place of what triggered the error. */
  readonly segment?: string | undefined;
  readonly position?: string | undefined;
  readonly element?: string | undefined;
  readonly component?: string | undefined;
};
