import { styleText } from 'node:util';
import type { Command } from 'commander';
import { describeAnswer } from '../../demo/describe-answer.ts';
import { DESK_SCENES } from '../../demo/desk-scenes.ts';
import { type Answer, type Played, playScene } from '../../demo/play-scene.ts';
import type { Scene } from '../../demo/scene.ts';
import { SCENES } from '../../demo/scenes.ts';
import { SHIPPING_SCENES } from '../../demo/shipping-scenes.ts';
import { clearStage, type Stage, setStage } from '../../demo/stage.ts';
import { describeTrace } from '../../pipeline/describe-trace.ts';
import { trace } from '../../store/trace.ts';
import { EXIT, print, say } from '../exit.ts';

export function defineDemo(program: Command): void {
  program
    .command('demo')
    .description('a gateway in a scratch folder: four partners send orders, and you see what comes back')
    .option('--once', 'exit when all has come back, 1 with what was missing')
    .action(demo);
}

async function demo(options: { once?: boolean }): Promise<void> {
  const stage = await setStage((text) => say(dim(text)));
  let missing: readonly string[] = [];
  try {
    print(
      `\n${bold('Causeway demo')}: four partners, one gateway, SFTP at 127.0.0.1:${stage.gateway.sftpPort}\n`,
    );
    missing = await play(stage);
    print(missing.length === 0 ? green('All that was expected came back.') : red('Missing:'));
    for (const what of missing) print(red(`  ${what}`));
    if (options.once !== true && process.stdout.isTTY) await stayOpen(stage);
  } finally {
    await stage.stop();
    await clearStage(stage);
  }
  process.exitCode = missing.length === 0 ? EXIT.done : EXIT.refused;
}

/** What was missing where it first went wrong: each scene builds on those before it. */
async function play(stage: Stage): Promise<readonly string[]> {
  for (const scene of SCENES) {
    const missing = await perform(stage, scene, true);
    if (missing.length > 0) return missing;
  }
  const unsettled = await showTrace(stage);
  if (unsettled.length > 0) return unsettled;
  print(`${bold('The order desk')}: Vandelay Industries buys under contract C-77, is promised what is in stock,
and may owe 20,000 USD. From here on answers are told in words, without their bytes.\n`);
  for (const scene of DESK_SCENES) {
    const missing = await perform(stage, scene, false);
    if (missing.length > 0) return missing;
  }
  print(`${bold('Ship, certify, bill')}: what Acme ordered first leaves on a pallet with two cartons.\n`);
  for (const scene of SHIPPING_SCENES) {
    const missing = await perform(stage, scene, scene.file === undefined && scene.tells !== undefined);
    if (missing.length > 0) return missing;
  }
  return [];
}

/** With its answers in words, and in X12 as well where `bytes` says so. */
async function perform(stage: Stage, scene: Scene, bytes: boolean): Promise<string[]> {
  const { context } = stage.gateway;
  const partner = context.configuration().partners.get(scene.partner)!;
  const { version, separators } = partner.file.x12;
  print(bold(scene.title));
  if (bytes) print(dim(`  ${partner.file.name}, ${version}, separators ${JSON.stringify(separators)}`));
  if (scene.file !== undefined) print(`  ${stamp()} ${arrow('in')} ${scene.file}`);
  const played = await playScene(stage, scene);
  const said = [...played.told];
  for (const line of played.told) print(`  ${stamp()}   ${line}`);
  for (const answer of played.answers) {
    print(`  ${stamp()} ${arrow('out')} ${answer.name}`);
    const lines = describeAnswer(answer.bytes, context.configuration(), partner);
    said.push(...lines);
    for (const line of lines) print(`                  ${line}`);
    if (bytes) printBytes(answer);
  }
  const told = (await scene.tells?.(context)) ?? [];
  said.push(...told);
  for (const line of told) print(`      ${line}`.trimEnd());
  print(dim(`  ${Math.round(played.ms)} ms\n`));
  return findMissing(scene, played, said);
}

function printBytes({ bytes }: Answer): void {
  const text = Buffer.from(bytes).toString('utf8').trimEnd();
  if (text.startsWith('%PDF-')) return;
  for (const line of text.split(/(?<=~)\n?|\n/)) if (line !== '') print(dim(`                    ${line}`));
}

function findMissing(scene: Scene, { answers }: Played, said: readonly string[]): string[] {
  const sets = answers.map(({ name }) => (name.endsWith('.pdf') ? 'PDF' : name.split('_')[0]));
  const text = said.join('\n');
  return [
    ...scene.expect
      .filter((set, i) => sets[i] !== set)
      .map((set) => `${scene.title}: a ${set} file, came ${sets.join(', ') || 'nothing'}`),
    ...scene.says
      .filter((what) => !what.test(text))
      .map((what) => `${scene.title}: ${what} in what came back or was told`),
    ...(text.includes('NOT SOUND') ? [`${scene.title}: sound answers`] : []),
  ];
}

/** What the operator sees of the first order: its whole story, settled by Acme’s 997. */
async function showTrace(stage: Stage): Promise<string[]> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const { entries } = await trace(stage.gateway.context.db, { what: 'PO1000001', partner: 'acme' });
    const settled = entries.some(
      (entry) =>
        entry.kind === 'document' &&
        entry.document.set === '855' &&
        entry.document.acknowledgement === 'accepted',
    );
    if (settled || performance.now() > deadline) {
      print(bold('The story of the first order, as `causeway trace PO1000001` tells it'));
      for (const line of describeTrace(entries)) print(`  ${line}`);
      print('');
      return settled ? [] : ['Acme’s 997 settling our first 855'];
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stayOpen(stage: Stage): Promise<void> {
  const { gateway, folder, acmeKeyFile } = stage;
  print(`\nThe gateway stays up until you press Ctrl-C. Try it:
  sftp -i ${acmeKeyFile} -P ${gateway.sftpPort} acme@127.0.0.1
  CAUSEWAY_DATA=${folder}/data CAUSEWAY_PARTNERS=${folder}/partners npx causeway trace PO1000002
The same two variables serve \`npx causeway exceptions\`, \`blanket V-B-100\`, \`stock GL-7001\` and every other command.
The log is ${folder}/gateway.log; the folder goes when the demo ends.`);
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
}

function stamp(): string {
  return dim(new Date().toISOString().slice(11, 23));
}

function arrow(direction: 'in' | 'out'): string {
  return direction === 'in' ? styleText('cyan', '→') : styleText('yellow', '←');
}

const bold = (text: string) => styleText('bold', text);
const dim = (text: string) => styleText('dim', text);
const green = (text: string) => styleText('green', text);
const red = (text: string) => styleText('red', text);
