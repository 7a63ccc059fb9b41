import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** Sound files of our own, and what earlier runs found. */
const FOLDERS = [
  'partners',
  'test/sets/samples',
  'test/sets/golden',
  'test/conversations/golden',
  'test/fuzz/finds',
];

export type Seed = { readonly name: string; readonly bytes: Buffer };

export function listSeeds(folders: readonly string[] = FOLDERS): readonly Seed[] {
  return folders.flatMap((folder) => {
    const url = new URL(`${folder}/`, ROOT);
    if (!existsSync(url)) return [];
    const names = readdirSync(url, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.edi'),
    );
    return names
      .sort()
      .map((name) => ({ name: `${folder}/${name}`, bytes: readFileSync(new URL(name, url)) }));
  });
}
