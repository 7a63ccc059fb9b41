/** Where the bytes of a UUID stand in its text, two digits each. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DIGITS = Buffer.from('0123456789abcdef');

/**
 * UUID version 7 (RFC 9562): sorts by time, and within a millisecond by the order of making. Its text is written in one
 * piece: one that is joined of parts is put together later, by whoever first reads it, and every row has several.
 */
export function createIds(clock: () => number, random: (size: number) => Uint8Array): () => string {
  let last = 0;
  let counter = 0;
  let pool: Uint8Array = new Uint8Array(0);
  let drawn = 0;
  const bytes = Buffer.alloc(16);
  const text = Buffer.from('00000000-0000-0000-0000-000000000000');
  return () => {
    const now = clock();
    // rand_a counts within a millisecond; when it is full, or the clock went back, time is borrowed from the future.
    if (now > last) [last, counter] = [now, 0];
    else if (++counter > 0xfff) [last, counter] = [last + 1, 0];
    // The system is asked for the random bytes of many ids at once: asking takes longer than all the rest.
    if (drawn === pool.length) [pool, drawn] = [random(8 * 512), 0];
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    for (let i = 8; i < 16; i++) bytes[i] = pool[drawn++]!;
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    for (let i = 0; i < 16; i++) {
      const place = PLACES[i]!;
      text[place] = DIGITS[bytes[i]! >> 4]!;
      text[place + 1] = DIGITS[bytes[i]! & 0xf]!;
    }
    return text.toString('latin1');
  };
}
