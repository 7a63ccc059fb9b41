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
  const { team, hours } = desk.kinds[kind];
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
    dueAt: addWorkingTime(maker.now, hours, calendarOf(desk, team)),
    escalateAt: escalatesAt({ kind, at: maker.now, escalated: 0 }, desk),
    choices: EXCEPTION_KINDS[kind].choices,
    file,
    document,
    order,
    shipment,
    report,
  };
}
