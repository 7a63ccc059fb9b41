import type { ReaderOptions, Standards } from '../interchange/reading.ts';
import type { Tolerance } from '../tolerate/tolerance.ts';
import type { ValidationPolicy } from '../validate/policy.ts';
import type { AgreedRule } from './agreed-rules.ts';
import type { SourceSet } from './source.ts';

/** How the reader that the mutants are made for is set. */
export type MutationSetting = {
  readonly standards: Standards;
  /** By set. */
  readonly policy: (set: string) => ValidationPolicy;
  readonly charset: 'utf-8' | 'latin1';
  /** Sets that are taken. */
  readonly sets: NonNullable<ReaderOptions['sets']>;
  /** What is put up with is no damage, and not made. */
  readonly tolerance: Tolerance;
  /** What a partner's own guide demands of a set beyond the standard. */
  readonly rulesFor: (set: SourceSet) => readonly AgreedRule[];
};
