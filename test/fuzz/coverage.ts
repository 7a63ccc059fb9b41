import { Session } from 'node:inspector';

/** Which characters of our own source ran, as the engine counts its blocks. */
export type Coverage = {
  /** How many characters ran since the last call that never ran before; they count as such until they are kept. */
  readonly take: (keep: boolean) => number;
  /** Characters that ran, and those of all functions that the engine told of. */
  readonly tell: () => { readonly ran: number; readonly known: number };
};

type Block = { readonly startOffset: number; readonly endOffset: number; readonly count: number };
type Function = { readonly functionName: string; readonly ranges: readonly Block[] };
type Script = { readonly scriptId: string; readonly url: string; readonly functions: readonly Function[] };

const ROOT = new URL('../../src/', import.meta.url).href;
const CORE = ['x12/', 'mapping/', 'lib/'].map((folder) => ROOT + folder);

const [KNOWN, RAN] = [1, 2];

/** Counts blocks from here on, at about half the speed. What modules do while they load is not counted. */
export function startCoverage(): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const maps = new Map<string, Uint8Array>();
  return {
    take: (keep) => {
      let fresh = 0;
      // Answered before `post` returns: the session lives in this thread.
      session.post('Profiler.takePreciseCoverage', (error, answer) => {
        if (error !== null) throw error;
        for (const script of answer.result as readonly Script[]) {
          if (CORE.some((folder) => script.url.startsWith(folder))) fresh += addScript(maps, script, keep);
        }
      });
      return fresh;
    },
    tell: () => {
      let [ran, known] = [0, 0];
      for (const map of maps.values()) {
        for (const mark of map) {
          if (mark !== 0) known++;
          if (mark === RAN) ran++;
        }
      }
      return { ran, known };
    },
  };
}

/**
 * Blocks are told from the outside to the inside, so that the last one that holds a character says whether it ran. The
 * engine merges blocks that ran equally often: only characters can be compared from one call to the next.
 */
function addScript(maps: Map<string, Uint8Array>, { scriptId, functions }: Script, keep: boolean): number {
  const all = functions.flatMap(({ ranges }) => ranges);
  const size = Math.max(0, ...all.map(({ endOffset }) => endOffset));
  let map = maps.get(scriptId) ?? new Uint8Array(0);
  if (map.length < size) {
    const larger = new Uint8Array(size);
    larger.set(map);
    map = larger;
    maps.set(scriptId, map);
  }
  const now = new Uint8Array(size);
  for (const { functionName, ranges } of functions) {
    // The module itself.
    if (functionName === '' && ranges[0]?.startOffset === 0) continue;
    for (const { startOffset, endOffset, count } of ranges)
      now.fill(count > 0 ? RAN : KNOWN, startOffset, endOffset);
  }
  let fresh = 0;
  for (let i = 0; i < size; i++) {
    if (now[i]! <= map[i]!) continue;
    if (now[i] === RAN) fresh++;
    if (keep || now[i] === KNOWN) map[i] = now[i]!;
  }
  return fresh;
}
