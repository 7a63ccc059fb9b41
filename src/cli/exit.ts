/** What the shell sees. 2 for a wrong call is commander's and `WrongCall`'s; 70 a bug or fault of ours. */
export const EXIT = { done: 0, refused: 1, wrongCall: 2, fault: 70 } as const;

/** The command was called wrongly: an unknown partner, a file that is not there. Exit code 2. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall';
}

/** Results go to stdout, talk to stderr. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Waits until stdout has taken what was printed, so that a pipe to a slow reader does not fill memory. */
export function printBytes(bytes: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
