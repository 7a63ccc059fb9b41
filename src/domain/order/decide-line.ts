import { type Decimal, toBig } from '../../lib/decimal.ts';
import type { ExceptionKind, ExceptionToRaise } from '../exception/exception-kinds.ts';
import type { LineDecision, PriceProof, Reason } from './order-decision.ts';
import type { Catalogue, Item, OrderFacts } from './order-facts.ts';
import { catalogueKey } from './order-facts.ts';
import { choosePrice, comparePrice } from './price-line.ts';
import type { PurchaseOrderLine } from './purchase-order.ts';

export type DecidedLine = {
  readonly decision: LineDecision;
  readonly exceptions: readonly ExceptionToRaise[];
};

/** Answers one line. Every problem is collected, none hides another; the gravest gives the status. */
export function decideLine(line: PurchaseOrderLine, facts: OrderFacts): DecidedLine {
  if (line.quantity === undefined) return missingQuantity(line);
  const found = findItem(line, facts.catalogue);
  if (found.kind === 'unknown') return unknownItem(line, facts);
  if (found.kind === 'ambiguous') return ambiguousItem(line, found.items);

  const item = found.item;
  const unit = line.unit ?? item.unit;
  const ours = choosePrice(item.prices, unit);
  const refusals = [
    ...refuseItem(line, item),
    ...refuseQuantity(line, line.quantity),
    ...refuseUnit(line, item, ours !== undefined),
  ];
  const first = refusals[0];
  if (first !== undefined) {
    const decision: LineDecision = {
      status: first.code === 'unit-not-sold' ? 'R3' : 'IR',
      item: item.number,
      unit,
      price: line.unitPrice,
      priceBasis: line.priceBasis,
      reasons: refusals,
    };
    return { decision, exceptions: [] };
  }
  const proof = comparePrice(line.unitPrice, line.priceBasis, ours, facts.policy.price.tolerance);
  return settlePrice(line, item, unit, proof, facts);
}

type Found =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly items: readonly string[] };

/** All ids of the line must lead to one item: two that lead to different ones are a question, not a choice. */
function findItem(line: PurchaseOrderLine, catalogue: Catalogue): Found {
  const numbers = new Set<string>();
  for (const id of line.ids) {
    const number = catalogue.itemOf.get(catalogueKey(id));
    if (number !== undefined && catalogue.items.has(number)) numbers.add(number);
  }
  const [number] = numbers;
  if (number === undefined) return { kind: 'unknown' };
  if (numbers.size > 1) return { kind: 'ambiguous', items: [...numbers] };
  return { kind: 'item', item: catalogue.items.get(number)! };
}

function unknownItem(line: PurchaseOrderLine, facts: OrderFacts): DecidedLine {
  const ids = line.ids.map((id) => `${id.qualifier} ${id.value}`).join(', ') || 'no product id';
  const reason = { code: 'item-unknown', text: `line ${line.number}: no item of ours is known for ${ids}` };
  const held = facts.policy['unknown-item'] === 'hold';
  return {
    decision: asOrdered(line, held ? 'IH' : 'R2', [reason]),
    exceptions: held ? [{ kind: 'item-unknown', message: reason.text }] : [],
  };
}

/** PO102 is optional in the standard: how many are wanted may be said elsewhere, or was forgotten. */
function missingQuantity(line: PurchaseOrderLine): DecidedLine {
  const text = `line ${line.number}: no quantity is given`;
  return {
    decision: asOrdered(line, 'IH', [{ code: 'quantity-missing', text }]),
    exceptions: [{ kind: 'quantity-missing', message: text }],
  };
}

function ambiguousItem(line: PurchaseOrderLine, items: readonly string[]): DecidedLine {
  const text = `line ${line.number}: its product ids lead to different items (${items.join(', ')})`;
  return {
    decision: asOrdered(line, 'IH', [{ code: 'item-ambiguous', text }]),
    exceptions: [{ kind: 'item-ambiguous', message: text }],
  };
}

function asOrdered(
  line: PurchaseOrderLine,
  status: LineDecision['status'],
  reasons: readonly Reason[],
): LineDecision {
  return { status, unit: line.unit, price: line.unitPrice, priceBasis: line.priceBasis, reasons };
}

function refuseItem(line: PurchaseOrderLine, item: Item): Reason[] {
  if (item.active) return [];
  return [{ code: 'item-inactive', text: `line ${line.number}: item ${item.number} is no longer sold` }];
}

function refuseQuantity(line: PurchaseOrderLine, quantity: Decimal): Reason[] {
  if (toBig(quantity).gt(0)) return [];
  return [
    {
      code: 'quantity-not-positive',
      text: `line ${line.number}: quantity ${quantity} is not above zero`,
    },
  ];
}

function refuseUnit(line: PurchaseOrderLine, item: Item, priced: boolean): Reason[] {
  if (line.unit === undefined || line.unit === item.unit || priced) return [];
  const text = `line ${line.number}: item ${item.number} is sold by ${item.unit}, not by ${line.unit}`;
  return [{ code: 'unit-not-sold', text }];
}

function settlePrice(
  line: PurchaseOrderLine,
  item: Item,
  unit: string,
  proof: PriceProof,
  facts: OrderFacts,
): DecidedLine {
  const assumed: Reason[] =
    line.unit === undefined
      ? [
          {
            code: 'unit-assumed',
            text: `line ${line.number}: no unit given, taken as ${unit}, the unit it is sold in`,
          },
        ]
      : [];
  const answer = (
    status: LineDecision['status'],
    price: string | undefined,
    reasons: Reason[],
  ): LineDecision => ({
    status,
    item: item.number,
    unit,
    price,
    priceBasis: proof.basis,
    proof,
    reasons: [...assumed, ...reasons],
  });
  switch (proof.rule) {
    case 'equal':
    case 'within-tolerance':
      return { decision: answer('IA', proof.theirs, []), exceptions: [] };
    case 'order-has-no-price':
      return { decision: answer('IA', proof.ours, []), exceptions: [] };
    case 'no-price-of-ours':
      return holdPrice(
        answer,
        'price-missing',
        `line ${line.number}: item ${item.number} has no price for this partner in ${unit} on the order's day and currency`,
        proof,
      );
    case 'basis-unknown':
      return holdPrice(
        answer,
        'price-basis-unknown',
        `line ${line.number}: price basis ${proof.basis} cannot be compared with ours`,
        proof,
      );
    case 'outside-tolerance':
      return outsideTolerance(line, proof, facts, answer);
  }
}

type Answer = (status: LineDecision['status'], price: string | undefined, reasons: Reason[]) => LineDecision;

function outsideTolerance(
  line: PurchaseOrderLine,
  proof: PriceProof,
  facts: OrderFacts,
  answer: Answer,
): DecidedLine {
  const text = `line ${line.number}: ordered at ${proof.theirs}, our price is ${proof.ours}; the difference of ${proof.difference} is more than the ${proof.allowed} allowed`;
  const reason = { code: 'price-outside-tolerance', text } as const;
  switch (facts.policy.price.outside) {
    case 'hold':
      return holdPrice(answer, reason.code, text, proof);
    case 'contract':
      return { decision: answer('IP', proof.ours, [reason]), exceptions: [] };
    case 'theirs':
      return { decision: answer('IA', proof.theirs, [reason]), exceptions: [] };
    case 'reject':
      return { decision: answer('IR', proof.theirs, [reason]), exceptions: [] };
  }
}

/** The price stands open (ACK01 IE) until a person chooses. */
function holdPrice(answer: Answer, code: ExceptionKind, text: string, proof: PriceProof): DecidedLine {
  return {
    decision: answer('IE', proof.theirs, [{ code, text }]),
    exceptions: [{ kind: code, message: text }],
  };
}
