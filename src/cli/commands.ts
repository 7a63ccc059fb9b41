import type { Command } from 'commander';
import { defineCheck } from './commands/check.ts';
import { defineDemo } from './commands/demo.ts';
import { defineImport } from './commands/import.ts';
import { defineRead } from './commands/read.ts';
import { defineReceive } from './commands/receive.ts';
import { defineTrace } from './commands/trace.ts';
import { defineServe, defineUp, defineWork } from './commands/up.ts';
import { defineValidate } from './commands/validate.ts';
import { defineWrite } from './commands/write.ts';

/** Every command; to find what exists, read this list. */
export const COMMANDS: readonly ((program: Command) => void)[] = [
  defineUp,
  defineServe,
  defineWork,
  defineDemo,
  defineCheck,
  defineRead,
  defineValidate,
  defineWrite,
  defineReceive,
  defineTrace,
  defineImport,
];
