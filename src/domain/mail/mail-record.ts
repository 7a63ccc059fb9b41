import type { Instant } from '../../lib/dates.ts';
import type { Id } from '../exchange/records.ts';
import type { MailKind } from './mail-kinds.ts';
import type { MailModels } from './mail-model.ts';
import type { Thread } from './thread.ts';

/** What a mail is to say, and of what; who gets it, and in which thread, follows from the partner. */
export type MailDraft = {
  [K in MailKind]: {
    readonly kind: K;
    /** What it is about, and in which version: no second mail is made under the same key. */
    readonly key: string;
    /** Orders that it is about; the first one's thread is its thread. */
    readonly orders: readonly Id[];
    readonly test: boolean;
    readonly model: MailModels[K];
    readonly attachments?: readonly MailAttachment[] | undefined;
  };
}[MailKind];

export type MailAttachment = {
  readonly name: string;
  /** `application/pdf` */
  readonly type: string;
  readonly bytes: Uint8Array;
};

export type MailRecord = {
  readonly id: Id;
  readonly key: string;
  readonly kind: MailKind;
  readonly partner: string;
  readonly test: boolean;
  readonly order?: Id | undefined;
  readonly at: Instant;
  /** Of the partner at that time: `de`, `de-AT`. */
  readonly language: string;
  readonly model: unknown;
  readonly messageId: string;
  readonly thread: Thread;
  readonly to: readonly string[];
  readonly attachments: readonly MailAttachment[];
};

/**
 * Of a mail to one address: pending → sending → sent, or failed when the server refuses it or it was given up. doubtful:
 * it may have arrived, and only a person can find out.
 */
export type MailState = 'pending' | 'sending' | 'sent' | 'failed' | 'doubtful';
