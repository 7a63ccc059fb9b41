import { CHOICES } from '../../../src/domain/exception/choices.ts';
import { EXCEPTION_KINDS } from '../../../src/domain/exception/exception-kinds.ts';

/** The page that says what to do with each kind of exception; the part between the marks is made from the code. */
export const KINDS_PAGE = new URL('../../../docs/operations.md', import.meta.url);

const [BEGIN, END] = ['<!-- kinds, written by npm run golden -->', '<!-- end of kinds -->'];

export function putKinds(page: string): string {
  const [before, rest] = cut(page, BEGIN!);
  const [, after] = cut(rest, END!);
  return `${before}${BEGIN}\n\n${describeKinds()}\n\n${describeChoices()}\n\n${END}${after}`;
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`docs/operations.md has no line ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function describeKinds(): string {
  const rows = Object.entries(EXCEPTION_KINDS).map(
    ([kind, { team, hours, choices, means, advice }]) =>
      `| \`${kind}\` | ${team}, ${hours} h | ${means} | ${advice} | ${choices.map((choice) => `\`${choice}\``).join(', ')} |`,
  );
  return ['| kind | team, within | it means | do | choices |', '|---|---|---|---|---|', ...rows].join('\n');
}

function describeChoices(): string {
  const rows = Object.entries(CHOICES).map(([id, choice]) => {
    const {
      label,
      needs,
      takes = [],
    }: { label: string; needs: readonly string[]; takes?: readonly string[] } = choice;
    const given = [...needs.map((name) => `\`--${name}\``), ...takes.map((name) => `perhaps \`--${name}\``)];
    return `| \`${id}\` | ${label} | ${given.join(', ')} |`;
  });
  return ['| choice | what it does | takes |', '|---|---|---|', ...rows].join('\n');
}
