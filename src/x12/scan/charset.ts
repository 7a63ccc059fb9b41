/** How bytes above 127 are read: X12 itself does not say, partners do. */
export type Charset = 'utf-8' | 'latin1';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text from the Latin-1 view of its bytes. Bytes that are not UTF-8 stay what they are, one character each:
 * a replacement character would destroy what the partner sent. The validator reports them.
 */
export function latin1ToText(raw: string, charset: Charset): string {
  if (charset === 'latin1' || isAscii(raw)) return raw;
  try {
    return strictUtf8.decode(Buffer.from(raw, 'latin1'));
  } catch {
    return raw;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Characters of well-formed UTF-8 between two positions, -1 when it is not well-formed. */
export function countUtf8(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let i = start;
  while (i < end) {
    const size = utf8Size(bytes, i, end);
    if (size === 0) return -1;
    i += size;
    count++;
  }
  return count;
}

/** Bytes of the UTF-8 character at `i`, 0 when there is none: overlong forms and surrogates are refused (RFC 3629). */
function utf8Size(bytes: Uint8Array, i: number, end: number): number {
  const lead = bytes[i]!;
  if (lead < 0x80) return 1;
  const size =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (size === 0 || i + size > end) return 0;
  for (let k = 1; k < size; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return 0;
  const second = bytes[i + 1]!;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return size;
}
