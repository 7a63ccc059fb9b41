import type { Coverage } from './coverage.ts';
import { checkInput } from './invariants.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutators.ts';
import type { Random } from './random.ts';

/** An input that breaks an invariant, made as small as it gets. */
export type Find = { readonly what: string; readonly bytes: Buffer; readonly stack: string };

export type Progress = {
  readonly executions: number;
  readonly corpus: number;
  readonly documents: number;
  readonly finds: number;
  /** The longest execution, in milliseconds of processor time. */
  readonly slowest: number;
};

export type FuzzOptions = {
  readonly random: Random;
  readonly seeds: readonly Buffer[];
  /** Without it nothing joins the corpus. */
  readonly coverage?: Coverage | undefined;
  /** Is shown every input before it is tried: what hangs can be told. */
  readonly watch?: (bytes: Buffer) => void;
  readonly tell: (find: Find) => void;
  /** After every batch: whether to go on. */
  readonly goOn: (progress: Progress) => boolean;
};

/** To ask the engine what ran costs as much as some executions: it is asked about many at once. */
const BATCH = 64;

/** How often an input is tried while it is made smaller. */
const CUTS = Array.from({ length: 6 });

/** Processor time that an execution may take, in milliseconds. */
const LONGEST = 1000;

/** Mutates seeds, and what of their offspring reached code that nothing before had reached. */
export function runFuzz({ random, seeds, coverage, watch, tell, goOn }: FuzzOptions): Progress {
  const corpus = [...seeds];
  const found = new Set<string>();
  let [executions, documents, slowest] = [0, 0, 0];
  const report = (what: string, bytes: Buffer, stack: string, small: Buffer): void => {
    found.add(what);
    tell({ what, bytes: small.length > 0 ? small : bytes, stack });
  };
  const execute = (bytes: Buffer): void => {
    watch?.(bytes);
    const before = processorTime();
    try {
      documents += checkInput(bytes, random);
    } catch (error) {
      const what = nameFault(error);
      // What depends on how the bytes are cut shows now and then.
      const fails = (smaller: Buffer) => CUTS.some(() => nameFailure(smaller, random) === what);
      if (!found.has(what)) report(what, bytes, String((error as Error).stack), minimise(bytes, fails));
      return;
    }
    const took = processorTime() - before;
    slowest = Math.max(slowest, took);
    if (took > LONGEST && !found.has('hang')) report('hang', bytes, `${took} ms`, bytes);
  };
  const seek = (batch: readonly Buffer[], by: Coverage): void => {
    for (const bytes of batch) execute(bytes);
    if (by.take(batch.length === 1) === 0) return;
    if (batch.length === 1) corpus.push(batch[0]!);
    else {
      const middle = batch.length >> 1;
      seek(batch.slice(0, middle), by);
      seek(batch.slice(middle), by);
    }
  };
  for (const seed of seeds) execute(seed);
  coverage?.take(true);
  const progress = (): Progress => ({
    executions,
    corpus: corpus.length,
    documents,
    finds: found.size,
    slowest,
  });
  while (goOn(progress())) {
    const batch = Array.from({ length: BATCH }, () =>
      mutate(chooseParent(corpus, seeds, random), random, corpus),
    );
    for (const bytes of batch) execute(bytes);
    executions += batch.length;
    if (coverage !== undefined && coverage.take(false) > 0) seek(batch, coverage);
  }
  return progress();
}

/** What is new is where more may be new; half the time an old one is asked again. */
function chooseParent(corpus: readonly Buffer[], seeds: readonly Buffer[], random: Random): Buffer {
  return random.choose(
    random.below(2) === 0 || corpus.length === seeds.length ? corpus : corpus.slice(seeds.length),
  );
}

function nameFailure(bytes: Buffer, random: Random): string | undefined {
  try {
    checkInput(bytes, random);
    return undefined;
  } catch (error) {
    return nameFault(error);
  }
}

/** The same fault under whatever values: its message without what it quotes. */
function nameFault(error: unknown): string {
  return String(error)
    .replace(/"(?:[^"\\]|\\.)*"|\{.*/gs, '""')
    .replace(/\d+/g, '0')
    .slice(0, 120);
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
