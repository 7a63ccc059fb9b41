import type { Docket } from './docket.ts';
import { change, type Finding, findRuling, isFirm, type LineDraft } from './line-draft.ts';
import { SUPPLY } from './order-decision.ts';

/** The day that a person promises counts before the one that stock would allow. */
export function promiseAsRuled({ drafts }: Docket): void {
  for (const draft of drafts) {
    const ruling = findRuling(draft.rulings, 'promise-date');
    if (ruling === undefined || !isFirm(draft)) continue;
    const { date } = ruling.choice;
    draft.findings.splice(0, draft.findings.length, ...draft.findings.map(noteSupply));
    if (draft.promises === undefined || draft.promises.length === 0) draft.ships = date;
    else draft.promises = draft.promises.map((promise) => ({ ...promise, ...shipOn(promise, date) }));
    change(draft, 'DR', 'date-promised', `it ships on ${date}, as ${ruling.by} promised`);
  }
}

function shipOn({ status }: NonNullable<LineDraft['promises']>[number], ships: string) {
  return status === undefined ? { ships } : { ships, status: 'DR' as const };
}

/** What stock would allow is told still, and answers nothing any more. */
function noteSupply(finding: Finding): Finding {
  if (finding.kind !== 'change' || !SUPPLY.has(finding.status)) return finding;
  return { kind: 'note', reason: finding.reason };
}
