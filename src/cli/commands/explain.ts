import type { Command } from 'commander';
import { describeDocument, describePaper } from '../../pipeline/explain/describe-document.ts';
import { describeOrder } from '../../pipeline/explain/describe-order.ts';
import { type Explained, explain } from '../../pipeline/explain/explain.ts';
import { foldLines } from '../../pipeline/explain/phrases.ts';
import { EXIT, print, say } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineExplain(program: Command): void {
  program
    .command('explain')
    .description('why an order is answered as it is, and where each value of a document came from')
    .argument(
      '<what>',
      'PO number; number of a shipment, invoice or certificate; or the id of an order or document',
    )
    .argument('[part]', 'a line of the order, such as 2; or an element, such as PO1[2]/PO1-04 or PO104')
    .option('--partner <id>', 'where several partners have the same number')
    .option('--release <number>', 'this release of the order')
    .option('--line <number>', 'only elements of this line')
    .option('--json', 'as JSON')
    .action(run);
}

type Options = {
  readonly partner?: string;
  readonly release?: string;
  readonly line?: string;
  readonly json?: boolean;
};

async function run(what: string, part: string | undefined, options: Options): Promise<void> {
  const { json, ...which } = options;
  const told = await withGateway((context) => explain(context, { what, part, ...which }));
  if (told.kind === 'refused') {
    for (const message of told.messages) say(message);
    process.exitCode = EXIT.refused;
    return;
  }
  if (json === true) print(JSON.stringify(selectData(told)));
  else {
    const { order, only, document, paper } = told;
    const lines = [
      ...(order === undefined ? [] : describeOrder(order, only)),
      ...(order === undefined || document === undefined ? [] : ['']),
      ...(document === undefined ? [] : describeDocument(document)),
      ...(paper === undefined ? [] : describePaper(paper)),
    ];
    print(foldLines(lines, process.stdout.columns));
  }
  for (const other of told.others) say(other);
}

function selectData({ order, only, document, paper }: Extract<Explained, { kind: 'explained' }>): object {
  if (paper !== undefined) return { paper };
  if (order === undefined) return { document };
  const lines = only === undefined ? order.lines : order.lines.filter(({ number }) => number === only);
  return { order: { ...order, lines }, ...(document === undefined ? {} : { document }) };
}
