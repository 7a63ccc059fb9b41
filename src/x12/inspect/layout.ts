import { element, type Segments } from '../scan/segments.ts';
import type { LoopNode, SetDefinition } from '../standard/definition.ts';

/** How the segments of a set nest. */
export type Layout = {
  /** Per segment, how many loops are open around it. */
  readonly depth: Uint16Array;
  /** Per segment, the one that opened the innermost loop around it; -1 for none. */
  readonly opener: Int32Array;
  /** Of a segment that opens a loop, which turn of it in the loop around it; 0 for all others. */
  readonly turn: Int32Array;
};

type Frame = {
  readonly loop: number;
  readonly s: number;
  /** HL01 of a level. */
  readonly level: string | undefined;
  readonly turns: Map<number, number>;
};

/** Loops by the set's definition, HL levels under their parents as HL02 names them. */
export function layOut(definition: SetDefinition | undefined, segments: Segments, nodes: Int32Array): Layout {
  const { count } = segments;
  const layout: Layout = {
    depth: new Uint16Array(count),
    opener: new Int32Array(count).fill(-1),
    turn: new Int32Array(count),
  };
  if (definition === undefined) return layout;
  const frames: Frame[] = [];
  const turns = new Map<number, number>();
  for (let s = 0; s < count; s++) {
    const node = definition.nodes[nodes[s]!];
    const level = node?.opens && node.segment === 'HL' ? element(segments, s, 1) : undefined;
    if (level !== undefined) closeLevels(frames, definition.loops, node!.loop, element(segments, s, 2));
    else if (node !== undefined) {
      const home = node.opens ? definition.loops[node.loop]!.parent! : node.loop;
      closeLoops(frames, definition.loops, home);
    }
    const around = frames.at(-1);
    layout.depth[s] = frames.length;
    layout.opener[s] = around?.s ?? -1;
    if (!node?.opens) continue;
    const counted = around?.turns ?? turns;
    const turn = (counted.get(node.loop) ?? 0) + 1;
    counted.set(node.loop, turn);
    layout.turn[s] = turn;
    frames.push({ loop: node.loop, s, level, turns: new Map() });
  }
  return layout;
}

/** Closes what is open until the loop at the top is `home` or one around it. */
function closeLoops(frames: Frame[], loops: readonly LoopNode[], home: number): void {
  while (frames.length > 0 && !isWithin(loops, home, frames.at(-1)!.loop)) frames.pop();
}

/** Closes what is open of the levels down to the parent; all of them where the parent is not open. */
function closeLevels(frames: Frame[], loops: readonly LoopNode[], loop: number, parent: string): void {
  while (frames.length > 0) {
    const { loop: open, level } = frames.at(-1)!;
    if (!isWithin(loops, open, loop) || (level !== undefined && parent !== '' && level === parent)) return;
    frames.pop();
  }
}

function isWithin(loops: readonly LoopNode[], inner: number, outer: number): boolean {
  for (let at: number | undefined = inner; at !== undefined; at = loops[at]!.parent)
    if (at === outer) return true;
  return false;
}
