import type { Id } from '../../domain/exchange/records.ts';
import type { PlainDate } from '../../lib/dates.ts';
import type { SegmentData } from '../../x12/scan/segment-data.ts';
import type { CanonicalDocument } from '../process/interpret.ts';
import type { JudgedChange, JudgedSet, Verdict } from '../process/verdict.ts';

/** An outbound interchange before it has control numbers. */
export type Draft = {
  /** The inbound interchange that it answers; absent where we send it of our own accord. */
  readonly answers?: Verdict | undefined;
  readonly usage: 'P' | 'T';
  /** ISA12 of what it answers, where no group gives a version. */
  readonly interchangeVersion: string;
  readonly ta1s: readonly SegmentData[];
  readonly groups: readonly DraftGroup[];
};

export type DraftGroup = {
  readonly functionalId: string;
  readonly version: string;
  readonly sets: readonly DraftSet[];
};

export type DraftSet = {
  readonly set: string;
  readonly document: CanonicalDocument;
  readonly segments: readonly SegmentData[];
  /** ST03. */
  readonly implementation?: string | undefined;
  /** The inbound set that it answers; absent for a 997 or 999, which answers a group. */
  readonly answers?: JudgedSet | undefined;
  /** The change that an 865 answers, which may have come in an earlier file. */
  readonly change?: JudgedChange | undefined;
  /** The order that it is about, where it answers nothing. */
  readonly order?: Id | undefined;
};

/** A document as segments, or what hinders it from leaving. */
export type WrittenDocument = {
  readonly segments: readonly SegmentData[];
  readonly problems: readonly string[];
};

/** Documents of one kind that are to be written. */
export type DocumentsToWrite = {
  readonly set: string;
  readonly version: string;
  readonly documents: readonly CanonicalDocument[];
};

/** Turns canonical documents into segments with the partner's map, one for one. */
export type WriteDocuments = (
  set: string,
  version: string,
  documents: readonly CanonicalDocument[],
) => readonly WrittenDocument[];

/** The same for documents of several kinds: what is read back before it leaves is then read all at once. */
export type WriteAll = (kinds: readonly DocumentsToWrite[]) => readonly (readonly WrittenDocument[])[];

export type DraftRules = {
  readonly today: PlainDate;
  /** How a line of which part ships later is answered. */
  readonly split: 'BP' | 'IA-IB';
  /** When a TA1 goes back. */
  readonly ta1: 'requested' | 'errors' | 'never';
  /** What answers the group that brought a set. */
  readonly acknowledgement: (set: string) => '997' | '999' | 'none';
  /** Whether orders are answered at all: of those that we make in the buyer's name it need not hear. */
  readonly answers?: 'acknowledge' | 'silent';
  /** Version of what we send of our own accord. */
  readonly version: string;
  /** The held version that stands for a GS08: an answer uses the version of what it answers. */
  readonly answerVersion: (gs08: string) => string;
  readonly write: WriteAll;
};

/** Something that should have been answered and could not be written. */
export type Unwritten = {
  readonly verdict: Verdict;
  readonly answers: JudgedSet | undefined;
  readonly message: string;
};

export type Drafts = { readonly interchanges: readonly Draft[]; readonly unwritten: readonly Unwritten[] };
