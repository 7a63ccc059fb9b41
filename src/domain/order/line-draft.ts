import type { PlainDate } from '../../lib/dates.ts';
import type { Decimal } from '../../lib/decimal.ts';
import type { RouteDecision } from '../allocation/route-line.ts';
import type { Item } from '../catalogue/catalogue.ts';
import type { ExceptionKind, ExceptionToRaise } from '../exception/exception-kinds.ts';
import type { PriceProof } from '../pricing/price-proof.ts';
import type { LineDecision, LinePromise, LineStatus, Reason } from './order-decision.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';
import type { Ruling, RulingChoice } from './ruling.ts';
import type { WantedPart } from './wanted-parts.ts';

/** What a check says of a line. All are kept, none hides another; the gravest gives the status (ACK01). */
export type Finding =
  | { readonly kind: 'refusal'; readonly status: RefusalStatus; readonly reason: Reason }
  | { readonly kind: 'hold'; readonly status: HoldStatus; readonly reason: HoldReason }
  | { readonly kind: 'change'; readonly status: ChangeStatus; readonly reason: Reason }
  | { readonly kind: 'note'; readonly reason: Reason };

type RefusalStatus = 'IR' | 'R1' | 'R2' | 'R3' | 'R4';
type HoldStatus = 'IE' | 'IF' | 'IH';
export type ChangeStatus = 'IB' | 'BP' | 'DR' | 'IP' | 'IQ' | 'IS' | 'SP';

/** A hold waits for somebody: its code is the kind of exception that it raises. */
export type HoldReason = Reason & { readonly code: ExceptionKind };

/** A line while it is decided. */
export type LineDraft = {
  readonly line: PurchaseOrderLine;
  readonly rulings: readonly Ruling[];
  readonly findings: Finding[];
  item?: Item;
  /** As it will be answered. */
  quantity?: Decimal | undefined;
  unit?: string | undefined;
  price?: Decimal | undefined;
  priceBasis?: string | undefined;
  proof?: PriceProof;
  /** Where and when the buyer wants it: more than one where a line is scheduled on several days or goes to several places. */
  wanted?: readonly WantedPart[];
  promises?: readonly LinePromise[];
  /** The day that a person promises, where stock is not kept here. */
  ships?: PlainDate;
  /** The purchase order that pays for it, where that is another than the order's own. */
  paidBy?: string;
  requires?: Readonly<Record<string, string>> | undefined;
  /** By part. */
  routes?: readonly RouteDecision[];
};

export function startLine(line: PurchaseOrderLine, rulings: readonly Ruling[]): LineDraft {
  const own = rulings.filter((ruling) => ruling.line === undefined || ruling.line === line.number);
  return {
    line,
    rulings: own,
    findings: [],
    quantity: line.quantity,
    unit: line.unit,
    price: line.unitPrice,
    priceBasis: line.priceBasis,
  };
}

/**
 * Adds what a check says. What a person has overridden is kept as a note, with who did; a change that was made is told
 * whatever they said.
 */
export function say(draft: LineDraft, finding: Finding): void {
  const overridable = finding.kind === 'refusal' || finding.kind === 'hold';
  const by = overridable ? findOverride(draft.rulings, finding.reason.code) : undefined;
  draft.findings.push(by === undefined ? finding : { kind: 'note', reason: overrule(finding.reason, by) });
}

export function refuse(draft: LineDraft, status: RefusalStatus, code: string, text: string): void {
  say(draft, { kind: 'refusal', status, reason: { code, text: `line ${draft.line.number}: ${text}` } });
}

export function hold(draft: LineDraft, status: HoldStatus, code: ExceptionKind, text: string): void {
  say(draft, { kind: 'hold', status, reason: { code, text: `line ${draft.line.number}: ${text}` } });
}

export function change(draft: LineDraft, status: ChangeStatus, code: string, text: string): void {
  say(draft, { kind: 'change', status, reason: { code, text: `line ${draft.line.number}: ${text}` } });
}

export function note(draft: LineDraft, code: string, text: string): void {
  say(draft, { kind: 'note', reason: { code, text: `line ${draft.line.number}: ${text}` } });
}

/** The last word of a person on one subject. */
export function findRuling<K extends RulingChoice['kind']>(
  rulings: readonly Ruling[],
  ...kinds: readonly K[]
): (Ruling & { readonly choice: Extract<RulingChoice, { kind: K }> }) | undefined {
  const found = rulings.findLast(({ choice }) => (kinds as readonly string[]).includes(choice.kind));
  return found as (Ruling & { choice: Extract<RulingChoice, { kind: K }> }) | undefined;
}

/** Holds that a plain "release" is meant for: money, not the content of the order. */
const RELEASED = new Set<string>(['credit-hold', 'po-value-exceeded']);

/** Who has said what the price is has seen that it is not the blanket's. */
const PRICED = new Set<string>(['accept-their-price', 'answer-our-price', 'answer-with-price']);

/** No word of a person makes known, available or lawful what is not: another choice is needed. */
const FIXED = new Set<string>([
  ...['item-unknown', 'item-ambiguous', 'item-barred', 'unit-not-sold'],
  ...['quantity-missing', 'quantity-not-positive', 'quantity-not-whole'],
  ...['price-missing', 'price-basis-unknown', 'stock-short', 'no-warehouse-may-ship', 'route-none'],
  'needs-po-number',
]);

export function findOverride(rulings: readonly Ruling[], code: string): Ruling | undefined {
  if (FIXED.has(code)) return undefined;
  return rulings.findLast(({ choice }) => {
    if (choice.kind === 'release-hold') return RELEASED.has(code);
    if (PRICED.has(choice.kind)) return code === 'blanket-price';
    if (choice.kind === 'promise-date') return code === 'date-impossible';
    return choice.kind === 'override' && (choice.codes.length === 0 || choice.codes.includes(code));
  });
}

export function overrule({ code, text }: Reason, { by, reason }: Ruling): Reason {
  return { code, text: `${text}; overridden by ${by}${reason === undefined ? '' : `: ${reason}`}` };
}

export function isFoundIn({ findings }: LineDraft, code: string): boolean {
  return findings.some(({ reason }) => reason.code === code);
}

/** Whether the line is still to be delivered, as far as is known. */
export function stands(draft: LineDraft): boolean {
  return draft.findings.every(({ kind }) => kind !== 'refusal');
}

/** Whether it can be promised: nothing refuses it and nobody is asked. */
export function isFirm(draft: LineDraft): boolean {
  return draft.findings.every(({ kind }) => kind !== 'refusal' && kind !== 'hold');
}

export function settleLine(draft: LineDraft): LineDecision {
  const { item, line, quantity, promises, findings } = draft;
  const status = chooseStatus(draft);
  const refused = findings.some(({ kind }) => kind === 'refusal');
  return {
    status,
    item: item?.number,
    quantity: quantity === line.quantity || refused ? undefined : quantity,
    unit: draft.unit,
    price: refused ? line.unitPrice : draft.price,
    priceBasis: draft.priceBasis,
    proof: draft.proof,
    promises: promises === undefined || promises.length === 0 ? undefined : promises,
    ships: draft.ships,
    paidBy: refused ? undefined : draft.paidBy,
    requires: draft.requires,
    ...(draft.routes !== undefined && draft.routes.length > 1
      ? { routes: draft.routes }
      : { route: draft.routes?.[0] }),
    reasons: findings.map(({ reason }) => reason),
  };
}

/** No change IA, one kind of change its own code, several IC; what stands open or is refused comes before them. */
function chooseStatus({ findings }: LineDraft): LineStatus {
  const refusal = findings.find((finding) => finding.kind === 'refusal');
  if (refusal !== undefined) return refusal.status;
  const holds = findings.filter((finding) => finding.kind === 'hold');
  if (holds.length > 0) return holds.find(({ status }) => status !== 'IE')?.status ?? 'IE';
  const changes = new Set(findings.flatMap((one) => (one.kind === 'change' ? [one.status] : [])));
  const [first = 'IA', ...others] = changes;
  return others.length === 0 ? first : 'IC';
}

/** A refused line is answered: what was to be asked of it needs no answer any more. */
export function listExceptions({ findings, line }: LineDraft): ExceptionToRaise[] {
  if (findings.some(({ kind }) => kind === 'refusal')) return [];
  return findings.flatMap((finding) =>
    finding.kind === 'hold'
      ? [{ kind: finding.reason.code, message: finding.reason.text, line: line.number }]
      : [],
  );
}

export const HELD: ReadonlySet<string> = new Set(['IE', 'IF', 'IH']);
const REJECTED: ReadonlySet<string> = new Set(['IR', 'R1', 'R2', 'R3', 'R4']);

export function isRejected({ status }: Pick<LineDecision, 'status'>): boolean {
  return REJECTED.has(status);
}
