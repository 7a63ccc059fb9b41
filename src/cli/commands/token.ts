import { type Command, InvalidArgumentError } from 'commander';
import { addToken, SCOPES, type Scope } from '../../pipeline/access/tokens.ts';
import { type ApiToken, listTokens, revokeToken } from '../../store/api-tokens.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineToken(program: Command): void {
  const token = program.command('token').description('programs that may call the API');
  token
    .command('add')
    .description('make a token; it is printed once and kept nowhere')
    .argument('<name>', 'which program it is for')
    .requiredOption('--scope <scopes>', 'what it may do, with commas between', readScopes)
    .option('--json', 'as JSON')
    .addHelpText('after', `\nScopes:\n${listScopes()}`)
    .action(add);
  token
    .command('revoke')
    .description('shut a token out, at once and for good')
    .argument('<name>')
    .action(revoke);
  token
    .command('list')
    .description('tokens, what they may do, and when they were used')
    .option('--json', 'one token a line as JSON')
    .action(list);
}

async function add(
  name: string,
  { scope, json }: { scope: readonly Scope[]; json?: boolean },
): Promise<void> {
  const secret = await withGateway((context) => addToken(context, name, scope));
  if (secret === undefined) {
    say(`there is a token "${name}" already: choose another name`);
    process.exitCode = EXIT.refused;
  } else print(json === true ? JSON.stringify({ name, scopes: scope, token: secret }) : secret);
}

async function revoke(name: string): Promise<void> {
  const done = await withGateway(({ db, clock }) => revokeToken(db, name, clock()));
  if (done) print(`${name} is revoked`);
  else {
    say(`there is no token "${name}": \`causeway token list\` shows all`);
    process.exitCode = EXIT.refused;
  }
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const tokens = await withGateway(({ db }) => listTokens(db));
  for (const token of tokens) print(json === true ? JSON.stringify(token) : describe(token));
  if (tokens.length === 0) say('no tokens: `causeway token add NAME --scope import` makes one');
}

function describe({ name, scopes, createdAt, usedAt, revokedAt }: ApiToken): string {
  const used = usedAt === undefined ? 'not used yet' : `used ${usedAt.slice(0, 16)}`;
  const state = revokedAt === undefined ? used : `revoked ${revokedAt.slice(0, 16)}`;
  return `${name}  ${scopes.join(',')}  made ${createdAt.slice(0, 16)}, ${state}`;
}

function listScopes(): string {
  return Object.entries(SCOPES)
    .map(([scope, meaning]) => `  ${scope.padEnd(12)}${meaning}`)
    .join('\n');
}

function readScopes(text: string): readonly Scope[] {
  const given = text.split(',').map((one) => one.trim());
  const known = Object.keys(SCOPES) as Scope[];
  const wrong = given.find((one) => !known.some((scope) => scope === one));
  if (wrong === undefined) return known.filter((scope) => given.includes(scope));
  throw new InvalidArgumentError(`There is no scope ${JSON.stringify(wrong)}: expected ${known.join(', ')}.`);
}
