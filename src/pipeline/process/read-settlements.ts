import { describeGroupCodes, describeNotes } from '../../domain/acknowledgement/describe-notes.ts';
import type { FunctionalAcknowledgement } from '../../domain/acknowledgement/functional-acknowledgement.ts';
import type { Id, Settlement } from '../../domain/exchange/records.ts';

/** What a 997 or 999 says of each set that we sent; a group without sets (AK2) speaks for all of its own. */
export function readSettlements(document: FunctionalAcknowledgement, by: Id, partner: string): Settlement[] {
  const of = { partner, functionalId: document.functionalId, groupControl: document.groupControl, by };
  if (document.sets === undefined || document.sets.length === 0)
    return [{ ...of, state: stateOf(document.status), reasons: describeGroupCodes(document) || undefined }];
  return document.sets.map((set) => ({
    ...of,
    control: set.control,
    state: stateOf(set.status),
    reasons: describeNotes(set) || undefined,
  }));
}

/** AK501 or IK501, and AK901. M, W and X (security) leave nothing taken. */
function stateOf(status: string): Settlement['state'] {
  if (status === 'A') return 'accepted';
  return status === 'E' || status === 'P' ? 'accepted-with-errors' : 'rejected';
}
