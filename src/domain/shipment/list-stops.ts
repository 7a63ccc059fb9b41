import { type Decimal, fromBig, toBig } from '../../lib/decimal.ts';
import type { CertificateKind } from '../certificate/certificate.ts';
import {
  missingCertificates,
  type RequiredCertificate,
  requireCertificates,
} from '../certificate/require-certificates.ts';
import { nameOrder } from '../order/name-order.ts';
import type {
  HeldCertificate,
  ShipmentFacts,
  ShippableItem,
  ShippableOrder,
  ShippingTerms,
} from './shipment-facts.ts';
import type { ShipmentStop } from './shipment-plan.ts';
import type { ShippedLine } from './shipped.ts';

type StopFacts = Pick<ShipmentFacts, 'items' | 'policies' | 'certificates' | 'rulings'>;

/** What keeps the notice of goods that left from leaving as well, and that no person has let pass. */
export function listStops(
  lines: readonly ShippedLine[],
  orders: readonly ShippableOrder[],
  facts: StopFacts,
): readonly ShipmentStop[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const stops = lines.flatMap((line): ShipmentStop[] => {
    const order = byId.get(line.order)!;
    const terms = facts.policies.get(order.partner) ?? { over: '0', gate: [] };
    const name = `order ${nameOrder(line)} line ${line.line}`;
    const stop = (kind: ShipmentStop['kind'], text: string): ShipmentStop => ({
      kind,
      message: `${name}: ${text}`,
      order: line.order,
      line: line.line,
    });
    const over = tellOver(line, order, terms);
    const serials = tellMissingSerials(line, facts.items.get(line.item));
    return [
      ...(over === undefined ? [] : [stop('over-shipment', over)]),
      ...(serials === undefined ? [] : [stop('shipment-serial-missing', serials)]),
      ...listUncertified(line, terms.gate, facts.certificates).map((text) =>
        stop('certificate-missing', text),
      ),
    ];
  });
  const passed = new Set(facts.rulings.map(({ kind, message }) => `${kind} ${message}`));
  return stops.filter(({ kind, message }) => !passed.has(`${kind} ${message}`));
}

function tellOver(
  { orderPosition, quantity, unit }: ShippedLine,
  order: ShippableOrder,
  { over }: ShippingTerms,
): string | undefined {
  const ordered = answeredQuantity(order, orderPosition);
  const before = order.shipped.get(orderPosition)?.quantity ?? '0';
  const all = toBig(before).plus(quantity);
  const most = toBig(ordered).times(toBig('100').plus(over)).times('0.01');
  if (all.lte(most)) return undefined;
  const tolerance = toBig(over).eq(0) ? '' : ` and ${over} % over them are agreed`;
  const earlier = toBig(before).eq(0) ? '' : ` with the ${before} of earlier shipments`;
  return `${fromBig(all)} ${unit} left${earlier}, ${ordered} were to be shipped${tolerance}`;
}

/** What the line was answered with. */
export function answeredQuantity(
  { order, decision }: Pick<ShippableOrder, 'order' | 'decision'>,
  position: number,
): Decimal {
  return decision.lines[position - 1]?.quantity ?? order.lines[position - 1]?.quantity ?? '0';
}

function tellMissingSerials(
  { serials, stockQuantity, item }: ShippedLine,
  product: ShippableItem | undefined,
): string | undefined {
  if (product?.serialised !== true) return undefined;
  const missing = toBig(stockQuantity).minus(String(serials.length));
  if (missing.lte(0)) return undefined;
  return `${fromBig(missing)} of ${stockQuantity} serials of item ${item} are not told`;
}

/** One stop for each kind: all that it is missing of. */
function listUncertified(
  line: ShippedLine,
  kinds: readonly CertificateKind[],
  certificates: readonly HeldCertificate[],
): readonly string[] {
  const missing = missingCertificates(requireCertificates([line], { kinds }), certificates);
  return [...Map.groupBy(missing, ({ kind }) => kind)].map(
    ([kind, own]) => `there is no ${kind} certificate of ${nameGoods(own)}`,
  );
}

function nameGoods(missing: readonly RequiredCertificate[]): string {
  const serials = missing.flatMap((one) => (one.of === 'serial' ? one.serial : []));
  const lots = missing.flatMap((one) => (one.of === 'lot' ? one.lot : []));
  if (serials.length > 0) return `serial ${serials.join(', ')}`;
  return lots.length > 0 ? `lot ${lots.join(', ')}` : 'it';
}
