import { readInterchanges } from '../../src/x12/interchange/interchange.ts';
import type { SetReport } from '../../src/x12/interchange/report.ts';
import { findFaults, splitAnswer } from './acknowledgement.ts';
import { configuration } from './corpus.ts';
import { readWithNodeX12 } from './node-x12.ts';

/** What is wrong with an answer of ours by our own definitions, and whether node-x12 reads anything else in it. */
export function checkAnswer(answer: Uint8Array, sent: Uint8Array): string[] {
  const said = splitAnswer(answer).filter(([id]) => !ENVELOPE.has(id!));
  const read = readWithNodeX12(Buffer.from(answer).toString('latin1'));
  const differs = JSON.stringify(read) === JSON.stringify(said) ? [] : ['node-x12 reads it otherwise'];
  const faults = findFaults(answer, configuration);
  return [...(faults.length === countEchoes(answer, sent) ? [] : faults), ...differs];
}

const ENVELOPE = new Set(['ISA', 'TA1', 'IEA']);

/** Sets whose only fault is that AK101 or AK201 repeats an id that was sent, and that is what is wrong with the file. */
function countEchoes(answer: Uint8Array, sent: Uint8Array): number {
  const text = Buffer.from(sent).toString('latin1');
  let count = 0;
  for (const reading of readInterchanges(answer, configuration))
    if (reading.kind === 'set' && reading.report.status === 'R' && isEcho(reading.report, text)) count++;
  return count;
}

function isEcho({ codes, segments }: SetReport, sent: string): boolean {
  const echoed = segments.every(({ segment, elements }) => {
    const header = { AK1: 'GS', AK2: 'ST' }[segment];
    return (
      header !== undefined &&
      elements.length > 0 &&
      elements.every(({ position, value = '' }) => position === 1 && wasSent(header, value, sent))
    );
  });
  return echoed && codes.join() === '5';
}

/** Question marks stand where nothing was sent, since AK101 and AK201 are mandatory. */
function wasSent(header: string, value: string, sent: string): boolean {
  const id = /^\?+$/.test(value) ? '\\1' : RegExp.escape(value);
  return new RegExp(`${header}([^A-Z0-9])${id}`).test(sent);
}
