#!/usr/bin/env node
// Plain JavaScript that any Node reads: it hands over to the Node that the project brings when the one at hand
// cannot run TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const [major = 0] = process.versions.node.split('.').map(Number);

// A file of hundreds of megabytes is read as fast with a small young generation, in 60 MB less memory.
const SMALL_YOUNG = '--max-semi-space-size=8';
const LARGE = 64 * 1024 * 1024;
const large =
  process.argv[2] === 'read' &&
  !process.execArgv.includes(SMALL_YOUNG) &&
  process.argv.slice(3).some((path) => existsSync(path) && statSync(path).size > LARGE);

if (major >= 26 && !large) {
  // Half of a short command's time is reading our own sources: done once. In our own folder, where nobody else writes.
  module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)));
  const { runCommand } = await import('./run.ts');
  await runCommand(process.argv);
} else if (major >= 26 || existsSync(own)) {
  const node = major >= 26 ? process.execPath : own;
  const flags = large ? [SMALL_YOUNG] : [];
  const { status, signal } = spawnSync(node, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status ?? 70;
} else {
  process.stderr.write(
    `causeway needs Node 26 or the project's own: run "npm ci" first (this is Node ${process.versions.node})\n`,
  );
  process.exitCode = 70;
}
