import type { RemoteSettings } from '../../channels/remote-sftp/settings.ts';
import type { Context } from '../../context.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import type { RemoteSftp } from '../../domain/partner/partner.ts';
import { resolveSecret, resolveValue } from '../../settings.ts';
import type { Partner } from '../configuration/configuration.ts';

/** Whether we exchange documents with the partner at all. */
export function isActive(partner: Partner): boolean {
  return partner.file.status === 'live' || partner.file.status === 'testing';
}

/** The server of a partner that we fetch from and deliver to, as its file names it. */
export function findRemote(partner: Partner): RemoteSftp | undefined {
  return partner.file.channels.find((channel) => channel.sftp !== undefined)?.sftp;
}

/** With its secrets in place. Throws SecretMissing when one of them is not there. */
export function resolveRemote(
  context: Context,
  { folder }: Pick<Partner, 'folder'>,
  remote: RemoteSftp,
): RemoteSettings {
  return {
    host: resolveValue(remote.host, folder),
    port: Number(resolveValue(remote.port, folder)),
    hostKey: resolveValue(remote.hostKey, folder),
    user: remote.user,
    key: remote.key && resolveSecret(remote.key, folder),
    password: remote.password && resolveSecret(remote.password, folder),
    fetch: remote.fetch,
    afterFetch: remote.then,
    put: remote.put,
    fileBytes: context.settings.maxFileBytes,
  };
}

export function pollEveryMs(remote: RemoteSftp): number {
  return durationSeconds(remote.every) * 1000;
}
