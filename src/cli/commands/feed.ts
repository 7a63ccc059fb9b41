import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FeedState } from '../../domain/feed/feed-message.ts';
import { nameMessage } from '../../pipeline/feed/name-message.ts';
import {
  acknowledgeMessage,
  type MessageSettled,
  resendMessage,
} from '../../pipeline/feed/settle-message.ts';
import { findMessage, listMessages, type StoredMessage } from '../../store/feed.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

const STATES = ['pending', 'sent', 'acknowledged', 'rejected', 'overdue', 'failed'] as const;

/** What somebody still waits for. */
const UNSETTLED: readonly FeedState[] = STATES.filter((state) => state !== 'acknowledged');

export function defineFeed(program: Command): void {
  const feed = program
    .command('feed')
    .description('what the ERP is told of orders, and what it has not acknowledged yet')
    .option('--po <number>', 'only on this order')
    .addOption(new Option('--state <state>', 'only in this state').choices(STATES))
    .option('--all', 'acknowledged ones as well')
    .option('--json', 'one message a line as JSON')
    .action(list);
  feed
    .command('show')
    .description('the message as it is sent')
    .argument('<id>', 'id of the message', readId)
    .action(show);
  feed
    .command('ack')
    .description('note what the ERP says of a message: it has it, or rejects it')
    .argument('<id>', 'id of the message', readId)
    .option('--reject <reason>', 'the ERP does not take it, and why')
    .option('--json', 'as JSON')
    .action((id: string, { reject }: { reject?: string }, command: Command) =>
      settle(command, (context) => acknowledgeMessage(context, id, reject)),
    );
  feed
    .command('retry')
    .description('send a message again, under the same id')
    .argument('<id>', 'id of the message', readId)
    .option('--json', 'as JSON')
    .action((id: string, _options, command: Command) =>
      settle(command, (context) => resendMessage(context, id)),
    );
}

type ListOptions = { po?: string; state?: FeedState; all?: boolean; json?: boolean };

async function list({ po, state, all, json }: ListOptions): Promise<void> {
  const states = state === undefined ? (all === true ? undefined : UNSETTLED) : [state];
  const found = await withGateway(({ db }) => listMessages(db, { states, poNumber: po }));
  for (const message of found) print(json === true ? JSON.stringify(message) : describe(message));
  if (found.length === 0) say('no such message');
}

async function show(id: string): Promise<void> {
  const message = await withGateway(({ db }) => findMessage(db, id));
  if (message === undefined) {
    say(`there is no message ${id}`);
    process.exitCode = EXIT.refused;
  } else print(message.body);
}

async function settle(
  command: Command,
  work: Parameters<typeof withGateway<MessageSettled>>[0],
): Promise<void> {
  const settled = await withGateway(work);
  // commander gives `--json` to the command above, which knows it too.
  if (command.optsWithGlobals()['json'] === true) print(JSON.stringify(settled));
  else if (settled.kind === 'done') print(settled.text);
  else say(settled.text);
  process.exitCode = settled.kind === 'done' ? EXIT.done : EXIT.refused;
}

function describe(message: StoredMessage): string {
  const { id, at, partner, state, attempts, nextAttemptAt, lastError, acknowledgeBy, settledAt, reason } =
    message;
  const said = {
    pending: attempts === 0 ? 'to be sent' : `tried ${attempts} times, next ${nextAttemptAt}: ${lastError}`,
    sent: acknowledgeBy === undefined ? 'sent' : `sent, to be acknowledged by ${acknowledgeBy}`,
    acknowledged: `acknowledged ${settledAt}`,
    rejected: `rejected: ${reason}`,
    overdue: `sent, and not acknowledged by ${acknowledgeBy}`,
    failed: `given up: ${lastError}`,
  }[state];
  return `${at.slice(0, 16)} ${partner} ${nameMessage(message)} [${id}] ${said}`;
}

function readId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It is no id of a message: `causeway feed` lists them in brackets.');
}
