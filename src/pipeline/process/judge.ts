import { interchangeKey } from '../../domain/exchange/natural-keys.ts';
import { ownFacts } from '../../domain/order/share-facts.ts';
import { refuseInterchange } from '../../x12/acknowledge/acknowledge.ts';
import { enterPlan, isPlan } from './enter-plan.ts';
import type { FileFacts } from './facts.ts';
import type { Interpreted, InterpretedInterchange, InterpretedSet } from './interpret.ts';
import { judgeOrder } from './judge-order.ts';
import { enterChange } from './ledger.ts';
import type { Judged, JudgedSet, Ledger, Ref, Verdict } from './verdict.ts';

/** Who sends to whom, as the partner file has it; all that judging needs to know of the partner. */
export type Agreement = {
  /** ISA05:ISA06 that the partner must send under; anyone where undefined. */
  readonly partner: string | undefined;
  /** ISA07:ISA08 that means us; anyone where undefined. */
  readonly company: string | undefined;
  /** Whether the partner file lists a set under `receive`. */
  readonly receives: (set: string) => boolean;
  /** Whether ISA15 = T is kept apart from live orders. */
  readonly separateTests: boolean;
  /** Whether everything of this partner is a test, whatever ISA15 says. */
  readonly testing: boolean;
};

/** Judges a whole file: interchanges in the order of the file, each seeing what those before it did. */
export function judgeFile(file: Interpreted, facts: FileFacts, agreement: Agreement): Judged {
  const interchanges = new Map(facts.interchanges);
  const ledgers: { live?: Ledger; tests?: Ledger } = {};
  // When the first interchange needs it: each copies all that is known, and few files hold live orders and tests.
  const open = (test: boolean): Ledger => {
    const kind = test ? 'tests' : 'live';
    ledgers[kind] ??= openLedger(facts, test);
    return ledgers[kind];
  };
  const verdicts = file.interchanges.map((interchange): Verdict => {
    const { report } = interchange.reading;
    const refusal = findRefusal(interchange, agreement);
    if (refusal !== undefined) return refuse(interchange, refusal.note, refusal.reason);
    const key = interchangeKey(report.header);
    const earlier = interchanges.get(key);
    if (earlier !== undefined) {
      if (earlier.sha256 === interchange.sha256)
        return { kind: 'repeated', of: interchange, earlier: earlier.id };
      return refuse(
        interchange,
        '025',
        `control number ${report.header.control} was used before with other content`,
      );
    }
    // A second interchange under this number in the same file has no id to repeat yet; its bytes tell.
    interchanges.set(key, { id: '', sha256: interchange.sha256 });
    const test = agreement.testing || (agreement.separateTests && report.header.usage === 'T');
    return take(interchange, agreement, test, open(test));
  });
  return { verdicts, ...ledgers };
}

export function openLedger({ live, tests, shared, testBlankets }: FileFacts, test: boolean): Ledger {
  const { orders, standing, changes, plans } = test ? tests : live;
  return {
    plans,
    orders: new Map(orders),
    shared: ownFacts(test ? { ...shared, blankets: testBlankets } : shared),
    standing: standing.map((one) => ({ ...one })),
    changes: [...changes],
  };
}

function findRefusal(
  { reading }: InterpretedInterchange,
  agreement: Agreement,
): { note: string; reason: string } | undefined {
  const { header, status, note, problems } = reading.report;
  if (status === 'R') {
    const worst = problems.find((problem) => problem.severity === 'error');
    return { note, reason: worst?.message ?? `TA1 ${note}` };
  }
  if (agreement.partner !== undefined && header.sender !== agreement.partner) {
    const note = idOf(header.sender) === idOf(agreement.partner) ? '005' : '006';
    return {
      note,
      reason: `sender ${header.sender} is not the partner that brought it, ${agreement.partner}`,
    };
  }
  if (agreement.company !== undefined && header.receiver !== agreement.company) {
    const note = idOf(header.receiver) === idOf(agreement.company) ? '007' : '009';
    return { note, reason: `receiver ${header.receiver} is not us, ${agreement.company}` };
  }
  return undefined;
}

/** `ACMEIND` of `ZZ:ACMEIND`: under another qualifier it is the qualifier that is wrong. */
function idOf(identity: string): string {
  return identity.slice(3);
}

function refuse(of: InterpretedInterchange, note: string, reason: string): Verdict {
  const { report } = of.reading;
  // What the reader refused it says itself, with its place.
  return {
    kind: 'refused',
    of,
    report: report.status === 'R' ? report : refuseInterchange(report, note, reason),
    reason,
  };
}

function take(of: InterpretedInterchange, agreement: Agreement, test: boolean, ledger: Ledger): Verdict {
  const { report } = of.reading;
  const refused = new Set(
    report.groups.filter((group) => group.status === 'R').map((group) => group.header.offset),
  );
  const sets = of.sets.map((set): JudgedSet => {
    const status = refused.has(set.group.offset) ? 'R' : set.report.status;
    const agreed = agreement.receives(set.report.set);
    if (status === 'R' || !agreed) return { of: set, status, agreed };
    const kept = { of: set, status, agreed };
    if (set.document !== undefined && isPlan(set.document))
      return { ...kept, ...enterPlan(ledger, set.document) };
    const ref: Ref = {};
    ref.set = { ...kept, ...judgeDocument(set.document, ledger, ref) };
    return ref.set;
  });
  return { kind: 'taken', of, report, test, sets };
}

function judgeDocument(
  document: InterpretedSet['document'],
  ledger: Ledger,
  ref: Ref,
): Pick<JudgedSet, 'order' | 'changes'> {
  if (document?.kind === 'purchase-order') return judgeOrder(document, ledger, ref);
  if (document?.kind !== 'order-change') return {};
  const changes = enterChange(ledger, document, ref);
  return changes === undefined ? {} : { changes };
}
