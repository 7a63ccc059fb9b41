import type { Figure } from './figure.ts';

/** What can be measured: `npm run bench -- read [--json] [--quick]`. */
const BENCHES: Readonly<Record<string, () => Promise<{ measure: (quick: boolean) => Promise<Figure[]> }>>> = {
  read: () => import('./read.ts'),
  limits: () => import('./limits.ts'),
  pipeline: () => import('./pipeline.ts'),
  large: () => import('./large.ts'),
  import: () => import('./import.ts'),
  decide: () => import('./decide.ts'),
  certificates: () => import('./certificates.ts'),
  labels: () => import('./labels.ts'),
};

const name = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const bench = name === undefined ? undefined : BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--json] [--quick]\n`);
  process.exitCode = 2;
} else {
  const figures = await (await bench()).measure(process.argv.includes('--quick'));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ bench: name, figures })}\n`);
  else
    for (const { name: what, value, unit } of figures)
      process.stdout.write(`${what.padEnd(60)} ${value} ${unit}\n`);
}
