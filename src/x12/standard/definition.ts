/** What the standard allows for one version: built from the files under `maps/standards/x12/<version>/`. */
export type Standard = {
  readonly version: string;
  readonly name: string;
  readonly elements: ReadonlyMap<string, ElementDefinition>;
  readonly segments: ReadonlyMap<string, SegmentDefinition>;
  readonly composites: ReadonlyMap<string, SegmentDefinition>;
  /** By set id: `850`. */
  readonly sets: ReadonlyMap<string, SetDefinition>;
};

export type ElementType = 'AN' | 'ID' | 'DT' | 'TM' | 'R' | 'B' | `N${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

export type ElementDefinition = {
  /** Data element reference number: `353`. */
  readonly id: string;
  readonly name: string;
  readonly type: ElementType;
  readonly min: number;
  readonly max: number;
  /** The closed list of codes with their names; absent when any value is allowed. */
  readonly codes: ReadonlyMap<string, string> | undefined;
  /** Names for people, never a reason to refuse. */
  readonly common: ReadonlyMap<string, string> | undefined;
};

export type SegmentDefinition = {
  readonly id: string;
  readonly name: string;
  readonly elements: readonly ElementUse[];
  readonly conditions: readonly Condition[];
};

export type ElementUse = {
  /** Reference number of a simple element, or id of a composite (`C040`). */
  readonly ref: string;
  readonly mandatory: boolean;
  /** Greatest number of repeats, Infinity for unbounded. */
  readonly repeat: number;
};

/** X12 relational condition: P paired, R one required, E exclusion, C conditional, L list conditional. */
export type Condition = { readonly kind: 'P' | 'R' | 'E' | 'C' | 'L'; readonly positions: readonly number[] };

/** A set as a flat list of places in the order of the standard; loops are ranges told by `loop`. */
export type SetDefinition = {
  readonly set: string;
  readonly name: string;
  /** Functional identifier GS01. */
  readonly group: string;
  readonly nodes: readonly SegmentNode[];
  /** `loops[0]` is the set itself. */
  readonly loops: readonly LoopNode[];
};

export type SegmentNode = {
  readonly index: number;
  readonly segment: string;
  readonly mandatory: boolean;
  readonly repeat: number;
  /** Index into `loops`. */
  readonly loop: number;
  /** Whether this segment opens its loop. */
  readonly opens: boolean;
};

export type LoopNode = {
  readonly index: number;
  /** Id of the loop, that of its first segment: `PO1`. */
  readonly id: string;
  readonly parent: number | undefined;
  readonly mandatory: boolean;
  readonly repeat: number;
  /** Index of the first node of the loop. */
  readonly firstNode: number;
  /** Path of loop ids from the top: `PO1/SCH`, '' for the set itself. */
  readonly path: string;
};
