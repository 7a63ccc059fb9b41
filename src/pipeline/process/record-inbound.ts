import type { Id, InterchangeRecord, OrderRecord } from '../../domain/exchange/records.ts';
import { readTa1, type Ta1 } from '../../x12/acknowledge/ta1.ts';
import type { GroupReport, InterchangeReport } from '../../x12/interchange/report.ts';
import { describeSetProblems } from '../documents/describe-report.ts';
import type { Building, Inbound, InboundMaker } from './inbound.ts';
import { readSettlements } from './read-settlements.ts';
import { findId, recordChange } from './record-change.ts';
import { recordOrder } from './record-order.ts';
import { recordPlan } from './record-plan.ts';
import { makeEvent, makeException } from './records.ts';
import type { JudgedSet, Verdict } from './verdict.ts';

export function recordInbound(verdicts: readonly Verdict[], maker: InboundMaker): Inbound {
  const built = startBuilding();
  for (const verdict of verdicts) recordVerdict(verdict, maker, built);
  return built;
}

export function startBuilding(): Building {
  return {
    interchanges: [],
    documents: [],
    orders: [],
    lines: [],
    events: [],
    exceptions: [],
    settlements: [],
    repeats: [],
    changes: [],
    revisions: [],
    plans: [],
    authorised: [],
    allocations: [],
    blankets: [],
    bookings: [],
    exposures: [],
    ordered: [],
    interchangeOf: new Map(),
    documentOf: new Map(),
    orderOf: new Map(),
  };
}

function recordVerdict(verdict: Verdict, maker: InboundMaker, built: Building): void {
  const { control, sender } = verdict.of.reading.report.header;
  if (verdict.kind === 'repeated') {
    if (verdict.earlier !== '') built.repeats.push(verdict.earlier);
    const text = `interchange ${control} from ${sender} came before with the same bytes: its stored answer is offered again`;
    built.events.push(
      makeEvent(maker, 'interchange-repeated', text, {
        file: maker.file,
        ...(verdict.earlier === '' ? {} : { interchange: verdict.earlier }),
      }),
    );
    return;
  }
  const interchange = makeInterchange(verdict, verdict.report, maker);
  built.interchanges.push(interchange);
  built.interchangeOf.set(verdict, interchange.id);
  const about = { file: maker.file, interchange: interchange.id };
  if (verdict.kind === 'refused') {
    const text = `interchange ${control} from ${sender} refused, TA1 ${verdict.report.note}: ${verdict.reason}`;
    built.events.push(makeEvent(maker, 'interchange-refused', text, about));
    built.exceptions.push(makeException(maker, 'interchange-refused', text, about));
    return;
  }
  for (const problem of verdict.report.problems) {
    built.events.push(makeEvent(maker, 'warning', `byte ${problem.offset}: ${problem.message}`, about));
  }
  for (const ta1 of verdict.of.reading.ta1s) recordTa1(readTa1(ta1), about, maker, built);
  for (const group of verdict.report.groups) recordGroup(group, about, maker, built);
  for (const judged of verdict.sets) recordSet(judged, verdict.test, interchange.id, maker, built);
}

const TA1_SAYS: ReadonlyMap<string, string> = new Map([
  ['A', 'accepts'],
  ['E', 'accepts, with errors noted,'],
]);

/** What the partner says of an interchange of ours: one that it refuses brought nothing of what was in it. */
function recordTa1(
  { control, status, note }: Ta1,
  about: { file: Id; interchange: Id },
  maker: InboundMaker,
  built: Building,
): void {
  const reason = note === '000' ? '' : `, TA1 ${note}`;
  const text = `the partner ${TA1_SAYS.get(status) ?? 'refuses'} our interchange ${control}${reason}`;
  built.events.push(makeEvent(maker, 'interchange-acknowledged', text, about));
  if (!TA1_SAYS.has(status)) {
    built.exceptions.push(makeException(maker, 'document-rejected', text, about));
  }
}

function makeInterchange(
  verdict: Verdict,
  report: InterchangeReport,
  maker: InboundMaker,
): InterchangeRecord {
  const { header } = report;
  const { offset, length } = verdict.of.reading;
  return {
    id: maker.ids(),
    file: maker.file,
    direction: 'in',
    partner: maker.partner,
    sender: header.sender,
    receiver: header.receiver,
    control: header.control,
    version: header.version,
    usage: header.usage,
    sha256: verdict.of.sha256,
    offset,
    length,
    status: report.status,
    note: report.note,
  };
}

function recordGroup(
  group: GroupReport,
  about: { file: Id; interchange: Id },
  maker: InboundMaker,
  built: Building,
): void {
  const { functionalId, control } = group.header;
  for (const problem of group.problems) {
    built.events.push(
      makeEvent(
        maker,
        'warning',
        `group ${functionalId} ${control}, byte ${problem.offset}: ${problem.message}`,
        about,
      ),
    );
  }
  if (group.status !== 'R' || group.codes.length === 0) return;
  const reasons = group.problems.map((problem) => problem.message).join('; ');
  const text = `group ${functionalId} ${control} refused, AK905 ${group.codes.join(' ')}${reasons === '' ? '' : `: ${reasons}`}`;
  built.exceptions.push(makeException(maker, 'group-refused', text, about));
}

function recordSet(
  judged: JudgedSet,
  test: boolean,
  interchange: Id,
  maker: InboundMaker,
  built: Building,
): void {
  const { group, report, document } = judged.of;
  const id = maker.ids();
  built.documentOf.set(judged, id);
  const name = `${report.set} ${report.control}`;
  const about = { file: maker.file, interchange, document: id };
  const wrong = describeSetProblems(report);
  let order: OrderRecord | undefined;
  if (judged.status === 'R') {
    const text = `set ${name} refused: ${wrong || 'its group was refused'}`;
    built.events.push(makeEvent(maker, 'set-refused', text, about));
    built.exceptions.push(makeException(maker, 'set-refused', text, about));
  } else {
    const noted = wrong === '' ? '' : `, with notes: ${wrong}`;
    built.events.push(makeEvent(maker, 'set-accepted', `set ${name} accepted${noted}`, about));
    if (!judged.agreed) {
      const text = `set ${name} is not listed under receive in the partner file: kept, not processed`;
      built.exceptions.push(makeException(maker, 'set-not-agreed', text, about));
    } else if (document?.kind === 'functional-acknowledgement') {
      built.settlements.push(...readSettlements(document, id, maker.partner));
    } else if (judged.plan !== undefined) {
      order = recordPlan(judged.plan, `set ${name}`, test, about, maker, built);
    } else if (!ACTED_ON.has(document?.kind) && judged.changes === undefined) {
      const text = `set ${name} accepted: ${document === undefined ? 'no map reads it' : whyNot(document.kind)}`;
      built.exceptions.push(makeException(maker, 'document-needs-person', text, about));
    }
    if (judged.order !== undefined) order = recordOrder(judged.order, judged, test, about, maker, built);
  }
  for (const change of judged.changes ?? []) recordChange(change, test, about.file, maker, built);
  built.documents.push({
    id,
    interchange,
    direction: 'in',
    partner: maker.partner,
    set: report.set,
    kind: document?.kind,
    functionalId: group.functionalId,
    groupControl: group.control,
    control: report.control,
    version: group.version,
    offset: report.offset,
    length: report.length,
    status: judged.status,
    canonical: document,
    problems:
      report.segments.length + report.problems.length === 0
        ? undefined
        : { problems: report.problems, segments: report.segments },
    partnerVersion: maker.partnerVersion,
    acknowledgement: 'none',
    order: order?.id ?? findChangedOrder(judged, built),
  });
}

/** Kinds that something follows from; a 945 and an 824 are looked at when their documents are stored. */
const ACTED_ON: ReadonlySet<string | undefined> = new Set([
  'purchase-order',
  'warehouse-shipping-advice',
  'application-advice',
]);

/** The order that a change is of. */
function findChangedOrder({ changes = [] }: JudgedSet, built: Building): Id | undefined {
  const [first] = changes;
  return first && findId(first.standing?.ref, built.orderOf);
}

function whyNot(kind: string): string {
  if (kind === 'order-change')
    return 'several orders have its number, and it names the ship-to of none of them';
  return `nothing acts on a document of kind ${kind} yet`;
}
