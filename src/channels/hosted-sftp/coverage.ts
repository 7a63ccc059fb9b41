/** Which bytes of a file have passed, when pipelined requests come a little out of order. */
export class Coverage {
  #until: number;
  /** Ranges beyond the first gap: start → end. */
  readonly #ahead = new Map<number, number>();

  constructor(from: number) {
    this.#until = from;
  }

  /** End of what has no gap. */
  get until(): number {
    return this.#until;
  }

  get end(): number {
    return Math.max(this.#until, ...this.#ahead.values());
  }

  get hasGap(): boolean {
    return this.#ahead.size > 0;
  }

  add(start: number, end: number): void {
    if (end <= this.#until) return;
    this.#ahead.set(start, Math.max(end, this.#ahead.get(start) ?? 0));
    for (let grew = true; grew; ) {
      grew = false;
      for (const [from, to] of this.#ahead) {
        if (from > this.#until) continue;
        this.#ahead.delete(from);
        grew ||= to > this.#until;
        this.#until = Math.max(this.#until, to);
      }
    }
  }
}
