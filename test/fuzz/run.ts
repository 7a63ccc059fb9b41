import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCoverage } from './coverage.ts';
import { type Find, type Progress, runFuzz } from './fuzz.ts';
import { createRandom } from './random.ts';
import { listSeeds } from './seeds.ts';
import { startWatchdog } from './watchdog.ts';

/** `npm run fuzz -- --seconds 3600 --seed 7`: docs/fuzzing.md. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    executions: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(tmpdir(), 'causeway-fuzz') },
    blind: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds ?? (values.executions === undefined ? 60 : Number.POSITIVE_INFINITY));
const most = Number(values.executions ?? Number.POSITIVE_INFINITY);

const started = performance.now();
const [seeds, coverage] = [listSeeds(), values.blind ? undefined : startCoverage()];
let [last, memory] = [started, 0];
say(`seed ${values.seed}, ${seeds.length} files to begin with, finds go to ${values.out}`);
const end = runFuzz({
  random: createRandom(Number(values.seed)),
  seeds: seeds.map(({ bytes }) => bytes),
  coverage,
  watch: startWatchdog(values.out),
  tell: keepFind,
  goOn: (progress) => {
    const now = performance.now();
    if (now - last >= 30_000) {
      last = now;
      describe(progress, (now - started) / 1000);
    }
    return progress.executions < most && now - started < seconds * 1000;
  },
});
describe(end, (performance.now() - started) / 1000);
process.exitCode = end.finds === 0 ? 0 : 1;

function describe({ executions, corpus, documents, finds, slowest }: Progress, passed: number): void {
  memory = Math.max(memory, process.memoryUsage().rss / 2 ** 20);
  const told = coverage?.tell();
  const reached =
    told && `${((100 * told.ran) / told.known).toFixed(1)} % of ${told.known} characters of code ran, `;
  say(
    `${passed.toFixed(0)} s: ${executions} executions, ${(executions / passed).toFixed(0)} a second, ` +
      `${reached ?? ''}corpus ${corpus}, ` +
      `${documents} documents, slowest ${slowest.toFixed(0)} ms, ${memory.toFixed(0)} MB, ${finds} finds`,
  );
}

function keepFind({ what, bytes, stack }: Find): void {
  mkdirSync(values.out, { recursive: true });
  const name = what
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 60);
  const file = join(values.out, `${name}.edi`);
  writeFileSync(file, bytes);
  writeFileSync(join(values.out, `${name}.txt`), stack);
  say(`FIND ${file}: ${JSON.stringify(what)}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
