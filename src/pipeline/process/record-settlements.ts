import type { Id, Settlement } from '../../domain/exchange/records.ts';
import type { Database } from '../../store/database.ts';
import { listAcknowledgedBy } from '../../store/documents.ts';
import { recordEvents } from '../../store/events.ts';
import { raiseExceptions } from '../../store/exceptions.ts';
import type { SettlementCount } from '../../store/outcomes.ts';
import { type Maker, makeEvent, makeException } from './records.ts';

/** What the partner's 997s and 999s did to the documents that we sent: told with each, and asked about where they say no. */
export async function recordSettlements(
  tx: Database,
  settlements: readonly Settlement[],
  counts: readonly SettlementCount[],
  maker: Maker & { readonly file: Id },
): Promise<void> {
  if (settlements.length === 0) return;
  const settled = await listAcknowledgedBy(tx, [...new Set(settlements.map(({ by }) => by))]);
  const answers = settled.map((document) => {
    const { interchange, id, order, acknowledgement } = document;
    const said = acknowledgement === 'rejected' ? 'rejected' : acknowledgement.replaceAll('-', ' ');
    const text = `our ${document.set} ${document.control} of group ${document.groupControl} ${said} by the partner`;
    return { text, rejected: acknowledgement === 'rejected', about: { interchange, document: id, order } };
  });
  const unmatched = settlements
    .filter((_, i) => counts[i]?.matched === 0)
    .map((settlement) => ({
      text: `an acknowledgement speaks of ${describeTarget(settlement)}, which we did not send`,
      about: { file: maker.file, document: settlement.by },
    }));
  const late = settlements
    .filter((_, i) => (counts[i]?.matched ?? 0) > 0 && counts[i]?.settled === 0)
    .map((settlement) => ({
      text: `an acknowledgement says ${settlement.state} of ${describeTarget(settlement)}, which was settled before`,
      about: { file: maker.file, document: settlement.by },
    }));
  await recordEvents(tx, [
    ...answers.map(({ text, about }) => makeEvent(maker, 'acknowledged', text, about)),
    ...unmatched.map(({ text, about }) => makeEvent(maker, 'acknowledgement-unmatched', text, about)),
    ...late.map(({ text, about }) => makeEvent(maker, 'acknowledgement-repeated', text, about)),
  ]);
  const rejected = answers.filter((answer) => answer.rejected);
  await raiseExceptions(
    tx,
    rejected.map(({ text, about }) => makeException(maker, 'document-rejected', text, about)),
  );
}

function describeTarget({ functionalId, groupControl, control }: Settlement): string {
  const group = `group ${functionalId} ${groupControl}`;
  return control === undefined ? group : `set ${control} of ${group}`;
}
