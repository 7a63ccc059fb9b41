import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { suggest } from '../../lib/suggest.ts';
import {
  describeExpected,
  type FileMutant,
  KINDS,
  type Kind,
  mutateFile,
} from '../../pipeline/documents/mutate-file.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { openConfiguration, requireFile, requirePartner, warnOfSharedMistakes } from '../open.ts';

type Options = {
  readonly partner?: string;
  readonly kind?: readonly string[];
  readonly most?: number;
  readonly list?: boolean;
  readonly out?: string;
  readonly check?: boolean;
  readonly json?: boolean;
};

export function defineMutate(program: Command): void {
  program
    .command('mutate')
    .description('a sound document broken in every way there is, each with the answer that it must get')
    .argument('[file]', 'the file, or - for standard input')
    .option('--partner <id>', 'by the rules of this partner, which are broken as well')
    .option('--kind <kind>', 'only this kind of damage; may be given several times', collect)
    .option('--most <count>', 'at most so many of each kind, spread over the file', parseCount)
    .option('--list', 'the kinds of damage')
    .option('--out <folder>', 'write the mutants to a new folder; its index.jsonl says what each must get')
    .option('--check', 'ask our own reader; exit code 1 when an answer is not the one expected')
    .option('--json', 'the results as JSON')
    .action(runMutate);
}

function collect(one: string, all: readonly string[] = []): readonly string[] {
  return [...all, one];
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a number from 1 expected');
  return Number(text);
}

function runMutate(file: string | undefined, options: Options): void {
  const kinds = new Set(options.kind?.map(requireKind));
  if (options.list === true) {
    listKinds(options.json === true);
    return;
  }
  if (file === undefined) throw new WrongCall('a file is missing: causeway mutate FILE, or --list');
  const configuration = openConfiguration();
  warnOfSharedMistakes(configuration);
  const partner = options.partner === undefined ? undefined : requirePartner(configuration, options.partner);
  const bytes = readFileSync(file === '-' ? 0 : requireFile(file));
  const mutated = mutateFile(bytes, configuration, partner, {
    kinds,
    most: options.most ?? Number.POSITIVE_INFINITY,
  });
  if (mutated.kind === 'refused') {
    say(`${file}: only a file without any finding can be mutated`);
    for (const reason of mutated.reasons) say(reason);
    process.exitCode = EXIT.refused;
    return;
  }
  const tally = useMutants(mutated.mutants, options);
  if (options.json === true) print(JSON.stringify(tally));
  else printTally(tally, options);
  process.exitCode = tally.deviations.length === 0 ? EXIT.done : EXIT.refused;
}

function requireKind(name: string): Kind {
  if (Object.hasOwn(KINDS, name)) return name as Kind;
  throw new WrongCall(
    `there is no kind of damage "${name}"${suggest(name, Object.keys(KINDS))} (--list shows all)`,
  );
}

function listKinds(json: boolean): void {
  if (json) print(JSON.stringify(Object.entries(KINDS).map(([kind, does]) => ({ kind, does }))));
  else for (const [kind, does] of Object.entries(KINDS)) print(`${kind.padEnd(WIDTH)}  ${does}`);
}

const WIDTH = Math.max(...Object.keys(KINDS).map(({ length }) => length));

/** What was done with the mutants. */
type Tally = {
  made: number;
  readonly kinds: { readonly kind: Kind; made: number; asExpected?: number }[];
  readonly deviations: Deviation[];
};

type Deviation = {
  readonly number: number;
  readonly kind: Kind;
  readonly place: string;
  readonly differences: readonly string[];
};

function useMutants(mutants: Iterable<FileMutant>, { out, check }: Options): Tally {
  const write = out === undefined ? undefined : openFolder(out);
  const tally: Tally = { made: 0, kinds: [], deviations: [] };
  for (const mutant of mutants) {
    const { kind, place } = mutant;
    let row = tally.kinds.find((one) => one.kind === kind);
    if (row === undefined) {
      row = { kind, made: 0, ...(check === true ? { asExpected: 0 } : {}) };
      tally.kinds.push(row);
    }
    row.made++;
    tally.made++;
    write?.(tally.made, mutant);
    if (row.asExpected !== undefined) {
      const differences = mutant.check();
      if (differences.length === 0) row.asExpected++;
      else tally.deviations.push({ number: tally.made, kind, place, differences });
    }
    if (tally.made % PROGRESS === 0) say(`${tally.made} mutants …`);
  }
  return tally;
}

const PROGRESS = 10_000;

/** `0012-too-long-PO1-07.edi`, and a line for each in `index.jsonl`. */
function openFolder(folder: string): (number: number, mutant: FileMutant) => void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new WrongCall(`${folder} is not empty: mutants go into a folder of their own`);
  }
  mkdirSync(folder, { recursive: true });
  const index = join(folder, 'index.jsonl');
  return (number, { kind, place, bytes, expected }) => {
    const name = `${String(number).padStart(4, '0')}-${kind}-${place.replace(/[^A-Za-z0-9-]+/g, '-')}.edi`;
    writeFileSync(join(folder, name), bytes);
    const line = { file: name, kind, place, says: describeExpected(expected), expected };
    writeFileSync(index, `${JSON.stringify(line)}\n`, { flag: 'a' });
  };
}

function printTally({ made, kinds, deviations }: Tally, { out, check }: Options): void {
  for (const { number, kind, place, differences } of deviations) {
    print(`${number} ${kind} ${place}`);
    for (const difference of differences) print(`  ${difference}`);
  }
  const columns = check === true ? ['made', 'as expected'] : ['made'];
  const line = (name: string, cells: readonly (string | number)[]) =>
    print(
      [name.padEnd(WIDTH), ...cells.map((cell, c) => String(cell).padStart(columns[c]!.length + 2))].join(''),
    );
  line('kind', columns);
  for (const { kind, made: some, asExpected } of kinds)
    line(kind, asExpected === undefined ? [some] : [some, asExpected]);
  line('all', check === true ? [made, made - deviations.length] : [made]);
  if (out !== undefined) say(`written to ${out}; index.jsonl says what each must get`);
}
