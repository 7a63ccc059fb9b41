import type { FileRecord } from './records.ts';

/**
 * Orders that we make in a buyer's name are files like those that it sends: an 850 by the standard, kept under the
 * buyer's name, from us to ourselves, since nobody else has written it. So nothing is decided, stored, told or traced in
 * another way than an order that came in.
 */
export const OWN_CHANNELS: readonly string[] = ['schedule', 'quote'];

/** What partners bring has the channel that brought it, so none can pass for ours. */
export function isMadeHere({ channel }: Pick<FileRecord, 'channel'>): boolean {
  return OWN_CHANNELS.includes(channel);
}
