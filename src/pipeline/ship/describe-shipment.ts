import type { HandlingUnit, PackedItem, Shipment } from '../../domain/shipment/shipment.ts';
import type { ShipmentHistory, ShipmentSummary } from '../../store/list-shipments.ts';
import type { StoredShipment } from '../../store/shipments.ts';
import { describeLines } from './describe-goods.ts';

/** `SH-1  acme  2026-11-21  4711, 4712  3 lines in 2 units  notice sent` */
export function describeSummary(one: ShipmentSummary): string {
  const { number, partner, shipDate, orders, lines, units, test, state } = one;
  const packed = units === 0 ? '' : ` in ${units} ${units === 1 ? 'unit' : 'units'}`;
  const goods = state === 'cancelled' ? 'taken back' : `${lines} ${lines === 1 ? 'line' : 'lines'}${packed}`;
  const parts = [number, partner, shipDate, orders.join(', '), goods, sayNotice(one)];
  return `${test ? 'test ' : ''}${parts.filter((part) => part !== '').join('  ')}`;
}

/** What left, how it is packed, and what is still to be told of it. */
export function describeShipment({ shipment, versions, asked }: ShipmentHistory): readonly string[] {
  const { number, partner, state, test, shipDate, content, lines } = shipment;
  return [
    `${test ? 'test ' : ''}shipment ${number} for ${partner}, ${state === 'cancelled' ? 'taken back' : `shipped ${shipDate}`}`,
    ...describeCarriage(content),
    ...(content.units ?? []).flatMap((unit) => describeUnit(unit, '  ')),
    ...(content.loose ?? []).map((item) => `  loose: ${describeItem(item)}`),
    `lines: ${lines.map((line) => `${line.poNumber} ${describeLines([line])}`).join('; ')}`,
    ...versions.map(
      ({ version, at, purpose, origin }) =>
        `version ${version}  ${at.slice(0, 16)}  ${purpose}, told by ${ORIGINS[origin] ?? origin}`,
    ),
    sayNotice(shipment),
    ...asked.map(({ kind, message }) => `!  ${kind}: ${message}`),
  ];
}

const ORIGINS: Readonly<Record<string, string>> = {
  '945': 'a 945',
  api: 'the API',
  import: 'an import',
  command: 'command',
  person: 'a person',
};

function describeCarriage({ warehouse, carrier = {}, weight }: Shipment): readonly string[] {
  const { scac, name, proNumber, billOfLading, tracking = [] } = carrier;
  const parts = [
    warehouse === undefined ? '' : `from ${warehouse}`,
    scac === undefined && name === undefined ? '' : `with ${[scac, name].filter(Boolean).join(' ')}`,
    proNumber === undefined ? '' : `PRO ${proNumber}`,
    billOfLading === undefined ? '' : `bill of lading ${billOfLading}`,
    tracking.length === 0 ? '' : `tracking ${tracking.join(', ')}`,
    weight === undefined ? '' : `${weight.value} ${weight.unit}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function describeUnit(unit: HandlingUnit, indent: string): readonly string[] {
  const { kind, id, sscc, tracking, weight, contents = [], units = [] } = unit;
  const about = [
    [kind, id].filter((part) => part !== undefined).join(' '),
    sscc === undefined ? '' : `SSCC ${sscc}`,
    tracking === undefined ? '' : `tracking ${tracking}`,
    weight === undefined ? '' : `${weight.value} ${weight.unit}`,
  ];
  return [
    `${indent}${about.filter((part) => part !== '').join(', ')}`,
    ...contents.map((item) => `${indent}  ${describeItem(item)}`),
    ...units.flatMap((inner) => describeUnit(inner, `${indent}  `)),
  ];
}

function describeItem({
  poNumber,
  releaseNumber,
  line,
  quantity,
  unit,
  lot,
  serials = [],
}: PackedItem): string {
  const order = `${poNumber}${releaseNumber === undefined ? '' : ` release ${releaseNumber}`}`;
  const which = [
    ...(lot === undefined ? [] : [`lot ${lot}`]),
    ...(serials.length === 0 ? [] : [`serials ${serials.join(', ')}`]),
  ];
  return [`${quantity}${unit === undefined ? '' : ` ${unit}`} of ${order} line ${line}`, ...which].join(', ');
}

function sayNotice({ notice, noticeBy }: Pick<StoredShipment, 'notice' | 'noticeBy'>): string {
  const by = noticeBy === undefined ? '' : `, owed by ${noticeBy.slice(0, 16)}`;
  switch (notice) {
    case 'none':
      return 'no notice is wanted';
    case 'waiting':
      return `notice waits${by}`;
    case 'stopped':
      return `notice is stopped, a person was asked${by}`;
    case 'sent':
      return 'notice sent';
    case 'cancelled':
      return 'notice taken back';
  }
}
