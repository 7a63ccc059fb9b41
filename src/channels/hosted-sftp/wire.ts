import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import { deny } from './refusal.ts';
import { type Answer, ok, Responder, type Wire } from './responder.ts';
import type { Session } from './session.ts';
import { normalizePath } from './virtual-tree.ts';

/** Binds the requests of one SFTP channel to a session: one answer a request, whatever happens. */
export function serveSession(sftp: SFTPWrapper, session: Session, wire: Wire): void {
  const responder = new Responder(sftp, wire);
  const answer: Responder['answer'] = (id, work, bytes) => responder.answer(id, work, bytes);
  // After its last request OpenSSH's client waits until our side of the channel is closed as well.
  sftp.on('end', () => responder.finish());
  // ssh2 raises `error` for a malformed packet; without a listener that would end the process.
  sftp.on('error', (error: Error) => wire.cut(`malformed SFTP packet: ${error.message}`));
  sftp.on('OPEN', (id, path, flags) => answer(id, async () => handleOf(await session.openFile(path, flags))));
  sftp.on('OPENDIR', (id, path) => answer(id, async () => handleOf(await session.openFolder(path))));
  sftp.on('READDIR', (id, handle) => answer(id, () => namesOf(session.readFolder(numberOf(handle)))));
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, () => dataOf(session.read(numberOf(handle), offset, length))),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    answer(id, () => whenDone(session.write(numberOf(handle), offset, data)), data.length),
  );
  sftp.on('CLOSE', (id, handle) => answer(id, () => whenDone(session.close(numberOf(handle)))));
  sftp.on('STAT', (id, path) => answer(id, async () => attributesOf(await session.stat(path))));
  sftp.on('LSTAT', (id, path) => answer(id, async () => attributesOf(await session.stat(path))));
  sftp.on('FSTAT', (id, handle) =>
    answer(id, async () => attributesOf(await session.statHandle(numberOf(handle)))),
  );
  sftp.on('SETSTAT', (id, path, attributes) => answer(id, () => whenDone(session.setStat(path, attributes))));
  sftp.on('FSETSTAT', (id, handle, attributes) =>
    answer(id, () => whenDone(session.setHandleStat(numberOf(handle), attributes))),
  );
  sftp.on('REALPATH', (id, path) => answer(id, () => realPathOf(path)));
  sftp.on('REMOVE', (id, path) => answer(id, () => whenDone(session.remove(path))));
  sftp.on('RENAME', (id, from, to) => answer(id, () => whenDone(session.rename(from, to))));
  sftp.on('EXTENDED', (id, name, data) => answer(id, () => serveExtension(session, name, data)));
  const refuseAll = (id: number) => answer(id, () => Promise.reject(deny('Not allowed here')));
  sftp.on('MKDIR', refuseAll);
  sftp.on('RMDIR', refuseAll);
  sftp.on('SYMLINK', refuseAll);
  sftp.on('READLINK', refuseAll);
}

async function serveExtension(session: Session, name: string, data: Buffer | undefined): Promise<Answer> {
  const [first, second] = readStrings(data ?? Buffer.alloc(0));
  if (name === 'posix-rename@openssh.com' && first && second) {
    await session.rename(first.toString('utf8'), second.toString('utf8'));
    return ok;
  }
  if (name === 'fsync@openssh.com' && first) {
    session.checkHandle(numberOf(first));
    return ok;
  }
  return { kind: 'unsupported' };
}

function readStrings(data: Buffer): Buffer[] {
  const strings: Buffer[] = [];
  for (let at = 0; at + 4 <= data.length; ) {
    const length = data.readUInt32BE(at);
    if (at + 4 + length > data.length) break;
    strings.push(data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return strings;
}

function numberOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}

async function whenDone(work: Promise<void>): Promise<Answer> {
  await work;
  return ok;
}

function handleOf(id: number): Answer {
  return { kind: 'handle', id };
}

function dataOf(bytes: Uint8Array | undefined): Answer {
  return bytes ? { kind: 'data', bytes } : { kind: 'end' };
}

function namesOf(names: FileEntry[] | undefined): Answer {
  return names ? { kind: 'names', names } : { kind: 'end' };
}

function attributesOf(attributes: Attributes): Answer {
  return { kind: 'attributes', attributes };
}

function realPathOf(path: string): Answer {
  const filename = normalizePath(path);
  return { kind: 'names', names: [{ filename, longname: filename, attrs: {} as Attributes }] };
}
