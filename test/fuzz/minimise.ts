/** Leaves out ever smaller pieces as long as what is left fails in the same way. */
export function minimise(bytes: Buffer, fails: (bytes: Buffer) => boolean): Buffer {
  let small = bytes;
  if (!fails(small)) return small;
  for (let size = largestPower(small.length); size >= 1; size = size / 2) {
    for (let at = 0; at < small.length; ) {
      const without = Buffer.concat([small.subarray(0, at), small.subarray(at + size)]);
      if (fails(without)) small = without;
      else at += size;
    }
  }
  return small;
}

function largestPower(length: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(1, length)));
}
