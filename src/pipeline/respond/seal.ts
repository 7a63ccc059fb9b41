import type { CompanyFile, PartnerFile } from '../../domain/partner/partner.ts';
import type { Instant } from '../../lib/dates.ts';
import type { SegmentData } from '../../x12/scan/segment-data.ts';
import type { Separators } from '../../x12/scan/separators.ts';
import { type GroupEnvelope, type InterchangeEnvelope, writeInterchange } from '../../x12/write/write.ts';
import { groupStream, interchangeStream } from './control-streams.ts';

/** Under which names, separators and time interchanges leave for one partner. */
export type Envelope = {
  readonly us: { readonly interchange: string; readonly group: string };
  readonly them: { readonly interchange: string; readonly group: string };
  readonly separators: Separators;
  readonly newline: boolean;
  readonly charset: 'utf-8' | 'latin1';
  readonly onSeparatorInData: 'replace' | 'refuse';
  readonly now: Instant;
};

export function makeEnvelope(company: CompanyFile, file: PartnerFile, now: Instant): Envelope {
  return {
    us: company.identity.x12,
    them: file.identity.x12,
    separators: parseSeparators(file.x12.separators),
    newline: file.x12.newline,
    charset: file.x12.charset,
    onSeparatorInData: file.x12['separator-in-data'],
    now,
  };
}

/** `*>~` or `|>~^`: element, component, terminator and, from 00402 on, repetition. */
function parseSeparators(text: string): Separators {
  const [element, component, terminator, repetition] = [...text].map((character) => character.charCodeAt(0));
  return { element: element!, component: component!, terminator: terminator!, repetition };
}

/** An interchange to be written: its groups without control numbers and envelope. */
export type Unsealed = {
  readonly usage: 'P' | 'T';
  /** ISA12. */
  readonly version: string;
  readonly ta1s: readonly SegmentData[];
  readonly groups: readonly {
    readonly functionalId: string;
    readonly version: string;
    readonly sets: readonly {
      readonly set: string;
      readonly implementation?: string | undefined;
      readonly segments: readonly SegmentData[];
    }[];
  }[];
};

export type Sealed = {
  readonly bytes: Uint8Array;
  readonly control: string;
  readonly groupControls: readonly string[];
};

/** Gives an interchange its control numbers, in the order of its groups; sets count from 0001 in each group. */
export function seal(unsealed: Unsealed, envelope: Envelope, deal: (stream: string) => number): Sealed {
  const { us, them, now } = envelope;
  // 2026-01-05T09:15:00Z → 20260105 and 0915, in UTC.
  const date = now.slice(0, 10).replaceAll('-', '');
  const time = now.slice(11, 16).replace(':', '');
  const control = String(deal(interchangeStream(us.interchange, them.interchange))).padStart(9, '0');
  const groups = unsealed.groups.map(
    (group): GroupEnvelope => ({
      functionalId: group.functionalId,
      sender: us.group,
      receiver: them.group,
      date,
      time,
      control: String(deal(groupStream(us.interchange, them.interchange, group.functionalId))),
      version: group.version,
      sets: group.sets.map((set, i) => ({ ...set, control: String(i + 1).padStart(4, '0') })),
    }),
  );
  const isa: InterchangeEnvelope = {
    sender: splitIdentity(us.interchange),
    receiver: splitIdentity(them.interchange),
    date: date.slice(2),
    time,
    version: unsealed.version,
    control,
    usage: unsealed.usage,
    separators: envelope.separators,
    newline: envelope.newline,
    charset: envelope.charset,
    onSeparatorInData: envelope.onSeparatorInData,
    ta1s: unsealed.ta1s,
  };
  return {
    bytes: writeInterchange(isa, groups),
    control,
    groupControls: groups.map((group) => group.control),
  };
}

/** `ZZ:ACMEIND` → ISA05 and ISA06. */
function splitIdentity(identity: string): { qualifier: string; id: string } {
  return { qualifier: identity.slice(0, 2), id: identity.slice(3) };
}
