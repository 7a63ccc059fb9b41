import type { FunctionalAcknowledgement } from '../domain/acknowledgement/functional-acknowledgement.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import { nameOrder } from '../domain/order/name-order.ts';
import type {
  OrderAcknowledgement,
  OrderAcknowledgementLine,
} from '../domain/order/order-acknowledgement.ts';
import type { OrderChangeAcknowledgement } from '../domain/order/order-change-acknowledgement.ts';
import type { LineStatus } from '../domain/order/order-decision.ts';
import type { ShipLevel, ShipNotice } from '../domain/shipment/ship-notice.ts';
import type { Configuration, Partner } from '../pipeline/configuration/configuration.ts';
import { readDocuments } from '../pipeline/documents/read-documents.ts';
import { ANSWERS } from '../pipeline/explain/answer-words.ts';
import { makeReadingProfile } from '../pipeline/process/profiles.ts';

/** What a file that came back says, a line a statement; read with our own reader as the partner would with its. */
export function describeAnswer(bytes: Uint8Array, configuration: Configuration, partner: Partner): string[] {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-')
    return [`a PDF of ${Math.ceil(bytes.length / 1024)} KB`];
  const lines: string[] = [];
  for (const result of readDocuments(() => [bytes], makeReadingProfile(configuration, partner))) {
    if (result.kind === 'interchange') {
      if (result.report.status !== 'A') lines.push(`NOT SOUND: TA1 ${result.report.note}`);
      for (const [, control, , , status, note] of result.ta1s) {
        lines.push(`TA1 ${status} ${note}: interchange ${control} arrived`);
      }
    } else if (result.kind === 'document') {
      const { document } = result;
      if (document.kind === 'functional-acknowledgement') lines.push(...describe997(document));
      else if (document.kind === 'order-acknowledgement') lines.push(...describe855(document));
      else if (document.kind === 'order-change-acknowledgement') lines.push(...describe865(document));
      else if (document.kind === 'ship-notice') lines.push(...describe856(document));
      else if (document.kind === 'invoice') lines.push(...describe810(document));
    }
  }
  return lines;
}

function describe997(document: FunctionalAcknowledgement): string[] {
  const { functionalId, groupControl, status, accepted, received } = document;
  const refused = (document.sets ?? []).filter((set) => set.status !== 'A');
  return [
    `997 group ${functionalId} ${groupControl}: ${status}, ${accepted} of ${received} accepted`,
    ...refused.map((set) => {
      const places = (set.segments ?? []).flatMap((segment) =>
        (segment.elements ?? []).map(
          ({ position, value, code }) =>
            `segment ${segment.position} ${segment.segment}-${position.padStart(2, '0')} "${value ?? ''}" (AK403 ${code})`,
        ),
      );
      return `  ${set.set} ${set.control}: ${set.status} ${places.join(', ')}`;
    }),
  ];
}

function describe855({ poNumber, releaseNumber, type, lines }: OrderAcknowledgement): string[] {
  return [
    `855 ${nameOrder({ poNumber, releaseNumber })}: ${type} ${TYPES[type] ?? ''}`,
    ...lines.flatMap(describeLine),
  ];
}

function describe865({ poNumber, releaseNumber, type, lines }: OrderChangeAcknowledgement): string[] {
  const answers = type === undefined ? 'sent of our own accord' : `${type} ${TYPES[type] ?? ''}`;
  return [`865 ${nameOrder({ poNumber, releaseNumber })}: ${answers}`, ...lines.flatMap(describeLine)];
}

function describe856({ shipmentId, levels }: ShipNotice): string[] {
  return [`856 ${shipmentId}`, ...levels.flatMap((level) => describeLevel(level, '  '))];
}

const LEVELS = {
  shipment: 'shipment',
  order: 'order',
  tare: 'pallet',
  pack: 'carton',
  item: 'item',
  other: '?',
};

function describeLevel(level: ShipLevel, indent: string): string[] {
  const { order, shipped, marks = [], ids = [], references = [], children = [] } = level;
  const said = [
    order?.poNumber ?? '',
    ...marks.map(({ qualifier, value }) => `${qualifier} ${value}`),
    shipped === undefined
      ? ''
      : `${shipped.quantity} ${shipped.unit} of ${ids.map(({ value }) => value).join(' ')}`,
    ...references.map(({ qualifier, value }) => `${qualifier} ${value}`),
  ].filter((one) => one !== '');
  const own = `${indent}${LEVELS[level.level]}${said.length === 0 ? '' : `: ${said.join(', ')}`}`;
  return [own, ...children.flatMap((child) => describeLevel(child, `${indent}  `))];
}

function describe810({ invoiceNumber, type, poNumber, lines, totals, paymentTerms = [] }: Invoice): string[] {
  const [terms] = paymentTerms;
  const discount =
    terms?.discountPercent === undefined ? '' : `, ${terms.discountPercent} % until ${terms.discountDate}`;
  return [
    `810 ${invoiceNumber} (${type ?? 'debit-invoice'}) for ${poNumber ?? 'several orders'}`,
    ...lines.map(
      ({ number, quantity, unit, unitPrice, priceBasis = '' }) =>
        `  line ${number}: ${quantity} ${unit} at ${unitPrice}${PER[priceBasis] ?? ''}`,
    ),
    `  total ${totals.amount}${terms?.netDate === undefined ? '' : `, due ${terms.netDate}${discount}`}`,
  ];
}

/** BAK02 and BCA02. */
const TYPES: Readonly<Record<string, string>> = {
  AC: 'accepted with changes',
  AD: 'accepted as ordered',
  AH: 'on hold',
  AT: 'accepted',
  RD: 'rejected, line by line',
  RJ: 'rejected',
};

type AnsweredLine = Pick<
  OrderAcknowledgementLine,
  'number' | 'quantity' | 'unit' | 'unitPrice' | 'priceBasis' | 'ids' | 'outcomes'
>;

const PER: Readonly<Record<string, string>> = { HP: ' per hundred', TP: ' per thousand' };

function describeLine(line: AnsweredLine): string[] {
  const { number, unitPrice, priceBasis = '', ids } = line;
  return line.outcomes.map(({ status, quantity = line.quantity, unit = line.unit, date }) => {
    const words = ANSWERS[status as LineStatus] ?? '';
    const called = ids.map(({ value }) => value).join(' ');
    const price = unitPrice === undefined ? '' : ` at ${unitPrice}${PER[priceBasis] ?? ''}`;
    const ships = date === undefined ? '' : `, ships ${date}`;
    const ordered = quantity === line.quantity ? '' : ` (${line.quantity} ordered)`;
    return `  line ${number}: ${status} ${words}: ${quantity ?? '?'} ${unit ?? ''}${ordered} of ${called}${price}${ships}`;
  });
}
