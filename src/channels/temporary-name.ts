/**
 * Names that senders give a file that is not complete yet; the real name follows by a rename. `.filepart` is
 * WinSCP's, `.partial` rclone's.
 */
export function isTemporaryName(name: string): boolean {
  return /(^|\/)\./.test(name) || /\.(tmp|part|partial|filepart)$/i.test(name);
}
