/** What is named replaces what stands under the same key; the rest stays, in its place. */
export function mergeBy<K extends string, T extends { readonly [key in K]?: unknown }>(
  key: K,
  standing: readonly T[],
  named: readonly T[],
): T[] {
  const replaced = new Set(named.map((one) => one[key]));
  const kept = new Set(standing.map((one) => one[key]));
  return [
    ...standing.flatMap((one, i) => {
      if (!replaced.has(one[key])) return [one];
      const first = standing.findIndex((other) => other[key] === one[key]) === i;
      return first ? named.filter((other) => other[key] === one[key]) : [];
    }),
    ...named.filter((one) => !kept.has(one[key])),
  ];
}
