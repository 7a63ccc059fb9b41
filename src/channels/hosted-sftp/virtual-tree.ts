import type { Attributes, FileEntry } from 'ssh2';
import type { MailboxEntry } from './mailbox.ts';
import { refuse } from './refusal.ts';

/**
 * All that a partner can name: `/`, three folders and the files right in them. A path never reaches a disk, so
 * there is nothing to climb out of; a file name is a label that is compared and stored, never opened.
 */
export type Folder = 'inbound' | 'outbound' | 'archive';

export type Place =
  | { readonly kind: 'root' }
  | { readonly kind: 'folder'; readonly folder: Folder; readonly inbox?: string }
  | { readonly kind: 'file'; readonly folder: Folder; readonly name: string }
  | { readonly kind: 'nowhere' };

export const folders: readonly Folder[] = ['archive', 'inbound', 'outbound'];

const LONGEST_PATH = 4096;
const LONGEST_NAME = 255;

/** NUL, newlines and other controls, and the marks that let a name be shown as another (Trojan source). */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** `..` is resolved within the tree and never leaves it. */
export function normalizePath(path: string): string {
  if (path.length > LONGEST_PATH) throw refuse('The path is too long');
  if (UNSAFE.test(path)) throw refuse('The name has characters that are not allowed');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return `/${steps.join('/')}`;
}

/** `inboxes` are the folders that /inbound has: what lies in one has its name before its own. */
export function findPlace(path: string, inboxes: readonly string[] = []): Place {
  const [top, name, ...deeper] = normalizePath(path).slice(1).split('/');
  if (top === undefined || top === '') return { kind: 'root' };
  const folder = folders.find((known) => known === top);
  if (folder === undefined) return { kind: 'nowhere' };
  if (name === undefined) return { kind: 'folder', folder };
  const inbox = folder === 'inbound' && inboxes.includes(name) ? name : undefined;
  const [inner, ...tooDeep] = inbox === undefined ? [name, ...deeper] : deeper;
  if (inner === undefined) return { kind: 'folder', folder, inbox: inbox! };
  if (tooDeep.length > 0) return { kind: 'nowhere' };
  checkName(inner);
  return { kind: 'file', folder, name: inbox === undefined ? inner : `${inbox}/${inner}` };
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw refuse('The file name is longer than 255 bytes');
  // `..\..\x` is one name here and a path to whoever later saves it on Windows.
  if (name.includes('\\')) throw refuse('The file name has a backslash');
}

const DIRECTORY = 0o040000;
const REGULAR = 0o100000;

export function describeFolder(at: Date): Attributes {
  return withTimes(DIRECTORY | 0o755, 4096, at.getTime());
}

export function describeFile(folder: Folder, size: number, at: Date): Attributes {
  return withTimes(REGULAR | (folder === 'archive' ? 0o444 : 0o644), size, at.getTime());
}

export function describeEntry(folder: Folder, entry: MailboxEntry): Attributes {
  return describeFile(folder, entry.size, new Date(entry.at));
}

function withTimes(mode: number, size: number, milliseconds: number): Attributes {
  const seconds = Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1000) : 0;
  return { mode, uid: 0, gid: 0, size, atime: seconds, mtime: seconds };
}

/** A line of a listing. Clients parse `longname` as what OpenSSH's server prints, `ls -l` in the C locale. */
export function listEntry(filename: string, attrs: Attributes, now: Date): FileEntry {
  const links = (attrs.mode & DIRECTORY) === DIRECTORY ? 2 : 1;
  const longname = [
    formatMode(attrs.mode),
    String(links).padStart(3),
    'partner '.padEnd(8),
    'partner '.padEnd(8),
    String(attrs.size).padStart(8),
    formatTime(new Date(attrs.mtime * 1000), now),
    filename,
  ].join(' ');
  return { filename, longname, attrs };
}

function formatMode(mode: number): string {
  const letters = ['r', 'w', 'x'].join('').repeat(3);
  const bits = [...letters].map((letter, place) => (mode & (0o400 >> place) ? letter : '-'));
  return ((mode & DIRECTORY) === DIRECTORY ? 'd' : '-') + bits.join('');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HALF_A_YEAR = 182 * 24 * 3600 * 1000;

function formatTime(time: Date, now: Date): string {
  const day = `${MONTHS[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
  const age = now.getTime() - time.getTime();
  const recent = age > -60_000 && age < HALF_A_YEAR;
  return `${day} ${recent ? time.toISOString().slice(11, 16) : ` ${time.getUTCFullYear()}`}`;
}
