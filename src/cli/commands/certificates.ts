import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CertificateKind } from '../../domain/certificate/certificate.ts';
import { addressOf } from '../../pipeline/certify/certify-lane.ts';
import { isStanding } from '../../pipeline/certify/certify-shipment.ts';
import { bringCertificate, type Taken, takeCertificate } from '../../pipeline/certify/take-certificate.ts';
import {
  type CertificateQuery,
  findCertificates,
  readCertificatePdf,
  type StoredCertificate,
} from '../../store/certificates.ts';
import { EXIT, print, say, WrongCall } from '../exit.ts';
import { withGateway } from '../with-gateway.ts';

export function defineCertificates(program: Command): void {
  const certificates = program
    .command('certificates')
    .description('certificates of conformance, calibration and material, found by what they are bound to')
    .argument('[number]', 'number of a certificate')
    .option('--serial <number>', 'of this serial number')
    .option('--lot <number>', 'of this lot')
    .option('--order <number>', 'of this purchase order')
    .option('--item <number>', 'of this item')
    .option('--partner <id>', 'of this partner')
    .option('--pdf <file>', 'the certificate as a PDF')
    .option('--json', 'as JSON')
    .action(show);
  certificates
    .command('issue')
    .description(
      'issue a certificate of what was measured, tested or declared: docs/certificates.md has examples',
    )
    .argument('<file>', 'JSON')
    .option('--corrects <number>', 'the certificate that it replaces')
    .option('--reason <text>', 'why')
    .action(issue);
  certificates
    .command('bring')
    .description('keep the PDF that a laboratory or a maker gave with the goods')
    .argument('<file>', 'PDF')
    .requiredOption('--kind <kind>', 'conformance, calibration, material-test')
    .requiredOption('--number <number>', 'as it stands on it')
    .requiredOption('--date <date>', 'as it stands on it, such as 2026-03-01')
    .requiredOption('--issuer <name>', 'who issued it')
    .requiredOption('--item <number>', 'our item')
    .option('--serials <list>', 'A1,A2,…')
    .option('--lot <number>', 'of the goods')
    .option('--order <number>', 'purchase order, where it is for one alone')
    .option('--line <number>', 'of the order')
    .option('--corrects <number>', 'the certificate that it replaces')
    .option('--reason <text>', 'why')
    .action(bring);
}

type ShowOptions = Pick<CertificateQuery, 'serial' | 'lot' | 'item' | 'partner'> & {
  order?: string;
  pdf?: string;
  json?: boolean;
};

async function show(number: string | undefined, options: ShowOptions): Promise<void> {
  const { pdf, json, order, ...query } = options;
  await withGateway(async (context) => {
    const found = await findCertificates(context.db, { ...query, number, poNumber: order });
    const [first] = found;
    if (first === undefined) {
      say(number === undefined ? 'there is no such certificate' : `there is no certificate ${number}`);
      process.exitCode = number === undefined ? EXIT.done : EXIT.refused;
    } else if (pdf !== undefined) {
      const bytes = await readCertificatePdf(context.db, first.id);
      if (bytes === undefined) {
        say(`certificate ${first.number} has no PDF yet`);
        process.exitCode = EXIT.refused;
      } else {
        writeFileSync(pdf, bytes);
        say(`${pdf}: certificate ${first.number}`);
      }
    } else if (json === true)
      for (const one of found) print(JSON.stringify({ ...one, address: addressOf(context, one.code) }));
    else if (number !== undefined) print(describe(first, addressOf(context, first.code)));
    else for (const one of found) print(describeRow(one));
  });
}

function describeRow(one: StoredCertificate): string {
  const { number, kind, at, item, lot, serials, content } = one;
  const goods = [
    item,
    ...(lot === undefined ? [] : [`lot ${lot}`]),
    ...(serials.length === 0 ? [] : [`serial ${serials.join(', ')}`]),
  ];
  const order =
    content.subject.poNumber === undefined
      ? ''
      : `  order ${content.subject.poNumber} line ${content.subject.line ?? '?'}`;
  return `${number.padEnd(16)}  ${at.slice(0, 10)}  ${kind.padEnd(13)}  ${goods.join(', ')}${order}${isStanding(one) ? '' : `  ${describeEnd(one)}`}`;
}

function describeEnd({ replacedBy, withdrawnAt }: StoredCertificate): string {
  return replacedBy === undefined ? `withdrawn ${withdrawnAt?.slice(0, 10)}` : `replaced by ${replacedBy}`;
}

function describe(one: StoredCertificate, address: string): string {
  const { content, contentHash, fileHash, origin } = one;
  return [
    describeRow(one),
    `  issued by ${content.issuer.name}${origin === 'brought' ? ', brought as a PDF' : ''}`,
    ...(content.replaces === undefined
      ? []
      : [`  replaces ${content.replaces.number}: ${content.replaces.reason}`]),
    `  content ${contentHash}`,
    `  PDF     ${fileHash ?? 'is being made'}`,
    `  ${address}`,
  ].join('\n');
}

type CorrectOptions = { corrects?: string; reason?: string };

function readCorrection({ corrects, reason }: CorrectOptions) {
  if (corrects === undefined) return undefined;
  if (reason === undefined)
    throw new WrongCall('--corrects: expected --reason as well: it stands on the new certificate');
  return { number: corrects, reason };
}

async function issue(file: string, options: CorrectOptions): Promise<void> {
  const corrects = readCorrection(options);
  const text = readGiven(file).toString('utf8');
  tell(await withGateway((context) => takeCertificate(context, { file, text, corrects })));
}

type BringOptions = CorrectOptions & {
  kind: string;
  number: string;
  date: string;
  issuer: string;
  item: string;
  serials?: string;
  lot?: string;
  order?: string;
  line?: string;
};

const KINDS: readonly CertificateKind[] = ['conformance', 'calibration', 'material-test'];

async function bring(file: string, options: BringOptions): Promise<void> {
  const { kind, number, date, issuer, item, serials, lot, order, line } = options;
  const known = KINDS.find((one) => one === kind);
  if (known === undefined) throw new WrongCall(`--kind ${kind}: expected ${KINDS.join(', ')}`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new WrongCall(`--date ${date}: expected a day such as 2026-03-01`);
  const corrects = readCorrection(options);
  const subject = {
    item,
    ...(order === undefined ? {} : { poNumber: order }),
    ...(line === undefined ? {} : { line }),
    ...(lot === undefined ? {} : { lot }),
    ...(serials === undefined ? {} : { serials: serials.split(',').map((one) => one.trim()) }),
  };
  const pdf = readGiven(file);
  tell(
    await withGateway((context) =>
      bringCertificate(context, { pdf, kind: known, number, date, issuer, subject, corrects }),
    ),
  );
}

function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new WrongCall(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tell(taken: Taken): void {
  if (taken.kind === 'taken') print(`certificate ${taken.number}`);
  else {
    for (const message of taken.messages) say(message);
    process.exitCode = EXIT.refused;
  }
}
