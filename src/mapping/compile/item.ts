/** A document or an object inside one, as the writer meets it. */
export type Item = Readonly<Record<string, unknown>>;
export type Get = (item: Item) => unknown;

export function compileGet(keys: readonly string[]): Get {
  const [first, second, ...rest] = keys;
  if (first === undefined) return (item) => item;
  if (second === undefined) return (item) => item[first];
  const inner = compileGet([second, ...rest]);
  return (item) => {
    const value = item[first];
    return value === undefined ? undefined : inner(value as Item);
  };
}

/** A line has one or two of the twenty lists that it may have: for those that it has not, nothing is made. */
const NONE: readonly unknown[] = [];

export function listAt(get: Get, item: Item): readonly unknown[] {
  const value = get(item);
  return Array.isArray(value) ? value : NONE;
}
