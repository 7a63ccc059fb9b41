import { type Difference, describeDifference } from '../domain/order/compare-orders.ts';
import { explainPrice } from '../domain/pricing/explain-price.ts';
import { describeBlanket } from '../pipeline/blanket/describe-blankets.ts';
import { reportBlankets } from '../pipeline/blanket/report-blankets.ts';
import { chooseResolution } from '../pipeline/choose-resolution.ts';
import { describeExceptions } from '../pipeline/describe-exceptions.ts';
import { announcePromises } from '../pipeline/revise/announce-promises.ts';
import { ruleOrder } from '../pipeline/revise/rule-order.ts';
import { receiveStock } from '../pipeline/stock/receive-stock.ts';
import type { StockReceipt } from '../store/backorders.ts';
import { readLedger } from '../store/blankets.ts';
import { listExceptions } from '../store/exceptions.ts';
import { findOrdersToExplain, loadOrderHistory } from '../store/explain.ts';
import type { DeskWork } from './scene.ts';

/** The proof of every price of an order. */
export const explainPrices =
  (what: string): DeskWork =>
  async ({ db }) => {
    const [order] = await findOrdersToExplain(db, { what });
    if (order === undefined) return [];
    const { content, decision } = order;
    const prices = decision.lines.flatMap(({ proof }, i) =>
      proof === undefined ? [] : [`line ${content.lines[i]!.number}`, ...explainPrice(proof).map(indent)],
    );
    return [`the prices, as \`causeway explain ${what}\` tells them among other things`, ...prices];
  };

/** What each change of an order made of it. */
export const compareVersions =
  (what: string): DeskWork =>
  async ({ db }) => {
    const [order] = await findOrdersToExplain(db, { what });
    if (order === undefined) return [];
    const { versions } = await loadOrderHistory(db, order);
    return versions.flatMap(({ version, difference }) => [
      `version ${version} became ${version + 1}:`,
      ...(difference as readonly Difference[]).map(describeDifference).map(indent),
    ]);
  };

/** Why a release was answered as it was, and the blanket order behind it with its balances and its ledger. */
export const showBlanket =
  (poNumber: string, release: string): DeskWork =>
  async ({ db, clock, configuration }) => {
    const [order] = await findOrdersToExplain(db, { what: poNumber, release });
    const reasons = (order?.decision.lines ?? []).flatMap((line) => line.reasons.map(({ text }) => text));
    const { partners } = configuration();
    const policyOf = (id: string) => partners.get(id)?.file.orders.blanket;
    const [blanket] = await reportBlankets(db, { poNumber }, clock().slice(0, 10), policyOf);
    if (blanket === undefined) return [];
    return [
      ...reasons.map((text) => `because ${text}`),
      '',
      `$ causeway blanket ${poNumber}`,
      ...describeBlanket(blanket, await readLedger(db, [blanket.id])),
    ];
  };

/** What waits for a person. */
export const showExceptions =
  (kind: string): DeskWork =>
  async ({ db, clock }) => {
    const open = await listExceptions(db, { state: 'open', kind });
    return [`$ causeway exceptions --kind ${kind}`, ...describeExceptions(open, clock(), (text) => text)];
  };

/** A person lets through what was held for credit. */
export const releaseHold =
  (reason: string): DeskWork =>
  async (context) => {
    const [hold] = await listExceptions(context.db, { state: 'open', kind: 'credit-hold' });
    if (hold === undefined) return ['nothing is on hold for credit'];
    const choosing = { id: hold.id, choice: 'release-hold', given: { reason }, by: 'finance' };
    const chosen = await chooseResolution(context, choosing, ruleOrder);
    const command = `$ causeway exceptions choose ${hold.id} release-hold --reason "${reason}"`;
    return [command, ...(chosen.kind === 'done' ? [chosen.text] : chosen.messages)];
  };

/** Goods come into the warehouse. */
export const receiveGoods =
  (receipt: Omit<StockReceipt, 'serials'>): DeskWork =>
  async (context) => {
    const announce = announcePromises.bind(undefined, context);
    const received = await receiveStock({ ...context, announce }, { ...receipt, serials: [] });
    const command = `$ causeway stock receive ${receipt.item} ${receipt.quantity} --warehouse ${receipt.warehouse}`;
    if (received.kind === 'refused') return [command, ...received.reasons.map(({ text }) => text)];
    const changes = received.changes.map(
      ({ poNumber, line, quantity, kind, warehouse }) =>
        `order ${poNumber} line ${line}: ${quantity} ${received.unit} ${kind} from ${warehouse}`,
    );
    return [command, ...changes];
  };

function indent(text: string): string {
  return `  ${text}`;
}
