import { receive, SAMPLE } from './receive.ts';

/** Run in a process of its own, so that its memory is that of one order of 100,000 lines and its 855. */
const LINES = 100_000;

const lines = Array.from(
  { length: LINES },
  (_, i) =>
    `PO1*${i + 1}*${(i % 90) + 1}*EA*3.25*PE*BP*PART-${String(i).padStart(6, '0')}~PID*F****HEX BOLT GRADE 8~`,
);
const order = SAMPLE.replace(/PO1\*1\*.*?(?=CTT)/, lines.join(''))
  .replace(/CTT\*2\*\d+/, `CTT*${LINES}`)
  .replace('SE*13*', `SE*${2 * LINES + 10}*`);
const bytes = Buffer.from(order, 'latin1');

let last = performance.now();
let blocked = 0;
const beat = setInterval(() => {
  blocked = Math.max(blocked, performance.now() - last);
  last = performance.now();
}, 1);
await new Promise((resolve) => setTimeout(resolve, 20));
const start = performance.now();
const { orders, replies, answer } = receive(bytes);
const seconds = (performance.now() - start) / 1000;
await new Promise((resolve) => setTimeout(resolve, 20));
clearInterval(beat);
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  JSON.stringify({ bytes: bytes.length, orders, replies, answer, seconds, peak, blocked }),
);
