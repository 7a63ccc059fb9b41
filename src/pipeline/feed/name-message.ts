import type { StoredMessage } from '../../store/feed.ts';

/** `change of order 4500012 (message 2)` */
export function nameMessage({ kind, poNumber, sequence }: StoredMessage): string {
  return `${kind === 'change' ? 'change of order' : kind} ${poNumber} (message ${sequence})`;
}
