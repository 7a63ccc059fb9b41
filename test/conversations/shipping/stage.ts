import { fileURLToPath } from 'node:url';
import type { Context } from '../../../src/context.ts';
import type { Shipment } from '../../../src/domain/shipment/shipment.ts';
import { billLane } from '../../../src/pipeline/bill/bill-lane.ts';
import { certifyLane } from '../../../src/pipeline/certify/certify-lane.ts';
import { importMasterData } from '../../../src/pipeline/import/import-master-data.ts';
import { tellShipment } from '../../../src/pipeline/ship/take-report.ts';
import type { Lasting } from '../../support/database.ts';
import { type Lanes, openLanes } from '../../support/gateway-lane.ts';
import { type Arrived, drainMails, startMailServer, withMail } from '../../support/mail-server.ts';
import { acceptGroup, type GroupToSend, type SetToSend, writeFile } from './write-file.ts';

const PARTNERS = fileURLToPath(new URL('partners', import.meta.url));
const DAY = 86_400_000;
/** Mails are told apart by what is different each time. */
const MAIL_ID = /<[0-9a-f-]{36}@/;

/** CSV by kind, in an order in which they can be imported. */
export type World = Readonly<Record<string, string>>;

/** One partner, our warehouse, and whoever acts in between; all that is exchanged is written down. */
export type Stage = Lanes & {
  readonly partner: string;
  /** What it sent. */
  readonly received: readonly Uint8Array[];
  /** Says in words what somebody does now. */
  readonly say: (text: string) => void;
  /** The partner sends an order. */
  readonly order: (body: readonly string[]) => Promise<void>;
  /** The partner accepts all that it was sent and has not answered yet. */
  readonly accept: () => Promise<void>;
  /** The warehouse tells of a shipment; what follows is certified, billed and mailed. */
  readonly ship: (content: Omit<Shipment, 'kind' | 'purpose'> & Partial<Shipment>) => Promise<void>;
  /** Does what waits for its lane. */
  readonly work: () => Promise<void>;
  readonly wait: (days: number) => void;
  /** What the mail server took. */
  readonly mails: readonly Arrived[];
  readonly transcript: () => string;
};

export async function openStage(t: Lasting, partner: string, world: World): Promise<Stage> {
  const server = await startMailServer(t);
  const tracking = { UPSN: 'https://www.ups.example/track?num={number}' };
  const lanes = await openLanes(t, {
    folder: PARTNERS,
    alter: (context) => withMail(context, server.port, { tracking }),
  });
  const { context } = lanes;
  for (const [kind, csv] of Object.entries(world)) await importAll(context, kind, csv);
  const { file } = context.configuration().partners.get(partner)!;
  const log = openLog(lanes, partner, server.arrived);
  const signal = new AbortController().signal;
  const received: Uint8Array[] = [];
  let control = 0;
  const send = async (group: GroupToSend) => {
    control += 1;
    const bytes = writeFile(file, context.clock(), control, group);
    received.push(bytes);
    log.show(`→ ${group.sets[0]!.set}`, bytes);
    await lanes.send(partner, bytes);
    await log.note();
  };
  const work = async () => {
    await certifyLane(context, signal);
    await billLane(context, signal);
    await drainMails(context);
    await log.note();
  };
  return {
    ...lanes,
    partner,
    received,
    say: log.say,
    order: async (body) => {
      await send({ functionalId: 'PO', sets: [{ set: '850', body }] });
      await work();
    },
    accept: async () => {
      const sets = await listAnswerable(lanes, partner);
      if (sets.length > 0) await send({ functionalId: 'FA', sets });
    },
    ship: async (content) => {
      const told = { kind: 'shipment', purpose: 'original', ...content } as const;
      log.say(`the warehouse tells of shipment ${told.number ?? '(no number)'}: ${told.purpose}`);
      const answered = await tellShipment(context, { origin: 'command', content: told });
      const { state, version = 0, reasons = [] } = answered;
      log.say(`it is ${[`${state}, version ${version}`, ...reasons.map(({ text }) => text)].join('; ')}`);
      await log.note();
      await work();
    },
    work,
    wait: (days) => lanes.advance(days * DAY),
    mails: server.arrived,
    transcript: log.text,
  };
}

async function importAll(context: Context, kind: string, csv: string): Promise<void> {
  const known = kind as Parameters<typeof importMasterData>[1];
  const { mistakes } = await importMasterData(context, known, `${csv.trim()}\n`);
  if (mistakes.length > 0) throw new Error(`${kind}: ${JSON.stringify(mistakes)}`);
}

/** A 997 for each group of ours that waits for one. */
async function listAnswerable({ context, outbound }: Lanes, partner: string): Promise<readonly SetToSend[]> {
  const waiting = await context
    .db('document')
    .where({ partner, direction: 'out', acknowledgement: 'waiting' })
    .select('functional_id', 'group_control');
  const keys = new Set(waiting.map((one) => `${one.functional_id} ${one.group_control}`));
  return (await outbound(partner)).flatMap(({ groups, sets }) =>
    groups.flatMap(({ functionalId, control }) =>
      keys.has(`${functionalId} ${control}`)
        ? [
            acceptGroup(
              functionalId,
              control,
              sets.filter(({ group }) => group === control),
            ),
          ]
        : [],
    ),
  );
}

/** What happened since it was last looked at: events, questions, files, mails. */
function openLog({ context, events, exceptions, file }: Lanes, partner: string, arrived: readonly Arrived[]) {
  const lines: string[] = [];
  const seen = { events: 0, mails: 0 };
  const known = new Set<string>();
  const show = (head: string, bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString('utf8');
    const segments = text.split(/(?<=~)\n?/).filter((segment) => segment !== '');
    lines.push(head, ...segments.map((segment) => `    ${segment}`));
  };
  const note = async () => {
    for (const { kind, text } of (await events(partner)).slice(seen.events)) {
      lines.push(`  ${kind}: ${text.replace(MAIL_ID, '<…@')}`);
      seen.events += 1;
    }
    for (const { id, kind, team, dueAt, message } of (await exceptions(partner)).toReversed()) {
      if (!known.has(id)) lines.push(`  ! ${kind} for ${team}, due ${dueAt}: ${message}`);
      known.add(id);
    }
    const files = context.db('file').where({ partner, direction: 'out' }).orderBy('id').select('id', 'name');
    for (const { id, name } of await files) {
      if (known.has(id)) continue;
      known.add(id);
      const { bytes } = await file(id);
      if (name.endsWith('.edi')) show(`← ${name}`, bytes);
      else lines.push(`← ${name}`);
    }
    for (const { to, mail } of arrived.slice(seen.mails)) {
      const attached = mail.attachments.map(({ filename }) => filename).join(', ');
      lines.push(`✉ ${to}: ${mail.subject}${attached === '' ? '' : ` (${attached})`}`);
      seen.mails += 1;
    }
  };
  return {
    show,
    note,
    say: (text: string) => void lines.push(`· ${text}`),
    text: () => `${lines.join('\n')}\n`,
  };
}
