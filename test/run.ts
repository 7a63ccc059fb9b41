import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startTestServer } from './support/database.ts';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));

/**
 * Runs every test against one PostgreSQL server and ends with the line `N passed, N failed`. Arguments go to ava:
 * `npm run test:only -- test/x12/scan.test.ts`.
 */
const server = await startTestServer();
try {
  const { code, output } = await runAva(server.url);
  const counts = {
    // A run with failures has no line that counts what passed.
    passed: output.match(/^ {2}✔ /gm)?.length ?? 0,
    failed: 0,
    skipped: count(output, /(\d+) tests? skipped/),
  };
  const faults =
    /(\d+) (?:tests? (?:failed|remaining)|uncaught exceptions?|unhandled rejections?|test files? (?:did not|exited)|timeout)/g;
  for (const match of output.matchAll(faults)) counts.failed += Number(match[1]);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  process.exitCode = code === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
} finally {
  await server.stop();
}

function runAva(database: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/ava/entrypoints/cli.js', ...process.argv.slice(2)], {
      // Every test file is a process that reads hundreds of our sources: parsed once for all of them.
      env: {
        ...process.env,
        CAUSEWAY_TEST_DATABASE: database,
        NODE_COMPILE_CACHE: CACHE,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function count(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}
