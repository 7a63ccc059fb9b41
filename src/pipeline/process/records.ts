import { EXCEPTION_KINDS, type ExceptionKind } from '../../domain/exception/exception-kinds.ts';
import type { EventRecord, ExceptionRecord, Id } from '../../domain/exchange/records.ts';

/** What makes records: ids and the time are given, so that the same file gives the same records in a test. */
export type Maker = { readonly ids: () => Id; readonly now: string; readonly partner: string };

type About = {
  readonly file?: Id | undefined;
  readonly interchange?: Id | undefined;
  readonly document?: Id | undefined;
  readonly order?: Id | undefined;
};

export function makeEvent(maker: Maker, kind: string, text: string, about: About): EventRecord {
  return { id: maker.ids(), at: maker.now, partner: maker.partner, kind, text, ...about };
}

/** An exception with the owner, the deadline and the choices of its kind. */
export function makeException(
  maker: Maker,
  kind: ExceptionKind,
  message: string,
  about: About,
): ExceptionRecord {
  const { team, hours, choices } = EXCEPTION_KINDS[kind];
  const dueAt = new Date(Date.parse(maker.now) + hours * 3_600_000).toISOString();
  const { file, document, order } = about;
  return {
    id: maker.ids(),
    at: maker.now,
    kind,
    partner: maker.partner,
    team,
    message,
    dueAt,
    choices,
    file,
    document,
    order,
  };
}
