import type { FunctionalAcknowledgement } from '../../domain/acknowledgement/functional-acknowledgement.ts';
import type {
  DocumentRecord,
  EventRecord,
  ExceptionRecord,
  Id,
  InterchangeRecord,
  OrderLineRecord,
  OrderRecord,
  Settlement,
} from '../../domain/exchange/records.ts';
import { identifyOrder } from '../../domain/order/decide-order.ts';
import type { GroupReport, InterchangeReport } from '../../x12/report.ts';
import { describeSetProblems } from '../documents/describe-report.ts';
import type { JudgedOrder, JudgedSet, Verdict } from './judge.ts';
import { type Maker, makeEvent, makeException } from './records.ts';

/** What is kept of the inbound side of a file, and under which ids the answers may refer to it. */
export type Inbound = {
  readonly interchanges: readonly InterchangeRecord[];
  readonly documents: readonly DocumentRecord[];
  readonly orders: readonly OrderRecord[];
  readonly lines: readonly OrderLineRecord[];
  readonly events: readonly EventRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly settlements: readonly Settlement[];
  readonly repeats: readonly Id[];
  readonly interchangeOf: ReadonlyMap<Verdict, Id>;
  readonly documentOf: ReadonlyMap<JudgedSet, Id>;
  readonly orderOf: ReadonlyMap<JudgedSet, Id>;
};

type Building = {
  -readonly [K in keyof Inbound]: Inbound[K] extends readonly (infer T)[]
    ? T[]
    : Inbound[K] extends ReadonlyMap<infer A, infer B>
      ? Map<A, B>
      : never;
};

export type InboundMaker = Maker & { readonly file: Id; readonly partnerVersion: string };

export function recordInbound(verdicts: readonly Verdict[], maker: InboundMaker): Inbound {
  const built: Building = {
    interchanges: [],
    documents: [],
    orders: [],
    lines: [],
    events: [],
    exceptions: [],
    settlements: [],
    repeats: [],
    interchangeOf: new Map(),
    documentOf: new Map(),
    orderOf: new Map(),
  };
  for (const verdict of verdicts) recordVerdict(verdict, maker, built);
  return built;
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
  for (const group of verdict.report.groups) recordGroup(group, about, maker, built);
  for (const judged of verdict.sets) recordSet(judged, verdict.test, interchange.id, maker, built);
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
      built.settlements.push(...settle(document, id, maker.partner));
    }
    if (judged.order !== undefined) order = recordOrder(judged.order, judged, test, about, maker, built);
  }
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
    order: order?.id,
  });
}

function recordOrder(
  judged: JudgedOrder,
  set: JudgedSet,
  test: boolean,
  about: { file: Id; interchange: Id; document: Id },
  maker: InboundMaker,
  built: Building,
): OrderRecord | undefined {
  const { order, decision, contentHash } = judged;
  const name = `order ${order.poNumber}${order.releaseNumber === undefined ? '' : ` release ${order.releaseNumber}`}`;
  const record: OrderRecord = {
    id: maker.ids(),
    partner: maker.partner,
    document: about.document,
    ...identifyOrder(order),
    test,
    contentHash,
    orderDate: order.orderDate,
    currency: order.currency,
    outcome: decision.outcome,
    decision,
    at: maker.now,
  };
  const where = judged.isNew ? { ...about, order: record.id } : about;
  const reasons = [...decision.reasons, ...decision.lines.flatMap((line) => line.reasons)].map(
    (reason) => reason.text,
  );
  const what = decision.repeated ? 'came again with the same content, answered as before' : decision.outcome;
  const text = `${name} ${what}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
  built.events.push(makeEvent(maker, decision.repeated ? 'order-repeated' : 'order-decided', text, where));
  for (const raised of decision.exceptions) {
    built.exceptions.push(makeException(maker, raised.kind, `${name}: ${raised.message}`, where));
  }
  if (!judged.isNew) return undefined;
  built.orders.push(record);
  built.orderOf.set(set, record.id);
  order.lines.forEach((line, i) => {
    const decided = decision.lines[i]!;
    built.lines.push({
      order: record.id,
      position: i + 1,
      number: line.number,
      item: decided.item,
      quantity: line.quantity,
      unit: decided.unit,
      orderedPrice: line.unitPrice,
      price: decided.price,
      outcome: decided.status,
    });
  });
  return record;
}

/** What a 997 says of each set that we sent; a group without sets (AK2) speaks for all of its own. */
function settle(document: FunctionalAcknowledgement, by: Id, partner: string): Settlement[] {
  const of = { partner, functionalId: document.functionalId, groupControl: document.groupControl, by };
  if (document.sets === undefined || document.sets.length === 0)
    return [{ ...of, state: stateOf(document.status) }];
  return document.sets.map((set) => ({ ...of, control: set.control, state: stateOf(set.status) }));
}

/** AK501 and AK901. */
function stateOf(status: string): Settlement['state'] {
  if (status === 'A') return 'accepted';
  return status === 'E' || status === 'P' ? 'accepted-with-errors' : 'rejected';
}
