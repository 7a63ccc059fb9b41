import type { EventRecord, FileContent } from '../domain/exchange/records.ts';
import { isOutage } from './faults.ts';
import { asBuffer } from './files.ts';
import { type Database, run, type Statement, toJson } from './query.ts';

/** A file, the event that says so, and what wakes the lane that will process it. */
export type Arrival = { readonly file: FileContent; readonly event: EventRecord; readonly wake: Wake };

export type Wake = {
  readonly task: string;
  readonly lane: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly mostAttempts: number;
};

/*
 * One statement is one transaction: the sender waits for one answer of the database, and the lock on the lane is
 * held for no longer than the commit takes.
 */
const STORE: Statement = {
  name: 'arrival-store',
  text: `
    with files as (
      insert into file (id, direction, partner, channel, name, sha256, size, at, state, attempts, reason, bytes)
      select id, direction, partner, channel, name, sha256, size, at, state, attempts, reason,
        substr($2::bytea, start, size::int)
      from json_to_recordset($1::json) as r(id uuid, direction text, partner text, channel text, name text,
        sha256 text, size bigint, at timestamptz, state text, attempts int, reason text, start int)
    ), events as (
      insert into event (id, at, partner, file_id, kind, text)
      select id, at, partner, file, kind, text
      from json_to_recordset($3::json) as r(id uuid, at timestamptz, partner text, file uuid, kind text, text text)
    )
    select wake_lane(task, lane, payload, "mostAttempts")
    from json_to_recordset($4::json) as r(task text, lane text, payload json, "mostAttempts" int)`,
};

/** Bytes that go into one transaction: it is small, so that nobody waits long for the files of others. */
const TOGETHER = 64 * 1024;

type Group = { readonly arrivals: Arrival[]; bytes: number; readonly stored: Promise<readonly Settled[]> };
type Settled = PromiseSettledResult<void>;

/** The group that is being stored, and the one that gathers behind it. */
type Line = { last: Promise<unknown>; gathering: Group | undefined };

const lines = new WeakMap<Database, Line>();

/**
 * Keeps the raw bytes, says so, and has the lane look at them: all or nothing. What arrives while others are being
 * stored goes together in the next transaction, which costs a file half of what one of its own does; each is told of its own
 * bytes, after their commit. A large file goes by itself, and nobody waits for it.
 */
export async function storeArrival(db: Database, arrival: Arrival): Promise<void> {
  const { size } = arrival.file;
  if (size > TOGETHER) return await store(db, [arrival]);
  const line = lines.get(db) ?? { last: Promise.resolve(), gathering: undefined };
  lines.set(db, line);
  const { gathering } = line;
  const group = gathering === undefined || gathering.bytes + size > TOGETHER ? gather(db, line) : gathering;
  group.bytes += size;
  const place = group.arrivals.push(arrival) - 1;
  const settled = (await group.stored)[place]!;
  if (settled.status === 'rejected') throw settled.reason;
}

/** A new group, which is stored as soon as the one before it has been. */
function gather(db: Database, line: Line): Group {
  const arrivals: Arrival[] = [];
  const stored = line.last.then(async () => {
    if (line.gathering === group) line.gathering = undefined;
    return await storeGroup(db, arrivals);
  });
  const group: Group = { arrivals, bytes: 0, stored };
  line.last = stored;
  line.gathering = group;
  return group;
}

/** Never rejects: when one of them cannot be stored, each goes by itself, so that the others do not suffer for it. */
async function storeGroup(db: Database, arrivals: readonly Arrival[]): Promise<readonly Settled[]> {
  const [whole] = await Promise.allSettled([store(db, arrivals)]);
  // After an outage nobody knows whether it was stored, and the senders will come again.
  const told = whole.status === 'fulfilled' || arrivals.length === 1 || isOutage(whole.reason);
  if (told) return arrivals.map(() => whole);
  return await Promise.allSettled(arrivals.map(async (one) => await store(db, [one])));
}

async function store(db: Database, arrivals: readonly Arrival[]): Promise<void> {
  const wakes = new Map(arrivals.map(({ wake }) => [wake.lane, wake]));
  // In the order of their names, as all who wake lanes do, so that two never wait for each other.
  const lanes = [...wakes.keys()].sort();
  // All bytes in one piece: in an array they would be written out as hexadecimal text.
  const pieces = arrivals.map(({ file }) => asBuffer(file.bytes));
  let start = 1;
  const records = arrivals.map(({ file: { bytes, ...record } }) => {
    const placed = { ...record, start };
    start += bytes.length;
    return placed;
  });
  await run(db, STORE, [
    toJson(records),
    pieces.length === 1 ? pieces[0] : Buffer.concat(pieces),
    toJson(arrivals.map(({ event }) => event)),
    toJson(lanes.map((lane) => wakes.get(lane))),
  ]);
}
