import { relative } from 'node:path';

/** As a person would name the file: from the working folder where that is shorter. */
export function shortenPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near !== '' && near.length < path.length ? near : path;
}
