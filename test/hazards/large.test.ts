import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test from 'ava';

type Measured = {
  readonly orders: readonly string[];
  readonly replies: readonly string[];
  readonly answer: string;
  readonly seconds: number;
  /** MB. */
  readonly peak: number;
  /** Longest stretch without a turn of the event loop, in milliseconds. */
  readonly blocked: number;
};

test('an order of 100,000 lines is taken and answered within 60 s and 768 MB', async (t) => {
  const script = new URL('large-order.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const { orders, replies, answer, seconds, peak, blocked } = JSON.parse(stdout) as Measured;
  t.deepEqual([orders, replies, answer], [['PO1000001'], ['855'], 'TA1*A*000 AK5*A AK9*A*1*1*1']);
  t.true(seconds < 60, `${seconds} s`);
  t.true(peak < 768, `${peak} MB`);
  // Reading, deciding and answering wait for nothing, so that the loop stands still while they run.
  t.log(`${seconds.toFixed(1)} s, ${Math.round(peak)} MB, event loop blocked for ${Math.round(blocked)} ms`);
});
