import type { DocumentRecord, Id, Settlement } from '../../domain/exchange/records.ts';
import { findSentDocument } from '../../store/advices.ts';
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
  const answers = [];
  for (const document of settled) answers.push(await describeAnswer(tx, document, settlements));
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

/** One that is refused is told with what it is about, and why. */
async function describeAnswer(tx: Database, document: DocumentRecord, settlements: readonly Settlement[]) {
  const { id, set, control, groupControl, interchange, order, acknowledgement } = document;
  const our = `our ${set} ${control} of group ${groupControl}`;
  const about = { interchange, document: id, order };
  if (acknowledgement !== 'rejected')
    return { text: `${our} ${acknowledgement.replaceAll('-', ' ')} by the partner`, rejected: false, about };
  const sent = await findSentDocument(tx, id);
  const { invoiceNumber, shipmentNumber, shipment } = sent ?? {};
  const of = invoiceNumber === undefined ? '' : `, invoice ${invoiceNumber},`;
  const name = shipmentNumber === undefined ? of : `, shipment ${shipmentNumber},`;
  const said = settlements.findLast((one) => one.state === 'rejected' && speaksOf(one, document));
  const reasons = said?.reasons ? `: ${said.reasons}` : '';
  return {
    text: `${our}${name} rejected by the partner${reasons}`,
    rejected: true,
    about: { ...about, shipment },
  };
}

function speaksOf({ functionalId, groupControl, control }: Settlement, document: DocumentRecord): boolean {
  return (
    functionalId === document.functionalId &&
    isSameNumber(groupControl, document.groupControl) &&
    (control === undefined || isSameNumber(control, document.control))
  );
}

/** By value: an acknowledgement may drop the zeros that we sent. */
function isSameNumber(a: string, b: string): boolean {
  return a.replace(/^0+/, '') === b.replace(/^0+/, '');
}

function describeTarget({ functionalId, groupControl, control }: Settlement): string {
  const group = `group ${functionalId} ${groupControl}`;
  return control === undefined ? group : `set ${control} of ${group}`;
}
