import test from 'ava';
import fc from 'fast-check';
import { billShipments } from '../../../src/domain/invoice/bill-shipments.ts';
import { buildNotice } from '../../../src/domain/shipment/build-notice.ts';
import type { ShipLevel } from '../../../src/domain/shipment/ship-notice.ts';
import type { ShippedGoods, ShippedLine } from '../../../src/domain/shipment/shipped.ts';
import { billingFacts } from '../invoice/support.ts';
import { arbitraryShipment, listContents } from './arbitrary-shipment.ts';
import { decideLine, noticePolicy, shipFrom } from './support.ts';

type Sums = Readonly<Record<string, number>>;

function sum(parts: readonly (readonly [key: string, quantity: string])[]): Sums {
  const sums: Record<string, number> = {};
  for (const [key, quantity] of parts) sums[key] = (sums[key] ?? 0) + Number(quantity);
  return sums;
}

function listItems(levels: readonly ShipLevel[], po = ''): readonly (readonly [string, string])[] {
  return levels.flatMap(({ level, number, shipped, order, children = [] }) => {
    const own = order?.poNumber ?? po;
    const here = level === 'item' ? [[`${own} ${number}`, shipped!.quantity] as const] : [];
    return [...here, ...listItems(children, own)];
  });
}

/** The lines of a shipment are the sums of what is packed in it. */
function listLines(goods: ShippedGoods): readonly ShippedLine[] {
  const packed = sum(
    listContents(goods).map(({ poNumber, line, quantity }) => [`${poNumber} ${line}`, quantity]),
  );
  return Object.entries(packed).map(([key, quantity], i) => {
    const [poNumber = '', line = ''] = key.split(' ');
    return {
      position: i + 1,
      order: poNumber.replace('PO', 'order'),
      poNumber,
      releaseNumber: '',
      line,
      orderPosition: Number(line),
      item: `ITEM-${line}`,
      quantity: String(quantity),
      unit: 'EA',
      stockQuantity: String(quantity),
      lots: [],
      serials: [],
    };
  });
}

test('what is packed, told on the 856 and billed on the 810 is the same, over any split into shipments', (t) => {
  const structures = [
    'shipment-order-pack-item',
    'shipment-order-item-pack',
    'shipment-pack-order-item',
    'shipment-order-item',
  ] as const;
  fc.assert(
    fc.property(
      fc.array(arbitraryShipment, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...structures),
      fc.constantFrom('reference', 'item', 'none'),
      (parts, structure, serials) => {
        const policy = noticePolicy({ structure, serials });
        const billed = new Map<string, Map<number, string>>();
        const all: {
          packed: (readonly [string, string])[];
          told: (readonly [string, string])[];
          asked: (readonly [string, string])[];
        } = { packed: [], told: [], asked: [] };
        parts.forEach(({ goods, orders }, n) => {
          const lines = listLines(goods);
          const shipment: ShippedGoods = { ...goods, id: `s${n}`, number: `SH-${n}`, lines };
          const facts = {
            purpose: 'original',
            today: '2026-03-02',
            time: '10:15',
            policy,
            shipFrom,
          } as const;
          const notice = buildNotice(shipment, { ...facts, orders });
          const named = orders.filter(({ id }) => lines.some((line) => line.order === id));
          const {
            invoice,
            lines: asked,
            reasons,
          } = billShipments(
            billingFacts(
              named.map(({ id, order }) => {
                const before = billed.get(id) ?? new Map<number, string>();
                const decisions = order.lines.map(() => decideLine({ price: '2.50', priceBasis: 'PE' }));
                const shipped = new Map(before);
                for (const line of lines.filter((one) => one.order === id))
                  shipped.set(
                    line.orderPosition,
                    String(Number(before.get(line.orderPosition) ?? 0) + Number(line.quantity)),
                  );
                billed.set(id, shipped);
                const decision = {
                  outcome: 'accepted',
                  repeated: false,
                  reasons: [],
                  lines: decisions,
                  exceptions: [],
                } as const;
                return { id, order, decision, shipped, invoiced: before, chargesBilled: false };
              }),
              [shipment],
            ),
          );
          t.deepEqual(reasons, []);
          all.packed.push(
            ...listContents(goods).map(
              ({ poNumber, line, quantity }) => [`${poNumber} ${line}`, quantity] as const,
            ),
          );
          all.told.push(...listItems(notice.levels));
          all.asked.push(
            ...asked.map(({ order, orderPosition, position }) => {
              const quantity = invoice.lines[position - 1]!.quantity!;
              return [`${order.replace('order', 'PO')} ${orderPosition}`, quantity] as const;
            }),
          );
        });
        t.deepEqual(sum(all.told), sum(all.packed));
        t.deepEqual(sum(all.asked), sum(all.packed));
      },
    ),
    { numRuns: 300 },
  );
});
