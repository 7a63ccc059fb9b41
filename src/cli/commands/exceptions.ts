import { userInfo } from 'node:os';
import { styleText } from 'node:util';
import { type Command, InvalidArgumentError } from 'commander';
import type { ChoiceArguments } from '../../domain/exception/choices.ts';
import { EXCEPTION_KINDS, findKind } from '../../domain/exception/exception-kinds.ts';
import { suggest } from '../../lib/suggest.ts';
import { chooseResolution } from '../../pipeline/choose-resolution.ts';
import { describeException, describeExceptions } from '../../pipeline/describe-exceptions.ts';
import { ruleOrder } from '../../pipeline/revise/rule-order.ts';
import { findException, listExceptions, resolveException } from '../../store/exceptions.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('what waits for a person, the most urgent first')
    .option('--team <name>', 'only of this team')
    .option('--partner <id>', 'only of this partner')
    .option('--kind <kind>', 'only of this kind', readKind)
    .option('--all', 'resolved ones as well')
    .option('--json', 'one exception a line as JSON')
    .option('--resolve <id>', 'note this one as resolved, whatever its kind')
    .option('--how <text>', 'what was done about it; needed with --resolve')
    .action(list);
  exceptions
    .command('show')
    .description('all of one exception, and the command for each of its choices')
    .argument('<id>', 'id of the exception', readId)
    .action((id: string, _options, command: Command) => show(id, command.optsWithGlobals()));
  exceptions
    .command('choose')
    .description('resolve an exception by one of its choices')
    .argument('<id>', 'id of the exception', readId)
    .argument('<choice>', 'as `exceptions show` lists them')
    .option('--line <number>', 'line of the order (PO101), where the exception names none')
    .option('--price <decimal>', 'price per unit')
    .option('--basis <code>', 'what the price is for (PO105)')
    .option('--item <number>', 'number of our item')
    .option('--quantity <decimal>', 'in the unit of the line')
    .option('--serials <list>', 'of what left: A1,A2,…')
    .option('--po <number>', 'PO number that the partner gave')
    .option('--date <day>', 'day on which it ships, such as 2026-12-24')
    .option('--reason <text>', 'why; kept with the order')
    .action(choose);
}

type Options = {
  team?: string;
  partner?: string;
  kind?: string;
  all?: boolean;
  json?: boolean;
  resolve?: string;
  how?: string;
};

async function list(options: Options): Promise<void> {
  if (options.resolve !== undefined) return resolve(options.resolve, options.how);
  const { team, partner, kind } = options;
  const state = options.all === true ? 'all' : 'open';
  const { found, now } = await withGateway(async ({ db, clock }) => ({
    found: await listExceptions(db, { state, team, partner, kind }),
    now: clock(),
  }));
  if (options.json === true) for (const one of found) print(JSON.stringify(one));
  else for (const line of describeExceptions(found, now, alarm)) print(line);
  if (found.length === 0) say('nothing waits for a person');
}

async function show(id: string, { json }: Options): Promise<void> {
  const { found, now } = await withGateway(async ({ db, clock }) => ({
    found: await findException(db, id),
    now: clock(),
  }));
  if (found === undefined) {
    say(`there is no exception ${id}`);
    process.exitCode = EXIT.refused;
  } else if (json === true) print(JSON.stringify(found));
  else for (const line of describeException(found, now, alarm)) print(line);
}

async function choose(id: string, choice: string, given: ChoiceArguments): Promise<void> {
  const by = userInfo().username;
  const chosen = await withGateway((context) =>
    chooseResolution(context, { id, choice, given, by }, ruleOrder),
  );
  if (chosen.kind === 'done') print(chosen.text);
  else for (const message of chosen.messages) say(message);
  process.exitCode = chosen.kind === 'done' ? EXIT.done : EXIT.refused;
}

async function resolve(id: string, how: string | undefined): Promise<void> {
  if (how === undefined || !isId(id)) {
    throw new WrongCall('--resolve takes the id of an exception, and --how says what was done about it');
  }
  const resolved = await withGateway(({ db, clock }) =>
    resolveException(db, id, { at: clock(), by: userInfo().username, resolution: how }),
  );
  say(resolved ? 'resolved' : `there is no open exception ${id}`);
  process.exitCode = resolved ? EXIT.done : EXIT.refused;
}

/** Red as Node decides for stdout: a terminal that has colours, NO_COLOR and FORCE_COLOR. */
function alarm(text: string): string {
  return styleText('red', text, { stream: process.stdout });
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function readId(text: string): string {
  if (isId(text)) return text;
  throw new InvalidArgumentError(
    'It is no id of an exception: `causeway exceptions` lists them in brackets.',
  );
}

function readKind(kind: string): string {
  if (findKind(kind) !== undefined) return kind;
  throw new InvalidArgumentError(`There is no such kind${suggest(kind, Object.keys(EXCEPTION_KINDS))}.`);
}
