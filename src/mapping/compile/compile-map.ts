import type { SetDefinition, Standard } from '../../x12/standard/definition.ts';
import type { MapPlan } from '../language/plan.ts';
import type { NarrowingProgram } from './compile-narrowing.ts';
import { compileRead } from './compile-read.ts';
import { compileWrite, type WriteProgram } from './compile-write.ts';
import type { ReadProgram } from './read-program.ts';

/** A checked map turned into closures, once; it belongs to one set of one version. */
export type CompiledMap = {
  readonly document: string;
  readonly set: SetDefinition;
  readonly standard: Standard;
  readonly read: ReadProgram;
  readonly write: WriteProgram;
  /** What the partner's guide allows less than the standard: for `checkNarrowing`. */
  readonly narrowing: NarrowingProgram;
};

export function compileMap(plan: MapPlan): CompiledMap {
  return {
    document: plan.document,
    set: plan.set,
    standard: plan.standard,
    read: compileRead(plan),
    write: compileWrite(plan),
    narrowing: plan.narrowing,
  };
}
