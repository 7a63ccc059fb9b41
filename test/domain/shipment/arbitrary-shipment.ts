import fc from 'fast-check';
import type { NoticeOrder } from '../../../src/domain/shipment/describe-levels.ts';
import type { HandlingUnit, PackedItem } from '../../../src/domain/shipment/shipment.ts';
import type { ShippedGoods, ShippedLine } from '../../../src/domain/shipment/shipped.ts';
import { decideLine, order } from './support.ts';

/** Orders with lines, and a shipment that packs parts of them in a random tree of pallets and cartons. */
export const arbitraryShipment = fc
  .record({ orders: fc.integer({ min: 1, max: 3 }), lines: fc.integer({ min: 1, max: 4 }) })
  .chain((size) => {
    const packed = fc.record({
      order: fc.nat(size.orders - 1),
      line: fc.nat(size.lines - 1),
      quantity: fc.integer({ min: 1, max: 5 }),
      lot: fc.option(fc.constantFrom('L1', 'L2'), { nil: undefined }),
      serials: fc.boolean(),
    });
    const contents = fc.array(packed, { minLength: 1, maxLength: 4 });
    const carton = fc.record({ kind: fc.constantFrom('carton', 'crate'), contents });
    const pallet = fc.record({
      kind: fc.constant('pallet'),
      contents: fc.option(contents, { nil: undefined }),
      units: fc.array(carton, { minLength: 1, maxLength: 3 }),
    });
    const units = fc.array(fc.oneof(carton, pallet), { maxLength: 4 });
    return fc
      .record({ units, loose: fc.array(packed, { maxLength: 2 }) })
      .filter(({ units: all, loose }) => all.length + loose.length > 0)
      .map((tree) => makeGoods(size, tree as Tree));
  });

type Piece = {
  readonly order: number;
  readonly line: number;
  readonly quantity: number;
  readonly lot?: string;
  readonly serials: boolean;
};
type Unit = {
  readonly kind: HandlingUnit['kind'];
  readonly contents?: readonly Piece[];
  readonly units?: readonly Unit[];
};
type Tree = { readonly units: readonly Unit[]; readonly loose: readonly Piece[] };

function makeGoods(size: { orders: number; lines: number }, { units, loose }: Tree) {
  let count = 0;
  const pack = ({ order: at, line, quantity, lot, serials }: Piece): PackedItem => ({
    poNumber: `PO-${at + 1}`,
    line: String(line + 1),
    quantity: String(quantity),
    unit: 'EA',
    ...(lot === undefined ? {} : { lot }),
    ...(serials ? { serials: Array.from({ length: quantity }, () => `SN${++count}`) } : {}),
  });
  const build = ({ kind, contents, units: inner }: Unit): HandlingUnit => ({
    kind,
    sscc: String(100_000_000_000_000_000n + BigInt(++count)),
    ...(contents === undefined ? {} : { contents: contents.map(pack) }),
    ...(inner === undefined ? {} : { units: inner.map(build) }),
  });
  const content = {
    kind: 'shipment' as const,
    purpose: 'original' as const,
    number: 'SH-1',
    units: units.map(build),
    loose: loose.map(pack),
  };
  const goods: ShippedGoods = {
    id: 'shipment',
    number: 'SH-1',
    partner: 'acme',
    test: false,
    version: 1,
    state: 'shipped',
    at: '2026-03-02T10:00:00Z',
    shipDate: '2026-03-02',
    content,
    lines: [] as ShippedLine[],
  };
  const orders = Array.from({ length: size.orders }, (_, at): NoticeOrder => {
    const lines = Array.from({ length: size.lines }, (_line, line) => String(line + 1));
    return {
      id: `order-${at + 1}`,
      order: order(`PO-${at + 1}`, lines),
      lines: lines.map(() => decideLine()),
      toDate: new Map(),
    };
  });
  return { goods, orders };
}

/** Every packed item, wherever it is. */
export function listContents({ content }: ShippedGoods): readonly PackedItem[] {
  const visit = ({ contents = [], units = [] }: HandlingUnit): readonly PackedItem[] => [
    ...contents,
    ...units.flatMap(visit),
  ];
  return [...(content.loose ?? []), ...(content.units ?? []).flatMap(visit)];
}
