#!/usr/bin/env node
// Plain JavaScript that any Node reads: it hands over to the Node that the project brings when the one at hand
// cannot run TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const [major = 0] = process.versions.node.split('.').map(Number);

if (major >= 26) {
  const { runCommand } = await import('./run.ts');
  await runCommand(process.argv);
} else if (existsSync(own)) {
  const { status, signal } = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status ?? 70;
} else {
  process.stderr.write(
    `causeway needs Node 26 or the project's own: run "npm ci" first (this is Node ${process.versions.node})\n`,
  );
  process.exitCode = 70;
}
