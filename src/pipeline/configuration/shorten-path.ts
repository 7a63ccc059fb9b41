import { relative } from 'node:path';

/** As a person would name the file: from the working folder where it lies below it. */
export function shortenPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
