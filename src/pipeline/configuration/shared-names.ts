import type { Mistake } from '../../lib/mistake.ts';
import { mistakeAt } from '../../lib/yaml-file.ts';
import { findText } from '../../lib/yaml-tree.ts';
import { itemsAt } from './check-partner.ts';
import type { LoadedPartner, Partner } from './load-partners.ts';

/**
 * Two partners under one identity or one login would receive each other's documents. A partner whose own file is
 * broken takes no name away from another.
 */
export function findSharedNames(
  { root }: LoadedPartner,
  others: readonly (Partner | undefined)[],
): readonly Mistake[] {
  if (root === undefined) return [];
  const identity = ['identity', 'x12', 'interchange'];
  const interchange = findText(root, identity)?.text;
  return others.flatMap((other) => {
    if (other === undefined) return [];
    const same = other.file.identity.x12.interchange === interchange;
    const message = `interchange identity ${interchange} is also that of ${other.id}`;
    const users = itemsAt(root, ['channels']).flatMap((_, i) => {
      const path = ['channels', i, 'sftp-hosted', 'user'];
      const user = findText(root, path)?.text;
      if (user === undefined || !hostedUsers(other).includes(user)) return [];
      return [mistakeAt(root, path, `SFTP user "${user}" is also that of ${other.id}`)];
    });
    return same ? [mistakeAt(root, identity, message), ...users] : users;
  });
}

function hostedUsers(partner: Partner): string[] {
  return partner.file.channels.flatMap((channel) => channel['sftp-hosted']?.user ?? []);
}
