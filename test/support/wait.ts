/** Asks until the answer is there; the time-out only bounds a test that fails. */
export async function waitFor<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`nothing after ${timeoutMs} ms: ${ask}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
