import { calendarOf, type Desk, USUAL_DESK } from '../../domain/exception/desk.ts';
import { escalatesAt } from '../../domain/exception/escalation.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from '../../domain/exception/exception-kinds.ts';
import { judgeSeverity, type Weight } from '../../domain/exception/severity.ts';
import { addWorkingTime } from '../../domain/exception/working-hours.ts';
import type { EventRecord, ExceptionRecord, Id } from '../../domain/exchange/records.ts';

/** What makes records: ids and the time are given, so that the same file gives the same records in a test. */
export type Maker = {
  readonly ids: () => Id;
  readonly now: string;
  readonly partner: string;
  /** Who deals with exceptions: as it is without settings where it is not given. */
  readonly desk?: Desk | undefined;
};

type About = {
  readonly file?: Id | undefined;
  readonly interchange?: Id | undefined;
  readonly document?: Id | undefined;
  readonly order?: Id | undefined;
  readonly shipment?: Id | undefined;
};

export function makeEvent(maker: Maker, kind: string, text: string, about: About): EventRecord {
  return { id: maker.ids(), at: maker.now, partner: maker.partner, kind, text, ...about };
}

type Due = Pick<ExceptionRecord, 'dueAt' | 'escalateAt'>;

/**
 * All of a kind that are raised at one moment are due at one, and to reckon with the hours of a time zone takes longer
 * than all else about an exception: what was reckoned last stands for those that follow.
 */
const DUE = new WeakMap<Desk, { readonly now: string; readonly kinds: Map<ExceptionKind, Due> }>();

function findDue(kind: ExceptionKind, now: string, desk: Desk): Due {
  const last = DUE.get(desk);
  const { kinds } = last?.now === now ? last : { kinds: new Map<ExceptionKind, Due>() };
  const known = kinds.get(kind);
  if (known !== undefined) return known;
  const { team, hours } = desk.kinds[kind];
  const due: Due = {
    dueAt: addWorkingTime(now, hours, calendarOf(desk, team)),
    escalateAt: escalatesAt({ kind, at: now, escalated: 0 }, desk),
  };
  DUE.set(desk, { now, kinds: kinds.set(kind, due) });
  return due;
}

/** What of an order makes it urgent, and the line that is asked about. */
type Concern = Weight & { readonly line?: string | undefined };

/** An exception with the owner, the deadline, the severity and the choices of its kind. */
export function makeException(
  maker: Maker,
  kind: ExceptionKind,
  message: string,
  about: About & { readonly report?: Id | undefined },
  concern: Concern = {},
): ExceptionRecord {
  const desk = maker.desk ?? USUAL_DESK;
  const { team } = desk.kinds[kind];
  const { file, document, order, shipment, report } = about;
  return {
    id: maker.ids(),
    at: maker.now,
    kind,
    partner: maker.partner,
    team,
    severity: judgeSeverity(concern, desk.severity),
    message,
    line: concern.line,
    ...findDue(kind, maker.now, desk),
    choices: EXCEPTION_KINDS[kind].choices,
    file,
    document,
    order,
    shipment,
    report,
  };
}
