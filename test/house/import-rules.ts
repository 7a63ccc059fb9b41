import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Who may import whom (docs/architecture.md). Run by `npm run check`; fails when it has read no modules, so that it
 * can never pass by looking in the wrong place.
 */
const SRC = fileURLToPath(new URL('../../src', import.meta.url));

const CORE = ['lib', 'domain', 'x12', 'formats', 'mapping'];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  domain: ['lib'],
  x12: ['lib'],
  formats: ['lib'],
  mapping: ['x12', 'formats', 'domain', 'lib'],
  store: ['domain', 'lib'],
  jobs: ['domain', 'lib'],
  channels: ['domain', 'lib'],
  render: ['x12', 'domain', 'lib'],
  pipeline: [...CORE, 'store', 'jobs', 'channels', 'render', 'context', 'settings'],
  web: ['pipeline', 'store', 'domain', 'lib', 'context', 'settings'],
  demo: ['pipeline', 'channels', 'store', 'domain', 'lib', 'settings', 'main'],
  cli: ['demo', 'pipeline', 'store', 'domain', 'lib', 'context', 'settings', 'main'],
  settings: [],
  context: ['pipeline', 'settings', 'lib'],
  main: [...CORE, 'store', 'jobs', 'channels', 'render', 'pipeline', 'web', 'context', 'settings'],
};

/** The core is replayable: it has no clock, no randomness, no disk, no network and no environment. */
const CORE_BUILT_INS = new Set(['node:crypto', 'node:buffer']);
const FORBIDDEN_IN_CORE = /\b(Date\.now|new Date\(\)|Math\.random|process\.env|Temporal\.Now)\b/;

type Module = {
  readonly file: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
};

const modules = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|js)$/.test(name))
  .map(readModule);
const mistakes = [...modules.flatMap(checkModule), ...findCycles()];
if (modules.length < 20)
  mistakes.push(`only ${modules.length} modules were read under ${SRC}: the check looks in the wrong place`);
for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
process.stdout.write(`import rules: ${modules.length} modules, ${mistakes.length} mistakes\n`);
process.exitCode = mistakes.length === 0 ? 0 : 1;

function readModule(name: string): Module {
  const text = readFileSync(join(SRC, name), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  );
  return {
    file: normalize(name),
    room: roomOf(name),
    text,
    imports: [...found].map((m) => m[1] ?? m[2] ?? m[3]!),
  };
}

function roomOf(file: string): string {
  const [first = ''] = normalize(file).split('/');
  return first.replace(/\.(ts|js)$/, '');
}

function targetOf(module: Module, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return relative('.', join(dirname(module.file), specifier));
}

function checkModule(module: Module): string[] {
  const wrong: string[] = [];
  const allowed = MAY_IMPORT[module.room];
  if (allowed === undefined)
    return [`src/${module.file}: ${module.room} is not a room of docs/architecture.md`];
  for (const specifier of module.imports) {
    const target = targetOf(module, specifier);
    if (target !== undefined) {
      const room = roomOf(target);
      if (room !== module.room && !allowed.includes(room))
        wrong.push(`src/${module.file}: ${module.room} may not import ${room} (${specifier})`);
    } else if (
      CORE.includes(module.room) &&
      specifier.startsWith('node:') &&
      !CORE_BUILT_INS.has(specifier)
    ) {
      wrong.push(`src/${module.file}: the core may not import ${specifier}`);
    }
  }
  const impure = CORE.includes(module.room) ? FORBIDDEN_IN_CORE.exec(module.text) : null;
  if (impure !== null) wrong.push(`src/${module.file}: the core may not use ${impure[0]}`);
  if (
    module.room !== 'settings' &&
    /process\.env\b/.test(module.text) &&
    !/cli\/bin\.js$/.test(module.file)
  ) {
    wrong.push(`src/${module.file}: only src/settings.ts reads process.env`);
  }
  return wrong;
}

function findCycles(): string[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    const module = byFile.get(file);
    for (const specifier of module?.imports ?? []) {
      const target = module === undefined ? undefined : targetOf(module, specifier);
      if (target !== undefined) visit(target, [...path, file]);
    }
    state.set(file, 'done');
  };
  for (const module of modules) visit(module.file, []);
  return cycles;
}
