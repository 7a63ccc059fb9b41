import test from 'ava';
import fc from 'fast-check';
import { buildNotice } from '../../../src/domain/shipment/build-notice.ts';
import { nameNoticeSource } from '../../../src/domain/shipment/notice-sources.ts';
import { arbitraryShipment } from './arbitrary-shipment.ts';
import { noticePolicy, shipFrom } from './support.ts';

const FIXED = /(^kind|\.level|\.code)$/;

function listPaths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => listPaths(one, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, one]) =>
    listPaths(one, path === '' ? name : `${path}.${name}`),
  );
}

test('every field of a notice says where it came from, in every structure', (t) => {
  const structures = [
    'shipment-order-pack-item',
    'shipment-pack-order-item',
    'shipment-order-item-pack',
  ] as const;
  fc.assert(
    fc.property(arbitraryShipment, fc.constantFrom(...structures), ({ goods, orders }, structure) => {
      const policy = noticePolicy({ structure });
      const facts = { purpose: 'original', today: '2026-03-02', time: '10:15', shipFrom } as const;
      const notice = buildNotice(goods, { ...facts, policy, orders });
      for (const path of listPaths(notice).filter((one) => !FIXED.test(one)))
        t.not(nameNoticeSource(notice, path), undefined, path);
    }),
    { numRuns: 50 },
  );
});

test('an item names its line of its order, and what was packed of it', (t) => {
  const orders = [{ id: 'o', order: { poNumber: 'PO-9' } }];
  const item = {
    level: 'item',
    code: 'I',
    number: '4',
    ids: [
      { qualifier: 'BP', value: 'X' },
      { qualifier: 'LT', value: 'L' },
    ],
  };
  const levels = [
    {
      level: 'shipment',
      code: 'S',
      children: [{ level: 'order', code: 'O', order: orders[0]!.order, children: [item] }],
    },
  ];
  const notice = { kind: 'ship-notice', shipmentId: 'SH-1', levels } as unknown as Parameters<
    typeof nameNoticeSource
  >[0];
  const at = (field: string) => nameNoticeSource(notice, `levels[0].children[0].children[0].${field}`);
  t.is(at('number'), 'order PO-9 line 4, PO101');
  t.is(at('shipped.quantity'), 'shipment SH-1, as the warehouse told it: packed for order PO-9 line 4');
  t.is(at('shipped.toDate'), 'all shipments of order PO-9 line 4 up to this one');
  t.is(at('ids[0].value'), 'order PO-9 line 4, as the buyer names the item');
  t.is(at('ids[1].value'), 'shipment SH-1, as the warehouse told it: packed for order PO-9 line 4');
});
