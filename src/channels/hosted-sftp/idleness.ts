/** Calls `onIdle` once nothing was asked for so long. A commit that takes its time is not idleness. */
export class Idleness {
  readonly #timer: NodeJS.Timeout;
  #working = 0;
  #ended = false;

  constructor(time: number, onIdle: () => void) {
    this.#timer = setTimeout(() => {
      if (this.#working > 0) this.#timer.refresh();
      else onIdle();
    }, time);
  }

  touch(answered: Promise<void>): void {
    this.#working += 1;
    this.#refresh();
    answered.finally(() => {
      this.#working -= 1;
      this.#refresh();
    });
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #refresh(): void {
    if (!this.#ended) this.#timer.refresh();
  }
}
