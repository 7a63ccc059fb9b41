import type { Context } from '../context.ts';
import {
  type ChoiceArguments,
  type ChoiceEffect,
  type ChoiceId,
  readChoice,
} from '../domain/exception/choices.ts';
import { findKind } from '../domain/exception/exception-kinds.ts';
import type { Id } from '../domain/exchange/records.ts';
import type { Ruling } from '../domain/order/ruling.ts';
import { unreachable } from '../lib/assert.ts';
import { inTransaction } from '../store/database.ts';
import { recordEvents } from '../store/events.ts';
import {
  findException,
  type Resolution,
  resolveException,
  type StoredException,
} from '../store/exceptions.ts';
import { resendDocument } from './advice/resend-document.ts';
import { billAgain } from './bill/bill-again.ts';
import { noteArrivalOf, resendMailOf } from './mail/settle-mail.ts';
import { makeEvent } from './process/records.ts';
import { retryFiles } from './retry.ts';
import { isOfShipment, resolveShipment } from './ship/resolve-shipment.ts';

/** The order is decided again: with what a person ruled, or only with the facts as they are now. */
export type OrderChoice = {
  readonly id: ChoiceId;
  readonly ruling: Ruling | undefined;
  /** For `resolveException`, in the transaction that saves the new decision. */
  readonly resolution: Resolution;
};

/** Decides, saves, answers and resolves the exception in one transaction; `refused` when it could not. */
export type RuleOrder = (
  context: Context,
  exception: StoredException,
  choice: OrderChoice,
) => Promise<{ readonly text: string; readonly refused?: boolean }>;

export type Choosing = {
  readonly id: Id;
  readonly choice: string;
  readonly given: ChoiceArguments;
  readonly by: string;
};

export type Chosen =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** What a person chose is done and the exception resolved, or neither. */
export async function chooseResolution(
  context: Context,
  { id, choice, given, by }: Choosing,
  ruleOrder: RuleOrder,
): Promise<Chosen> {
  const exception = await findException(context.db, id);
  if (exception === undefined) return refuse(`there is no exception ${id}`);
  if (exception.state === 'resolved') return refuse(describeResolved(exception));
  const known = findKind(exception.kind);
  if (known === undefined) {
    return refuse(`${exception.kind} is a kind of another version: see to it, then note how with --resolve`);
  }
  const read = readChoice({ ...exception, choices: known.choices }, choice, given);
  if (read.kind === 'wrong') return { kind: 'refused', messages: read.messages };
  const resolution = { at: context.clock(), by, resolution: describeChoice(read.id, given) };
  const { effect } = read;
  if (isOfShipment(exception, effect)) {
    const reason = given.reason?.trim() || undefined;
    const { text, refused } = await resolveShipment(context, exception, { effect, resolution, reason });
    return refused === true ? refuse(text) : { kind: 'done', text };
  }
  if (effect.kind === 'resend') {
    const { text, refused } = await resendDocument(context, exception, resolution);
    return refused === true ? refuse(text) : { kind: 'done', text };
  }
  if (effect.kind !== 'rule' && effect.kind !== 'decide-again') {
    return await act(context, exception, effect, resolution);
  }
  const ruling =
    effect.kind === 'rule' ? makeRuling(effect, resolution, given.reason?.trim() || undefined) : undefined;
  const { text, refused } = await ruleOrder(context, exception, { id: read.id, ruling, resolution });
  return refused === true ? refuse(text) : { kind: 'done', text };
}

type Action = Exclude<ChoiceEffect, { kind: 'rule' | 'decide-again' | 'resend' }>;

/** Thrown to undo what the transaction did already. */
class NothingToDo extends Error {
  override readonly name = 'NothingToDo';
}

async function act(
  context: Context,
  exception: StoredException,
  effect: Action,
  resolution: Resolution,
): Promise<Chosen> {
  const { id, kind, partner, file, document, order } = exception;
  try {
    return await inTransaction(context.db, async (tx) => {
      if (!(await resolveException(tx, id, resolution))) return refuse(`${id} was resolved a moment ago`);
      const text = await carryOut({ ...context, db: tx }, exception, effect);
      const maker = { ids: context.ids, now: resolution.at, partner };
      const told = `${kind} resolved by ${resolution.by}: ${resolution.resolution}`;
      await recordEvents(tx, [makeEvent(maker, 'exception-resolved', told, { file, document, order })]);
      return { kind: 'done', text };
    });
  } catch (error) {
    if (error instanceof NothingToDo) return refuse(error.message);
    throw error;
  }
}

async function carryOut(context: Context, exception: StoredException, effect: Action): Promise<string> {
  switch (effect.kind) {
    case 'close':
      return 'resolved';
    case 'bill': {
      const text = await billAgain(context.db, exception.id, effect.how);
      if (text === undefined) throw new NothingToDo('none of its shipments waits to be billed any more');
      return text;
    }
    case 'reprocess':
    case 'retry-delivery':
      return await retry(context, exception, effect.kind === 'reprocess' ? 'processing' : 'delivery');
    case 'send-mail':
    case 'mail-arrived':
      return await settleMailOf(context, exception, effect.kind);
    case 'look-again':
    case 'give-serials':
      throw new NothingToDo('no shipment of ours stands behind this');
    default:
      return unreachable(effect);
  }
}

async function settleMailOf(
  context: Context,
  { id }: StoredException,
  said: 'send-mail' | 'mail-arrived',
): Promise<string> {
  const told = await (said === 'send-mail' ? resendMailOf : noteArrivalOf)(context, id);
  if (told === undefined) throw new NothingToDo('its mail was sent, or is on its way again');
  return `resolved; ${told}`;
}

async function retry(
  context: Context,
  { file: id, partner }: StoredException,
  wanted: 'processing' | 'delivery',
): Promise<string> {
  const [retried] = id === undefined ? [] : await retryFiles(context, id, partner);
  if (retried?.what === wanted) {
    const again = wanted === 'processing' ? 'processed again' : 'delivered again';
    return `resolved; ${retried.file.name} is ${again}`;
  }
  const only =
    wanted === 'processing'
      ? 'only a file in quarantine can be processed again'
      : 'only a delivery that waits or was given up can be made again';
  throw new NothingToDo(
    retried === undefined ? `it concerns no file: ${only}` : `${retried.file.name}: ${only}`,
  );
}

function makeRuling(
  { choice, line }: Extract<ChoiceEffect, { kind: 'rule' }>,
  { at, by }: Resolution,
  reason: string | undefined,
): Ruling {
  return { at, by, reason, line, choice };
}

function describeChoice(id: ChoiceId, { reason, ...given }: ChoiceArguments): string {
  const said = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`, ${name} ${value}`],
  );
  return `${id}${said.join('')}${reason === undefined ? '' : `: ${reason}`}`;
}

function describeResolved({ id, resolvedAt, resolvedBy, resolution }: StoredException): string {
  return `${id} was resolved at ${resolvedAt?.slice(0, 16)} by ${resolvedBy}: ${resolution}`;
}

function refuse(message: string): Chosen {
  return { kind: 'refused', messages: [message] };
}
