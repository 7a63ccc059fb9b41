/**
 * A file as a person reads it: pieces in the order of the file, each with what is wrong with it in its place. Values
 * are as they were sent; making them safe and beautiful to look at is the drawing's matter.
 */
export type Piece =
  | InterchangeView
  | GroupView
  | SetView
  | SegmentView
  | MissingView
  | JunkView
  | CutView
  | EndView;

/** One thing said about a place. */
export type Told = {
  readonly severity: 'error' | 'warning';
  /** The standard's code for it, which an error is told to the sender by: `AK403 6`. */
  readonly code: string | undefined;
  readonly message: string;
  readonly offset: number;
};

/** An element, or one component or repeat of it. */
export type Row = {
  /** `PO1-04`, `SVC-01-02`, `REF-04[2]`. */
  readonly at: string;
  /** '' where no definition names it. */
  readonly name: string;
  /** As sent; '' for what is absent, and for a composite, whose components follow. */
  readonly value: string;
  /** Why there is a row although nothing was sent: it should have been, or its place was kept for nothing. */
  readonly absent: 'missing' | 'empty' | undefined;
  /** Part of the composite above it. */
  readonly part: boolean;
  /** The code's name, the date as a date, the amount with its decimal point. */
  readonly words: string | undefined;
  /** The field of the canonical document that it was read into. */
  readonly field: string | undefined;
  readonly told: readonly Told[];
};

export type SegmentView = {
  readonly kind: 'segment';
  readonly id: string;
  readonly name: string;
  /** ST is 1; absent outside sets. */
  readonly position: number | undefined;
  readonly offset: number;
  /** How many loops are open around it. */
  readonly depth: number;
  /** Present on the segment that opens a loop, which lasts until a segment of the same depth or less. */
  readonly loop: LoopTurn | undefined;
  readonly rows: readonly Row[];
  readonly told: readonly Told[];
};

export type LoopTurn = {
  /** Which turn of its loop in the loop around it, `2`; the kind of an HL level, `Item`; absent where it comes once. */
  readonly label: string | undefined;
  /** Of an HL level that does not stand behind its parent in the file: HL01 of that parent. */
  readonly under: string | undefined;
};

/** A segment that should stand here. */
export type MissingView = {
  readonly kind: 'missing';
  readonly id: string;
  readonly name: string;
  readonly depth: number;
  readonly told: readonly Told[];
};

/** Segments of a long set that are not shown. */
export type LeftOutView = { readonly kind: 'left-out'; readonly count: number };

export type SetItem = SegmentView | MissingView | LeftOutView;

export type SetView = {
  readonly kind: 'set';
  readonly set: string;
  /** '' for one that nothing names. */
  readonly name: string;
  /** Whether a definition of it is held: without one it was not validated and its loops are not known. */
  readonly defined: boolean;
  readonly control: string;
  readonly status: 'A' | 'E' | 'R';
  /** AK502. */
  readonly codes: readonly string[];
  /** What took the set with it, sound or not. */
  readonly lost: 'interchange' | 'group' | undefined;
  readonly offset: number;
  readonly segments: number;
  /** Errors and warnings. */
  readonly problems: number;
  readonly told: readonly Told[];
  /** To be read before the next piece is asked for: they are made from the reader's view. */
  readonly items: Iterable<SetItem>;
};

/** What a person asks of an envelope: from, to, sent, version. */
export type Fact = { readonly name: string; readonly value: string; readonly words: string | undefined };

export type InterchangeView = {
  readonly kind: 'interchange';
  readonly control: string;
  readonly status: 'A' | 'E' | 'R';
  /** TA105. */
  readonly note: string;
  /** The same interchange came before in this file. */
  readonly repeated: boolean;
  readonly facts: readonly Fact[];
  readonly segment: SegmentView;
};

export type GroupView = {
  readonly kind: 'group';
  readonly control: string;
  readonly functionalId: string;
  readonly name: string;
  readonly status: 'A' | 'E' | 'P' | 'R';
  readonly codes: readonly string[];
  readonly accepted: number;
  readonly received: number;
  /** Whether its interchange takes it along. */
  readonly lost: boolean;
  readonly facts: readonly Fact[];
  readonly segment: SegmentView;
};

export type JunkView = {
  readonly kind: 'junk';
  readonly offset: number;
  readonly length: number;
  readonly told: Told;
};

/** The interchange stops here, before its IEA. */
export type CutView = {
  readonly kind: 'cut';
  readonly offset: number;
  /** What the end of the file left of a segment; '' for none. */
  readonly torn: string;
  readonly told: readonly Told[];
};

/** After the last piece of an interchange: what is said of it and belongs to none of them. */
export type EndView = { readonly kind: 'end'; readonly told: readonly Told[] };
