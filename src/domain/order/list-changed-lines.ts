import type { Decimal } from '../../lib/decimal.ts';
import type { Amendment, LineAmendment } from './amend-order.ts';
import type {
  ChangedLine,
  ChangeOfLine,
  ChangeOutcome,
  OrderVersion,
  StandingOrder,
} from './change-decision.ts';
import type { OrderChange } from './order-change.ts';
import type { LineDecision, LineStatus } from './order-decision.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

const NO_CHANGE: ChangeOfLine = { word: 'no-change', code: 'NC' };
/** Several changes of one line are answered under the code that names none in particular. */
const CHANGED: ChangeOfLine = { word: 'change', code: 'CA' };

/** Every line of the order after a change, with those that it took out or could not add, each once. */
export function listChangedLines(
  amendment: Pick<Amendment, 'lines' | 'order'>,
  { order, decision }: OrderVersion,
  shipped: ReadonlyMap<string, Decimal>,
): ChangedLine[] {
  const stays = new Set(amendment.order.lines.map(({ number }) => number));
  const gone = amendment.lines.filter(
    (one) => one.gone !== undefined && (one.result !== 'deleted' || !stays.has(one.number)),
  );
  const standing = amendment.order.lines.map((line): ChangedLine => {
    const answer = decision.lines[order.lines.indexOf(line)];
    const done = amendment.lines.filter(
      ({ number, gone: out }) => number === line.number && out === undefined,
    );
    return { ...answerLine(line, done, answer), shipped: shipped.get(line.number) ?? '0' };
  });
  return [...standing, ...gone.map((one): ChangedLine => answerGone(one))].toSorted(byPlace(amendment));
}

function answerLine(
  line: PurchaseOrderLine,
  done: readonly LineAmendment[],
  answer: LineDecision | undefined,
) {
  const [first] = done;
  const change = first === undefined ? NO_CHANGE : done.length > 1 ? CHANGED : first.change;
  const reasons = [...done.flatMap((one) => one.reasons), ...(answer?.reasons ?? [])];
  return { line, change, status: chooseStatus(done, answer), decision: answer, reasons };
}

/** What was not made is said before how the line stands. */
function chooseStatus(done: readonly LineAmendment[], answer: LineDecision | undefined): LineStatus {
  const unclear = done.some(({ result }) => result === 'unclear');
  if (unclear) return 'IH';
  const refused = done.find(({ result }) => result === 'refused');
  if (refused !== undefined) return refused.status ?? 'IR';
  const standing = answer?.status ?? 'IA';
  return standing === 'IA' && done.some(({ result }) => result === 'cut') ? 'IQ' : standing;
}

function answerGone({ gone, change, result, status, reasons }: LineAmendment): ChangedLine {
  const answer = result === 'deleted' ? 'ID' : result === 'unclear' ? 'IH' : (status ?? 'IR');
  return { line: gone!, change, status: answer, reasons, shipped: '0' };
}

/** Lines that are gone stand where they stood; those that were not added come last. */
function byPlace({ lines }: Pick<Amendment, 'lines'>) {
  const rank = (one: ChangedLine) => {
    const added = lines.some(({ gone, result }) => gone === one.line && result !== 'deleted');
    const number = Number(one.line.number);
    return [added ? 1 : 0, Number.isNaN(number) ? 0 : number] as const;
  };
  return (a: ChangedLine, b: ChangedLine) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1];
  };
}

/** The order as it stands where nothing was made of the change; what it asked for is answered with it. */
export function listStandingLines(
  change: OrderChange,
  current: StandingOrder | undefined,
  outcome: ChangeOutcome,
  amendment: Amendment | undefined,
): ChangedLine[] {
  if (current === undefined) return [];
  if (amendment !== undefined) {
    const standing = {
      ...amendment,
      order: current.order,
      lines: amendment.lines.map((one) => unmake(one, amendment, outcome)),
    };
    return listChangedLines(standing, current, current.shipped);
  }
  const asked = new Map(
    change.lines.map((line) => [line.number, { word: line.change, code: line.changeCode }]),
  );
  return current.order.lines.map((line, i): ChangedLine => {
    const decision = current.decision.lines[i];
    const named = asked.get(line.number);
    const status =
      named === undefined ? undefined : outcome === 'held' ? 'IH' : outcome === 'rejected' ? 'IR' : undefined;
    return {
      line,
      change: named ?? NO_CHANGE,
      status: current.state === 'cancelled' ? 'ID' : (status ?? decision?.status ?? 'IA'),
      decision,
      reasons: decision?.reasons ?? [],
      shipped: current.shipped.get(line.number) ?? '0',
    };
  });
}

/** What is not made after all, because of what else the change asks for. */
function unmake(one: LineAmendment, { order }: Amendment, outcome: ChangeOutcome): LineAmendment {
  if (one.result === 'unchanged' || one.result === 'refused' || one.result === 'unclear') return one;
  const asked = order.lines.find(({ number }) => number === one.number);
  return {
    ...one,
    result: outcome === 'held' ? 'unclear' : 'refused',
    gone: one.result === 'added' ? asked : undefined,
  };
}
