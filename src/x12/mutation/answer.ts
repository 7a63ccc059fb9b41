/** What a mutant must be answered with: TA1, and a 997 for each group, in codes and places. */
export type Answer = {
  /** TA104 and TA105. */
  readonly status: 'A' | 'E' | 'R';
  readonly note: string;
  readonly groups: readonly GroupAnswer[];
};

export type GroupAnswer = {
  /** GS06. */
  readonly control: string;
  /** AK901. */
  readonly status: 'A' | 'E' | 'P' | 'R';
  /** AK905. */
  readonly codes: readonly string[];
  /** AK902, AK903, AK904. */
  readonly included: number;
  readonly received: number;
  readonly accepted: number;
  readonly sets: readonly SetAnswer[];
};

export type SetAnswer = {
  /** ST01 and ST02. */
  readonly set: string;
  readonly control: string;
  /** AK501. */
  readonly status: 'A' | 'E' | 'R';
  /** AK502. */
  readonly codes: readonly string[];
  readonly segments: readonly SegmentAnswer[];
};

/** AK3. */
export type SegmentAnswer = {
  readonly segment: string;
  readonly position: number;
  readonly loop: string | undefined;
  readonly code: string;
  readonly elements: readonly ElementAnswer[];
};

/** AK4. */
export type ElementAnswer = {
  readonly position: number;
  readonly component: number | undefined;
  readonly repetition: number | undefined;
  readonly reference: string | undefined;
  readonly code: string;
  readonly value: string | undefined;
};

export type Expected = {
  /** One, or none where nothing shows whom to answer. */
  readonly interchanges: readonly Answer[];
  /** Whether bytes that belong to no interchange are told of. */
  readonly junk: boolean;
  /** How many sets are taken: neither they nor their group nor their interchange is refused. */
  readonly taken: number;
};
