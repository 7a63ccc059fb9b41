const WIDTH = 11;

/** Lines under one word at their left; none where there is nothing to say. */
export function labelled(label: string, said: readonly string[]): string[] {
  return said.map((one, i) => `  ${(i === 0 ? label : '').padEnd(WIDTH)}${one}`);
}
