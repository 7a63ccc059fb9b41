/** `; did you mean \`quantity\`?`, or the whole choice when it is short and nothing is near. */
export function suggest(name: string, known: Iterable<string>): string {
  const names = [...new Set(known)];
  const near = findNearest(name, names);
  if (near.length > 0) return `; did you mean ${near.map((n) => `\`${n}\``).join(' or ')}?`;
  if (names.length === 0 || names.length > 24) return '';
  return `; known are ${names.join(', ')}`;
}

/** The names that somebody who wrote `name` most likely meant: one, two that are equally near, or none. */
export function findNearest(name: string, known: readonly string[]): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const scored = known
    .map((candidate) => ({ candidate, score: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ score }) => score <= limit)
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  const best = scored[0]?.score;
  return scored
    .filter(({ score }) => score === best)
    .slice(0, 2)
    .map(({ candidate }) => candidate);
}

/** Levenshtein distance; a swap of neighbours counts as one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
