import test from 'ava';
import { runFuzz } from './fuzz.ts';
import { createRandom } from './random.ts';
import { listSeeds } from './seeds.ts';

const EXECUTIONS = 10_000;

test(`given ${EXECUTIONS} mutated files, every invariant holds and none takes a second`, (t) => {
  const seeds = listSeeds().map(({ bytes }) => bytes);
  const finds: string[] = [];

  const { executions, documents, slowest } = runFuzz({
    random: createRandom(20260105),
    seeds,
    tell: ({ what, bytes, stack }) =>
      finds.push(`${what}\n${JSON.stringify(bytes.toString('latin1'))}\n${stack}`),
    goOn: (progress) => progress.executions < EXECUTIONS,
  });

  t.deepEqual(finds, []);
  t.log(`slowest ${slowest.toFixed(0)} ms`);
  t.true(executions >= EXECUTIONS);
  t.true(
    documents > EXECUTIONS / 10,
    `${documents} documents: most of what is tried must not be refused at its door`,
  );
});

test('given the same seed, the same inputs are tried', (t) => {
  const seeds = listSeeds().map(({ bytes }) => bytes);
  const watchInputs = () => {
    const inputs: string[] = [];
    runFuzz({
      random: createRandom(7),
      seeds: seeds.slice(0, 5),
      watch: (bytes) => inputs.push(bytes.toString('latin1')),
      tell: () => undefined,
      goOn: (progress) => progress.executions < 100,
    });
    return inputs;
  };

  t.deepEqual(watchInputs(), watchInputs());
});
