import { acknowledgementOf } from '../../domain/partner/received-sets.ts';
import { assert } from '../../lib/assert.ts';
import type { Instant } from '../../lib/dates.ts';
import type { InterchangeReport, Problem } from '../../x12/interchange/report.ts';
import type { Separators } from '../../x12/scan/separators.ts';
import { USUAL_SEPARATORS } from '../../x12/write/write.ts';
import { type Configuration, heldVersion, type Partner } from '../configuration/configuration.ts';
import { type FileFacts, NOTHING_BEFORE } from '../process/facts.ts';
import { type InterpretedInterchange, interpret } from '../process/interpret.ts';
import { type Agreement, judgeFile } from '../process/judge.ts';
import { makeDocumentsWriter, makeReadingProfile } from '../process/profiles.ts';
import type { Verdict } from '../process/verdict.ts';
import { dealControlNumbers } from '../respond/control-streams.ts';
import { draftAcknowledgements } from '../respond/draft.ts';
import { type Envelope, makeEnvelope, seal } from '../respond/seal.ts';

export type Validated = {
  readonly reports: readonly InterchangeReport[];
  readonly junk: readonly Problem[];
  /** The interchanges that would go back, in the order of what they answer. */
  readonly acknowledgements: readonly Uint8Array[];
  /** Acknowledgements that could not be written, and why. */
  readonly unwritten: readonly string[];
  /** Nothing was refused, in part or whole. */
  readonly sound: boolean;
};

/**
 * Judges a file without the store: nothing is looked up, so nothing counts as a duplicate, and control numbers of
 * what would go back begin at 1. Without a partner by the standard alone: anyone may be its sender.
 */
export function validateFile(
  bytes: Uint8Array,
  configuration: Configuration,
  partner: Partner | undefined,
  now: Instant,
): Validated {
  const interpreted = interpret(bytes, {
    ...makeReadingProfile(configuration, partner),
    // Orders are not decided here, and a 997 is about syntax alone.
    readDocument: () => undefined,
  });
  const { verdicts } = judgeFile(interpreted, NO_FACTS, makeAgreement(configuration, partner));
  const acknowledgements: Uint8Array[] = [];
  const unwritten: string[] = [];
  const deal = dealControlNumbers(undefined);
  for (const verdict of verdicts) {
    const envelope = chooseEnvelope(configuration, partner, verdict.of, now);
    const drafts = draftAcknowledgements([verdict], {
      today: now.slice(0, 10),
      split: 'BP',
      ta1: partner?.file.x12.ta1 ?? 'requested',
      acknowledgement: (set) => (partner === undefined ? '997' : acknowledgementOf(partner.file, set)),
      version: partner?.file.x12.version ?? '004010',
      answerVersion: (gs08) => heldVersion(configuration, gs08),
      write: makeDocumentsWriter(configuration, partner, envelope),
    });
    unwritten.push(...drafts.unwritten.map(({ message }) => message));
    for (const draft of drafts.interchanges) {
      const version = draft.groups[0]?.version.slice(0, 5) ?? draft.interchangeVersion;
      acknowledgements.push(seal({ ...draft, version }, envelope, deal).bytes);
    }
  }
  const reports = verdicts.flatMap((verdict) => (verdict.kind === 'repeated' ? [] : [verdict.report]));
  const junk = interpreted.junk.map(({ problem }) => problem);
  return {
    reports,
    junk,
    acknowledgements,
    unwritten,
    sound: verdicts.length > 0 && verdicts.every(isSound) && junk.every((one) => one.severity === 'warning'),
  };
}

export const NO_FACTS: FileFacts = {
  interchanges: new Map(),
  live: NOTHING_BEFORE,
  tests: NOTHING_BEFORE,
  testBlankets: [],
  // No order is decided: nothing but the sums of what was ordered is looked at.
  shared: { prices: { ordered: new Map() } } as unknown as FileFacts['shared'],
};

export function isSound(verdict: Verdict): boolean {
  if (verdict.kind !== 'taken') return verdict.kind === 'repeated';
  return verdict.report.groups.every((group) => group.status === 'A' || group.status === 'E');
}

export function makeAgreement(configuration: Configuration, partner: Partner | undefined): Agreement {
  return {
    partner: partner?.file.identity.x12.interchange,
    company: partner === undefined ? undefined : configuration.company?.identity.x12.interchange,
    receives: () => true,
    separateTests: true,
    testing: false,
  };
}

/** Without a partner the answer goes back under the names and separators of what came. */
function chooseEnvelope(
  configuration: Configuration,
  partner: Partner | undefined,
  of: InterpretedInterchange,
  now: Instant,
): Envelope {
  if (partner !== undefined) {
    assert(configuration.company !== undefined, 'a partner is sound only beside a sound company.yaml');
    return makeEnvelope(configuration.company, partner.file, now);
  }
  const { header, groups } = of.reading.report;
  const group = groups[0]?.header;
  const [sender, receiver] = [sayIdentity(header.elements, 5), sayIdentity(header.elements, 7)];
  return {
    us: { interchange: receiver, group: sayName(group?.receiver) || sayName(receiver.slice(3)) },
    them: { interchange: sender, group: sayName(group?.sender) || sayName(sender.slice(3)) },
    separators: chooseSeparators(of.reading.separators),
    newline: false,
    charset: 'utf-8',
    onSeparatorInData: 'replace',
    now,
  };
}

/** Who sent it or was meant, as an ISA of ours can say it: what came may be the very thing that is wrong. */
function sayIdentity(elements: readonly string[], at: number): string {
  const [qualifier = '', id = ''] = [elements[at], elements[at + 1]];
  const known = /^[0-9A-Za-z]{2}$/.test(qualifier) ? qualifier : 'ZZ';
  return `${known}:${id.replace(/[^\x20-\x7e]/g, ' ').slice(0, 15)}`;
}

/** GS02 and GS03 as they came, as far as no separator can be in them. */
function sayName(name = ''): string {
  return name
    .replace(/[^\w .&/()+-]/g, ' ')
    .slice(0, 15)
    .trim();
}

/** Theirs, unless a sign of theirs is part of what is wrong: two of a kind, or one that data holds. */
function chooseSeparators(theirs: Separators): Separators {
  const { element, component, repetition, terminator } = theirs;
  const signs = [element, component, terminator, ...(repetition === undefined ? [] : [repetition])];
  const distinct = new Set(signs).size === signs.length;
  const usable = signs.every((sign) => sign < 0x80 && !/[\w .&/()+-]/.test(String.fromCharCode(sign)));
  return distinct && usable ? theirs : USUAL_SEPARATORS;
}
