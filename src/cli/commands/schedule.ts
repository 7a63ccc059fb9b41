import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import {
  type ScheduleChanged,
  settleRelease,
  turnSchedule,
} from '../../pipeline/recurrence/change-by-hand.ts';
import { describeSchedule, reportSchedules } from '../../pipeline/recurrence/report-schedules.ts';
import { EXIT, print, say } from '../exit.ts';
import { readDay } from '../read-day.ts';
import { withGateway } from '../with-gateway.ts';

const TURNS = {
  pause: 'make no releases until it is resumed',
  resume: 'go on; what fell due in the pause is not made',
  cancel: 'make no releases any more',
} as const;

const SETTLEMENTS = {
  release: 'make the release of a day now, early or late; never twice',
  skip: 'never make the release of a day',
} as const;

export function defineSchedule(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('standing orders, and their next releases')
    .option('--partner <id>', 'only of this partner')
    .option('--po <number>', 'only of this blanket order')
    .option('--json', 'one schedule a line as JSON')
    .action(list);
  for (const [turn, description] of Object.entries(TURNS) as [keyof typeof TURNS, string][])
    schedule
      .command(turn)
      .description(description)
      .argument('<schedule>')
      .action((id: string) => change((context) => turnSchedule(context, id, turn, whoAmI())));
  for (const [wish, description] of Object.entries(SETTLEMENTS) as [keyof typeof SETTLEMENTS, string][])
    schedule
      .command(wish)
      .description(description)
      .argument('<schedule>')
      .argument('<day>', 'such as 2026-12-07', readDay)
      .action((id: string, day: string) =>
        change((context) => settleRelease(context, id, day, wish, whoAmI())),
      );
}

async function list(options: { partner?: string; po?: string; json?: boolean }): Promise<void> {
  const filter = { partner: options.partner, poNumber: options.po };
  const schedules = await withGateway(({ db, clock }) => reportSchedules(db, filter, clock().slice(0, 10)));
  for (const one of schedules) {
    if (options.json === true) print(JSON.stringify(one));
    else print(`${one.partner} ${one.poNumber}  ${describeSchedule(one)}`);
  }
  if (schedules.length === 0)
    say('no such schedule: `causeway import release-schedules FILE` brings them in');
}

async function change(work: (context: Context) => Promise<ScheduleChanged>): Promise<void> {
  const { kind, text } = await withGateway(work);
  if (kind === 'done') print(text);
  else say(text);
  process.exitCode = kind === 'done' ? EXIT.done : EXIT.refused;
}

function whoAmI(): string {
  return userInfo().username;
}
