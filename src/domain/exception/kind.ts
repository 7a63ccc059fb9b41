import type { ChoiceId } from './choices.ts';
import type { Team } from './teams.ts';

/** One kind of what waits for a person. */
export type KindOfException = {
  /** Who owns it until it is resolved. */
  readonly team: Team;
  /** Within how many working hours of its team it should be resolved. */
  readonly hours: number;
  /** What a person may do to resolve it. */
  readonly choices: readonly ChoiceId[];
  /** What happened, for who has not seen it before. */
  readonly means: string;
  /** What to look at before choosing. */
  readonly advice: string;
};
