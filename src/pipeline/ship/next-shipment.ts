import type { Id } from '../../domain/exchange/records.ts';
import { scheduleBilling } from '../../domain/invoice/schedule-billing.ts';
import { durationSeconds } from '../../domain/partner/duration.ts';
import { listUnits } from '../../domain/shipment/packed.ts';
import type { Shipment } from '../../domain/shipment/shipment.ts';
import type { EarlierShipment } from '../../domain/shipment/shipment-facts.ts';
import type { ShipmentStop } from '../../domain/shipment/shipment-plan.ts';
import type { NextShipment, ValuedLine } from '../../store/shipments.ts';
import { chooseNotice } from './announce-shipment.ts';
import { partnerOf, type Shipping } from './shipping.ts';

export type Standing = {
  readonly id: Id;
  readonly partner: string;
  readonly test: boolean;
  readonly earlier: EarlierShipment | undefined;
  readonly number: string;
  readonly content: Shipment;
  readonly lines: readonly ValuedLine[];
  readonly stops: readonly ShipmentStop[];
  readonly cancelled: boolean;
};

/** The shipment in its next version, before anything of it is stored. */
export function nextShipment(shipping: Shipping, standing: Standing): Omit<NextShipment, 'report'> {
  const { id, partner, test, earlier, number, content, lines, stops, cancelled } = standing;
  const state = cancelled ? 'cancelled' : 'shipped';
  const { now } = shipping;
  const noticedVersion = earlier?.noticedVersion;
  const notice = chooseNotice(shipping, { partner, state, noticedVersion }, stops);
  const owed = notice === 'waiting' || notice === 'stopped';
  const at = earlier?.at ?? now;
  const invoices = partnerOf(shipping, partner)?.file.send['810'];
  return {
    id,
    number,
    partner,
    test,
    version: (earlier?.version ?? 0) + 1,
    state,
    at,
    shipDate: content.shipDate ?? earlier?.shipDate ?? now.slice(0, 10),
    content,
    notice,
    noticeBy: owed ? dueAt(shipping, partner, '856', now) : undefined,
    billing: cancelled || !getsInvoices(shipping, partner) ? 'none' : 'due',
    billFrom: scheduleBilling(at, invoices?.consolidate ?? 'none'),
    billBy: dueAt(shipping, partner, '810', at),
    lines,
    told: cancelled ? (earlier?.lines ?? []) : lines,
    tracking: listTracking(content),
    units: cancelled
      ? []
      : listUnits(content).flatMap(({ unit: { sscc, kind }, place }) =>
          sscc === undefined ? [] : [{ sscc, kind, place }],
        ),
  };
}

/** Whether it is billed from here: by an 810, or by mail. */
function getsInvoices(shipping: Shipping, id: string): boolean {
  const { send, mails } = partnerOf(shipping, id)?.file ?? {};
  return send?.['810'] !== undefined || mails?.send.includes('invoice') === true;
}

function listTracking(content: Shipment): readonly string[] {
  const { tracking = [], proNumber } = content.carrier ?? {};
  const ofUnits = listUnits(content).flatMap(({ unit }) => unit.tracking ?? []);
  return [...new Set([...tracking, ...(proNumber === undefined ? [] : [proNumber]), ...ofUnits])];
}

/** When a document is owed to the partner; undefined where its file says no time. */
function dueAt(shipping: Shipping, partner: string, set: '856' | '810', from: string): string | undefined {
  const within = partnerOf(shipping, partner)?.file.send[set]?.within;
  if (within === undefined) return undefined;
  return new Date(Date.parse(from) + durationSeconds(within) * 1000).toISOString();
}
