import type { Mistake } from '../../lib/mistake.ts';
import { mistakeAt } from '../../lib/yaml-file.ts';
import { findText } from '../../lib/yaml-tree.ts';
import { itemsAt } from './check-partner.ts';
import type { LoadedPartner, Partner } from './load-partners.ts';

/**
 * Two partners under one identity or one login would receive each other's documents, and so would a partner and the
 * ERP. A partner whose own file is broken takes no name away from another.
 */
export function findSharedNames(
  { root }: LoadedPartner,
  others: readonly (Partner | undefined)[],
  erpUser: string | undefined,
): readonly Mistake[] {
  if (root === undefined) return [];
  const paths = itemsAt(root, ['channels']).map((_, i) => ['channels', i, 'sftp-hosted', 'user']);
  const withErp = paths.flatMap((path) => {
    if (erpUser === undefined || findText(root, path)?.text !== erpUser) return [];
    return [mistakeAt(root, path, `SFTP user "${erpUser}" is also that of the ERP in company.yaml`)];
  });
  const identity = ['identity', 'x12', 'interchange'];
  const interchange = findText(root, identity)?.text;
  const withOthers = others.flatMap((other) => {
    if (other === undefined) return [];
    const same = other.file.identity.x12.interchange === interchange;
    const message = `interchange identity ${interchange} is also that of ${other.id}`;
    const users = paths.flatMap((path) => {
      const user = findText(root, path)?.text;
      if (user === undefined || !hostedUsers(other).includes(user)) return [];
      return [mistakeAt(root, path, `SFTP user "${user}" is also that of ${other.id}`)];
    });
    return same ? [mistakeAt(root, identity, message), ...users] : users;
  });
  return [...withErp, ...withOthers];
}

function hostedUsers(partner: Partner): string[] {
  return partner.file.channels.flatMap((channel) => channel['sftp-hosted']?.user ?? []);
}
