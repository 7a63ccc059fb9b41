import type { Configuration } from '../../src/pipeline/configuration/configuration.ts';
import { readInterchanges } from '../../src/x12/interchange/interchange.ts';

/** Our answers as their bytes say, read here by cutting at the separators and by nothing of ours. */
export function splitAnswer(bytes: Uint8Array): string[][] {
  const text = Buffer.from(bytes).toString('latin1');
  const [element, terminator] = [text[3]!, text[105]!];
  return text
    .split(terminator)
    .map((segment) => segment.trim().split(element))
    .filter(([id]) => id !== '');
}

/**
 * What an answer says in one line: TA104 and TA105, AK3, AK4, AK5 and AK9. Those that repeat are counted, interchanges
 * are told apart by a bar.
 */
export function tellAnswers(answers: readonly Uint8Array[], only: ReadonlySet<string> = TOLD): string {
  const tell = (bytes: Uint8Array) =>
    splitAnswer(bytes)
      .filter(([id]) => only.has(id!))
      .flatMap(tellSegment);
  return answers.map((bytes) => countRepeats(tell(bytes))).join(' | ');
}

const TOLD = new Set(['TA1', 'AK3', 'AK4', 'AK5', 'AK9']);

function tellSegment(segment: readonly string[]): string[] {
  switch (segment[0]) {
    case 'TA1':
      return [`TA1*${segment[4]}*${segment[5]}`];
    default:
      return [segment.join('*')];
  }
}

function countRepeats(words: readonly string[]): string {
  const told: string[] = [];
  let count = 0;
  words.forEach((word, i) => {
    count++;
    if (words[i + 1] === word) return;
    told.push(count === 1 ? word : `${word} ×${count}`);
    count = 0;
  });
  return told.join(' ');
}

/** What our own definitions find wrong with a file, in its envelopes and its sets. */
export function findFaults(bytes: Uint8Array, { standards }: Configuration): string[] {
  return [...readInterchanges(bytes, { standards })].flatMap((reading) => {
    if (reading.kind === 'junk') return [reading.problem.message];
    if (reading.kind === 'set') return reading.report.status === 'A' ? [] : [JSON.stringify(reading.report)];
    const { problems, groups } = reading.report;
    // The names under which we and they exchange are theirs to choose, codes of I05 or not.
    const faults = problems.filter(({ code }) => code !== '005' && code !== '007');
    return [...faults, ...groups.flatMap((group) => group.problems)].map(({ message }) => message);
  });
}
