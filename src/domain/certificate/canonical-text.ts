/** Canonical JSON in the sense of RFC 8785, for values of strings, booleans, lists and records: keys in order, no space. */
export function writeCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  // By UTF-16 code units, as the RFC asks and as strings compare.
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${writeCanonical(one)}`).join(',')}}`;
}
