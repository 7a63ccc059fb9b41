import { readFileSync } from 'node:fs';
import { interchangeKey } from '../../src/domain/exchange/natural-keys.ts';
import type { Outcome } from '../../src/domain/exchange/records.ts';
import { loadConfiguration } from '../../src/pipeline/configuration/configuration.ts';
import { type FileFacts, NOTHING_BEFORE } from '../../src/pipeline/process/facts.ts';
import { interpret } from '../../src/pipeline/process/interpret.ts';
import { makeReadingProfile } from '../../src/pipeline/process/profiles.ts';
import { joinOutcome, settleFile } from '../../src/pipeline/process/settle.ts';
import { tellAnswers } from '../corpus/acknowledgement.ts';
import { makeSharedFacts } from '../support/order-facts.ts';

const root = new URL('../../', import.meta.url).pathname;

export const configuration = loadConfiguration({
  mapsFolder: `${root}maps`,
  partnersFolder: `${root}partners`,
});

/** The sample order of partner acme, as Latin-1; the trailing line end of the file is not part of it. */
export const SAMPLE = readFileSync(`${root}partners/acme/samples/850-clean.edi`, 'latin1').trimEnd();

/** What became of a file from partner acme. */
export type Received = {
  /** Numbers of the orders that it brought, T: before those kept apart as tests. */
  readonly orders: readonly string[];
  /** TA1 and 997, as `tellAnswers` says them. */
  readonly answer: string;
  /** Sets sent back other than acknowledgements. */
  readonly replies: readonly string[];
  /** Whether nothing of it was taken: the raw bytes stay, and a person looks. */
  readonly quarantined: boolean;
  readonly exceptions: readonly string[];
  readonly warnings: readonly string[];
  readonly outcome: Outcome | undefined;
};

type Memory = { readonly interchanges: Map<string, { id: string; sha256: string }> };

/** Bytes → what goes back → what becomes of the order: everything but the store. */
export function receive(input: string | Uint8Array, memory: Memory = { interchanges: new Map() }): Received {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'latin1') : input;
  const partner = configuration.partners.get('acme')!;
  const interpreted = interpret(bytes, makeReadingProfile(configuration, partner));
  const warnings = interpreted.junk.map(({ problem }) => problem.message);
  if (interpreted.interchanges.length === 0) {
    return {
      orders: [],
      answer: '',
      replies: [],
      quarantined: true,
      exceptions: [],
      warnings,
      outcome: undefined,
    };
  }
  const now = '2026-01-05T09:15:00.000Z';
  let id = 0;
  const facts: FileFacts = {
    interchanges: memory.interchanges,
    live: NOTHING_BEFORE,
    tests: NOTHING_BEFORE,
    testBlankets: [],
    shared: makeSharedFacts('acme', [], { policy: partner.file.orders }),
  };
  const { verdicts, demand, inbound, answer } = settleFile(interpreted, facts, {
    configuration,
    partner,
    mode: 'production',
    file: { channel: 'sftp-hosted', id: 'file' },
    now,
    ids: () => `id-${++id}`,
  });
  const outcome = joinOutcome(inbound, answer(new Map([...demand.keys()].map((stream) => [stream, 1]))));
  for (const one of outcome.interchanges) {
    if (one.direction === 'in' && one.status !== 'R') memory.interchanges.set(interchangeKey(one), one);
  }
  const sent = outcome.documents.filter(({ direction }) => direction === 'out').map(({ set }) => set);
  return {
    orders: outcome.orders.map((order) => (order.test ? `T:${order.poNumber}` : order.poNumber)),
    answer: tellAnswers(outcome.files.map((file) => file.bytes)).replace(/( \| )+$/, ''),
    replies: sent.filter((set) => set !== '997'),
    quarantined: verdicts.every(({ kind }) => kind === 'refused'),
    exceptions: outcome.exceptions.map(({ kind }) => kind),
    warnings,
    outcome,
  };
}
