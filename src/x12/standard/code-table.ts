/** A closed code list made for looking up bytes: codes of up to four bytes become one number each. */
export type CodeTable = {
  readonly keys: Int32Array;
  readonly mask: number;
  readonly longer: ReadonlySet<string>;
};

export function createCodeTable(codes: Iterable<string>): CodeTable {
  const all = [...codes];
  const short = all.filter((code) => code.length <= 4);
  let size = 8;
  while (size < short.length * 3) size *= 2;
  const keys = new Int32Array(size);
  const mask = size - 1;
  for (const code of short) {
    const key = packBytes(Buffer.from(code, 'latin1'), 0, code.length);
    let slot = hash(key) & mask;
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    keys[slot] = key;
  }
  return { keys, mask, longer: new Set(all.filter((code) => code.length > 4)) };
}

export function hasCode(table: CodeTable, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 4) return table.longer.size > 0 && table.longer.has(latin1(bytes, start, end));
  const key = packBytes(bytes, start, end);
  if (key === 0) return false;
  const { keys, mask } = table;
  let slot = hash(key) & mask;
  while (keys[slot] !== 0) {
    if (keys[slot] === key) return true;
    slot = (slot + 1) & mask;
  }
  return false;
}

function packBytes(bytes: Uint8Array, start: number, end: number): number {
  let key = 0;
  for (let i = start; i < end; i++) key = (key << 8) | bytes[i]!;
  return key;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function hash(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
