import type { z } from 'zod';
import { toBig } from '../../lib/decimal.ts';
import type { Reason } from '../reason.ts';
import type { HandlingUnit, PackedItem, Shipment } from '../shipment/shipment.ts';
import type { warehouseShippingAdvice } from './warehouse-shipping-advice.ts';

type Advice = z.infer<typeof warehouseShippingAdvice>;
type Group = NonNullable<Advice['lineGroups']>[number];
type Line = NonNullable<Group['lines']>[number];
type References = Line['references'];

export type AdviceTerms = {
  /** Our id of the warehouse that sends it. */
  readonly warehouse?: string | undefined;
  /** ISA15 T. */
  readonly test: boolean;
};

export type AdviceRead =
  | { readonly kind: 'shipment'; readonly shipment: Shipment }
  | { readonly kind: 'unclear'; readonly reasons: readonly Reason[] };

/** W0601 that say all that left; the others speak of something else, or of a part. */
const PURPOSES: Readonly<Partial<Record<Advice['reporting'], Shipment['purpose']>>> = {
  'full-detail': 'original',
  'no-exceptions': 'original',
  original: 'original',
  replacement: 'replace',
};

/** What a 945 tells of a shipment: which line of which order, and in which pallet or carton. */
export function readAdvice(advice: Advice, { warehouse, test }: AdviceTerms): AdviceRead {
  const purpose = PURPOSES[advice.reporting];
  const reasons: Reason[] = [];
  if (purpose === undefined) {
    const code = advice.reportingCode ?? advice.reporting;
    reasons.push({ code: 'advice-not-of-shipment', text: `W06-01 ${code} does not tell all that left` });
  }
  const groups = (advice.lineGroups ?? []).map((group) => readGroup(group, advice, reasons));
  if (reasons.length > 0 || purpose === undefined) return { kind: 'unclear', reasons };
  const { source, shipmentNumber, agentShipmentNumber, shipDate, totals } = advice;
  const number = shipmentNumber ?? agentShipmentNumber;
  const units = groups.flatMap(({ unit }) => unit ?? []);
  const loose = groups.flatMap((group) => group.loose);
  const { weight, weightUnit } = totals ?? {};
  const shipment: Shipment = {
    kind: 'shipment',
    purpose,
    ...(source === undefined ? {} : { source }),
    ...(number === undefined ? {} : { number }),
    ...(test ? { test } : {}),
    ...(warehouse === undefined ? {} : { warehouse }),
    ...(shipDate === undefined ? {} : { shipDate }),
    ...pickCarrier(advice),
    ...(weight === undefined || weightUnit === undefined
      ? {}
      : { weight: { value: weight, unit: weightUnit } }),
    ...(units.length === 0 ? {} : { units }),
    ...(loose.length === 0 ? {} : { loose }),
  };
  return { kind: 'shipment', shipment };
}

type ReadGroup = { readonly unit?: HandlingUnit; readonly loose: readonly PackedItem[] };

/** An LX with a mark or a pallet of its own is a unit; else it is a line of the order. */
function readGroup(group: Group, advice: Advice, reasons: Reason[]): ReadGroup {
  const { number, marks = [], pallet, references } = group;
  const sscc = marks.find(({ qualifier }) => qualifier === 'GM')?.value;
  const isUnit = sscc !== undefined || pallet !== undefined || marks.length > 0;
  const packed = (group.lines ?? []).flatMap((line, i) => {
    const at = `LX ${number} W12[${i + 1}]`;
    return readLine(line, { at, group, advice, line: isUnit ? undefined : number }, reasons);
  });
  if (!isUnit || packed.length === 0) return { loose: packed };
  const tracking = marks.find(({ qualifier }) => qualifier === 'CP')?.value ?? find(references, '2I');
  const { weight, weightUnit } = pallet ?? {};
  const unit: HandlingUnit = {
    kind: pallet === undefined ? 'carton' : 'pallet',
    ...(sscc === undefined ? {} : { sscc }),
    ...(tracking === undefined ? {} : { tracking }),
    ...(weight === undefined || weightUnit === undefined
      ? {}
      : { weight: { value: weight, unit: weightUnit } }),
    contents: packed,
  };
  return { unit, loose: [] };
}

type Around = {
  readonly at: string;
  readonly group: Group;
  readonly advice: Advice;
  /** Where the LX is no unit, its number is that of the line. */
  readonly line: string | undefined;
};

/** Qualifiers under which a warehouse quotes our own item number. */
const OURS = new Set(['VP', 'VN', 'SK']);

function readLine(line: Line, { at, group, advice, line: lx }: Around, reasons: Reason[]): PackedItem[] {
  const say = (code: string, text: string) => reasons.push({ code, text: `${at}: ${text}` });
  // W1201 CC: the line is shipped complete.
  const complete = line.statusCode === 'CC' ? line.quantityOrdered : undefined;
  const quantity = line.quantityShipped ?? complete;
  if (quantity === undefined) {
    say('quantity-missing', 'W12-03 is missing: expected the quantity that left');
    return [];
  }
  if (toBig(quantity).eq(0)) return [];
  const poNumber = find(line.references, 'PO') ?? find(group.references, 'PO') ?? advice.poNumber;
  if (poNumber === undefined) say('order-missing', 'expected the PO number in W06-06 or N9*PO');
  const number = find(line.references, 'LI') ?? find(group.references, 'LI') ?? lx;
  if (number === undefined) say('line-missing', 'expected the line of the order in N9*LI');
  if (poNumber === undefined || number === undefined) return [];
  const release = find(line.references, 'RE') ?? find(group.references, 'RE');
  const item = line.ids.find(({ qualifier }) => OURS.has(qualifier))?.value;
  const lot = line.lot ?? find(line.references, 'LT');
  const serials = (line.references ?? []).flatMap(({ qualifier, value }) =>
    qualifier === 'SE' && value !== undefined ? [value] : [],
  );
  return [
    {
      poNumber,
      ...(release === undefined ? {} : { releaseNumber: release }),
      line: number,
      ...(item === undefined ? {} : { item }),
      quantity,
      ...(line.unit === undefined ? {} : { unit: line.unit }),
      ...(lot === undefined ? {} : { lot }),
      ...(serials.length === 0 ? {} : { serials }),
    },
  ];
}

function pickCarrier({ carriage, references }: Advice): Pick<Shipment, 'carrier'> {
  const tracking = find(references, '2I');
  const told = {
    scac: carriage?.carrier,
    mode: carriage?.mode,
    payment: carriage?.payment,
    trailer: carriage?.equipment,
    billOfLading: find(references, 'BM'),
    proNumber: find(references, 'CN'),
    tracking: tracking === undefined ? undefined : [tracking],
  };
  const carrier = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return Object.keys(carrier).length === 0 ? {} : { carrier };
}

function find(references: References, wanted: string): string | undefined {
  return references?.find(({ qualifier }) => qualifier === wanted)?.value;
}
