import type { Attributes, FileEntry } from 'ssh2';
import type { Inbound } from './inbound.ts';
import { findStored, listStored, type Shelf } from './stored-files.ts';
import {
  describeEntry,
  describeFile,
  describeFolder,
  folders,
  listEntry,
  type Place,
} from './virtual-tree.ts';

/** The whole tree as one session sees it. */
export type View = Shelf & { readonly inbound: Inbound; readonly inboxes: readonly string[] };

/** Undefined when there is nothing at that place. */
export async function describePlace(view: View, place: Place): Promise<Attributes | undefined> {
  switch (place.kind) {
    case 'root':
    case 'folder':
      return describeFolder(new Date());
    case 'nowhere':
      return undefined;
    case 'file': {
      if (place.folder === 'inbound') {
        const file = await view.inbound.find(place.name);
        return file && describeFile('inbound', file.size, file.at);
      }
      const entry = await findStored(view, place.folder, place.name);
      return entry && describeEntry(place.folder, entry);
    }
  }
}

export function listRoot(): FileEntry[] {
  const now = new Date();
  return ['.', '..', ...folders].map((name) => listEntry(name, describeFolder(now), now));
}

export async function listFolder(
  view: View,
  { folder, inbox }: Extract<Place, { kind: 'folder' }>,
): Promise<FileEntry[]> {
  const now = new Date();
  const list = (name: string) => listEntry(name, describeFolder(now), now);
  const dots = ['.', '..'].map(list);
  if (folder !== 'inbound') {
    const entries = await listStored(view, folder);
    return [...dots, ...entries.map((entry) => listEntry(entry.name, describeEntry(folder, entry), now))];
  }
  const prefix = inbox === undefined ? '' : `${inbox}/`;
  const files = [...(await view.inbound.list())].flatMap(([name, file]) => {
    const own = name.startsWith(prefix) ? name.slice(prefix.length) : '/';
    return own.includes('/') ? [] : [listEntry(own, describeFile(folder, file.size, file.at), now)];
  });
  return [...dots, ...(inbox === undefined ? view.inboxes.map(list) : []), ...files];
}
