/** UUID version 7 (RFC 9562): sorts by time, and within a millisecond by the order of making. */
export function createIds(clock: () => number, random: (size: number) => Uint8Array): () => string {
  let last = 0;
  let counter = 0;
  let pool = Buffer.alloc(0);
  // The system is asked for the random bytes of many ids at once: asking takes longer than all the rest.
  const draw = () => {
    if (pool.length < 16) pool = Buffer.from(random(16 * 256));
    const bytes = pool.subarray(0, 16);
    pool = pool.subarray(16);
    return bytes;
  };
  return () => {
    const now = clock();
    // rand_a counts within a millisecond; when it is full, or the clock went back, time is borrowed from the future.
    if (now > last) [last, counter] = [now, 0];
    else if (++counter > 0xfff) [last, counter] = [last + 1, 0];
    const bytes = draw();
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
