import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('samples/', import.meta.url);

export type Sample = {
  /** `004010/850-stand-alone`. */
  readonly name: string;
  readonly version: string;
  readonly bytes: Uint8Array;
};

/** Every sample, by version and name: `samples/<version>/<set>-<what>.edi`, or `mixed-<what>.edi` with several sets. */
export function listSamples(): readonly Sample[] {
  return readdirSync(FOLDER).flatMap((version) =>
    readdirSync(new URL(`${version}/`, FOLDER)).map((file) => ({
      name: `${version}/${file.replace(/\.edi$/, '')}`,
      version,
      bytes: readFileSync(new URL(`${version}/${file}`, FOLDER)),
    })),
  );
}
