import type { ChoiceArguments } from '../../src/domain/exception/choices.ts';
import { chooseResolution } from '../../src/pipeline/choose-resolution.ts';
import { ruleOrder } from '../../src/pipeline/revise/rule-order.ts';
import type { Lanes } from './gateway-lane.ts';

/** What ann chose for the first open exception of a kind; refused with the reasons where it could not be done. */
export async function choose(
  lanes: Lanes,
  kind: string,
  choice: string,
  given: ChoiceArguments = {},
): Promise<string> {
  const all = await lanes.exceptions('alpha');
  const asked = all.find((one) => one.kind === kind && one.state === 'open');
  if (asked === undefined) throw new Error(`no ${kind} is open`);
  const chosen = await chooseResolution(lanes.context, { id: asked.id, choice, given, by: 'ann' }, ruleOrder);
  return chosen.kind === 'done' ? chosen.text : `refused: ${chosen.messages.join('; ')}`;
}

/** What waits for a person, as `kind: message`. */
export async function listOpen(lanes: Lanes): Promise<readonly string[]> {
  const all = await lanes.exceptions('alpha');
  return all.filter(({ state }) => state === 'open').map(({ kind, message }) => `${kind}: ${message}`);
}
