import { type CodeTable, createCodeTable } from './code-table.ts';
import type {
  Condition,
  ElementDefinition,
  ElementUse,
  LoopNode,
  SegmentDefinition,
  SetDefinition,
  Standard,
} from './definition.ts';

/** A set definition made for walking: segment ids are numbers, and where a segment can go is looked up. */
export type CompiledSet = {
  readonly definition: SetDefinition;
  /** By packed segment id (`segmentSlot`): index into `segments` plus 1, 0 for a segment of no set. */
  readonly slots: Uint16Array;
  readonly segments: readonly CompiledSegment[];
  /** Whether the segment of a slot occurs in this set at all. */
  readonly used: readonly boolean[];
  /** Moves from a node on a slot, made when first asked for. */
  readonly moves: ((readonly Move[] | undefined)[] | undefined)[];
  /** The node of HL, -1 in a set without levels. */
  readonly levelNode: number;
  /** The last node of each loop, inner loops included. */
  readonly lastNodes: Int32Array;
  /** The last loop inside each loop, or itself: loops are numbered in the order of their openers. */
  readonly lastLoops: Int32Array;
};

/** One place where a segment can go from here. */
export type Move = {
  readonly target: number;
  /** The loop that a new turn of begins, -1 when the segment opens none. */
  readonly opens: number;
  /** Mandatory nodes that the move passes by, in order; loops by their opener. */
  readonly passes: readonly number[];
};

export type CompiledSegment = {
  readonly definition: SegmentDefinition;
  readonly elements: readonly CompiledElement[];
  /** Bit `e` for element `e`, up to 31: a negative number is as good a set of bits. */
  readonly mandatory: number;
  readonly conditions: readonly CompiledCondition[];
};

export type CompiledCondition = {
  readonly condition: Condition;
  readonly mask: number;
  readonly firstMask: number;
};

/** How a value is read. */
export const KIND = { text: 0, code: 1, date: 2, time: 3, decimal: 4, integer: 5, binary: 6 } as const;

export type CompiledElement = {
  readonly use: ElementUse;
  readonly definition: ElementDefinition | undefined;
  readonly composite: CompiledSegment | undefined;
  readonly kind: number;
  readonly min: number;
  readonly max: number;
  readonly repeat: number;
  readonly codes: CodeTable | undefined;
};

type CompiledStandard = {
  readonly slots: Uint16Array;
  readonly segments: readonly CompiledSegment[];
  readonly sets: Map<string, CompiledSet>;
};

/** Compiling depends on nothing but the standard, so that it is done once for each. */
const compiled = new WeakMap<Standard, CompiledStandard>();

export function compileSet(standard: Standard, definition: SetDefinition): CompiledSet {
  let whole = compiled.get(standard);
  if (whole === undefined) {
    whole = compileStandard(standard);
    compiled.set(standard, whole);
  }
  let set = whole.sets.get(definition.set);
  if (set === undefined) {
    set = compileNodes(whole, definition);
    whole.sets.set(definition.set, set);
  }
  return set;
}

function compileStandard(standard: Standard): CompiledStandard {
  const tables = new Map<string, CodeTable>();
  const composites = new Map<string, CompiledSegment>();
  for (const [id, composite] of standard.composites) {
    composites.set(id, compileSegment(standard, composite, new Map(), tables));
  }
  const slots = new Uint16Array(37 ** 3);
  const segments: CompiledSegment[] = [];
  for (const [id, segment] of standard.segments) {
    segments.push(compileSegment(standard, segment, composites, tables));
    slots[segmentSlot(id.charCodeAt(0), id.charCodeAt(1), id.length > 2 ? id.charCodeAt(2) : -1)] =
      segments.length;
  }
  return { slots, segments, sets: new Map() };
}

/** A segment id of two (`c` is -1) or three characters as a number below 37³; 0 for anything that is no id. */
export function segmentSlot(a: number, b: number, c: number): number {
  const [x, y, z] = [DIGIT[a]!, DIGIT[b]!, c < 0 ? 0 : DIGIT[c]!];
  return x === 0 || y === 0 || (c >= 0 && z === 0) ? 0 : (x * 37 + y) * 37 + z;
}

const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 48 && byte <= 57) return byte - 47;
  return byte >= 65 && byte <= 90 ? byte - 54 : 0;
});

function compileSegment(
  standard: Standard,
  definition: SegmentDefinition,
  composites: ReadonlyMap<string, CompiledSegment>,
  tables: Map<string, CodeTable>,
): CompiledSegment {
  const elements = definition.elements.map((use) => compileElement(standard, use, composites, tables));
  const bits = (positions: readonly number[]) =>
    positions.reduce((mask, e) => (e <= 31 ? mask | (1 << e) : mask), 0);
  return {
    definition,
    elements,
    mandatory: bits(definition.elements.flatMap((use, e) => (use.mandatory ? [e + 1] : []))),
    conditions: definition.conditions.map((condition) => ({
      condition,
      mask: bits(condition.positions),
      firstMask: bits(condition.positions.slice(0, 1)),
    })),
  };
}

function compileElement(
  standard: Standard,
  use: ElementUse,
  composites: ReadonlyMap<string, CompiledSegment>,
  tables: Map<string, CodeTable>,
): CompiledElement {
  const definition = standard.elements.get(use.ref);
  const { min = 1, max = Number.POSITIVE_INFINITY } = definition ?? {};
  let codes = tables.get(use.ref);
  if (codes === undefined && definition?.codes !== undefined) {
    codes = createCodeTable(definition.codes.keys());
    tables.set(use.ref, codes);
  }
  const composite = definition === undefined ? composites.get(use.ref) : undefined;
  return { use, definition, composite, kind: kindOf(definition), min, max, repeat: use.repeat, codes };
}

function kindOf(definition: ElementDefinition | undefined): number {
  switch (definition?.type) {
    case undefined:
    case 'AN':
      return KIND.text;
    case 'ID':
      return KIND.code;
    case 'DT':
      return KIND.date;
    case 'TM':
      return KIND.time;
    case 'R':
      return KIND.decimal;
    case 'B':
      return KIND.binary;
    default:
      return KIND.integer;
  }
}

function compileNodes(whole: CompiledStandard, definition: SetDefinition): CompiledSet {
  const ids = new Set(definition.nodes.map((node) => node.segment));
  return {
    definition,
    slots: whole.slots,
    segments: whole.segments,
    used: whole.segments.map((segment) => ids.has(segment.definition.id)),
    moves: new Array(definition.nodes.length).fill(undefined),
    levelNode: definition.nodes.findIndex((node) => node.segment === 'HL'),
    lastNodes: Int32Array.from(definition.loops, (loop) => lastNode(definition, loop)),
    lastLoops: Int32Array.from(definition.loops, (loop) => lastLoop(definition, loop)),
  };
}

function lastNode(definition: SetDefinition, loop: LoopNode): number {
  let last = loop.firstNode;
  for (const node of definition.nodes) if (isWithin(definition, node.loop, loop.index)) last = node.index;
  return last;
}

function lastLoop(definition: SetDefinition, outer: LoopNode): number {
  return definition.loops.findLastIndex((loop) => isWithin(definition, loop.index, outer.index));
}

function isWithin(definition: SetDefinition, inner: number, outer: number): boolean {
  for (let loop: number | undefined = inner; loop !== undefined; loop = definition.loops[loop]!.parent) {
    if (loop === outer) return true;
  }
  return false;
}
