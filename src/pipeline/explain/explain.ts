import type { Context } from '../../context.ts';
import { nameOrder } from '../../domain/order/name-order.ts';
import { suggest } from '../../lib/suggest.ts';
import { findSentDocument, readDocument } from '../../store/documents.ts';
import { findOrdersToExplain, isId, listOrderNumbers, type OrderAsItStands } from '../../store/explain.ts';
import { parsePlace } from './element-place.ts';
import { type ExplainedDocument, explainDocument, type Refused } from './explain-document.ts';
import { type ExplainedOrder, explainOrder } from './explain-order.ts';
import { type ExplainedPaper, explainPaper } from './explain-paper.ts';

export type Asked = {
  /** PO number, number of a shipment, invoice or certificate, or the id of an order or document. */
  readonly what: string;
  /** A line of the order (PO101), or an element of the document. */
  readonly part?: string | undefined;
  readonly line?: string | undefined;
  readonly partner?: string | undefined;
  readonly release?: string | undefined;
};

export type Explained =
  | {
      readonly kind: 'explained';
      readonly order?: ExplainedOrder | undefined;
      /** The line of the order that was asked about. */
      readonly only?: string | undefined;
      readonly document?: ExplainedDocument | undefined;
      readonly paper?: ExplainedPaper | undefined;
      /** What else it might have meant. */
      readonly others: readonly string[];
    }
  | Refused;

/** Why an order is answered as it is, and where each value of a document came from. */
export async function explain(context: Context, asked: Asked): Promise<Explained> {
  const { what, part, line, partner } = asked;
  const stored = isId(what) ? await readDocument(context.db, what) : undefined;
  const document = partner === undefined || stored?.partner === partner ? stored : undefined;
  const orders = await findOrdersToExplain(context.db, asked);
  if (document !== undefined) {
    const known = orders.length === 1 && part === undefined && line === undefined ? orders[0] : undefined;
    const told = await explainDocument(context, document, { element: part, line });
    const order = known && (await explainOrder(context, known));
    if (told.kind === 'document') return { kind: 'explained', order, document: told, others: [] };
    // What nothing was read from may still be answered.
    return order === undefined ? told : { kind: 'explained', order, others: told.messages };
  }
  if (orders.length === 0)
    return (await explainOther(context, asked)) ?? (await refuseUnknown(context, asked));
  const chosen = chooseOrder(orders);
  if (chosen === undefined) return refuseAmbiguous(orders, asked);
  return await explainChosen(context, chosen, orders, asked);
}

/** An invoice, a certificate or a shipment, by its number; with the document that told of it. */
async function explainOther(context: Context, { what, part, line }: Asked): Promise<Explained | undefined> {
  const paper = part === undefined && line === undefined ? await explainPaper(context, what) : undefined;
  const sent = await findSentDocument(context.db, what);
  if (paper !== undefined) {
    const others =
      sent === undefined ? [] : [`its ${sent.set}, element by element: causeway explain ${sent.id}`];
    return { kind: 'explained', paper, others };
  }
  if (sent === undefined) return undefined;
  const told = await explainDocument(context, sent, { element: part, line });
  return told.kind === 'refused' ? told : { kind: 'explained', document: told, others: [] };
}

async function explainChosen(
  context: Context,
  chosen: OrderAsItStands,
  orders: readonly OrderAsItStands[],
  { part, line }: Asked,
): Promise<Explained> {
  const others = orders.filter((one) => one !== chosen).map((one) => `also known: ${tellOrder(one)}`);
  const numbers = chosen.content.lines.map(({ number }) => number);
  const only = part ?? line;
  if (only === undefined || numbers.includes(only))
    return { kind: 'explained', order: await explainOrder(context, chosen), only, others };
  if (part === undefined || parsePlace(part) === undefined)
    return refuse(`order ${chosen.poNumber} has no line ${only}${suggest(only, numbers)}`);
  const document = await readDocument(context.db, chosen.document);
  if (document === undefined) return refuse(`the document of order ${chosen.poNumber} is not kept`);
  const told = await explainDocument(context, document, { element: part, line });
  return told.kind === 'refused' ? told : { kind: 'explained', document: told, others };
}

/** The only one; of several of one partner the live one, and the order before its releases. */
function chooseOrder(orders: readonly OrderAsItStands[]): OrderAsItStands | undefined {
  const live = orders.some(({ test }) => !test) ? orders.filter(({ test }) => !test) : orders;
  const whole = live.filter(({ releaseNumber }) => releaseNumber === '');
  const left = live.length > 1 && whole.length > 0 ? whole : live;
  const partners = new Set(orders.map(({ partner }) => partner));
  return left.length === 1 && partners.size === 1 ? left[0] : undefined;
}

function refuseAmbiguous(orders: readonly OrderAsItStands[], { what }: Asked): Refused {
  const partners = new Set(orders.map(({ partner }) => partner));
  const how = partners.size > 1 ? '--partner, or by its id' : '--release, or by its id';
  return refuse(`${what} is ${orders.length} orders: say which with ${how}`, ...orders.map(tellOrder));
}

function tellOrder(order: OrderAsItStands): string {
  const { partner, shipTo, test, id } = order;
  const where = shipTo === '' ? '' : ` for ${shipTo}`;
  return `${test ? 'test ' : ''}order ${nameOrder(order)} of ${partner}${where}  [${id}]`;
}

async function refuseUnknown(context: Context, { what, partner, release }: Asked): Promise<Refused> {
  const of = partner === undefined ? '' : ` of ${partner}`;
  if (isId(what)) return refuse(`there is no order and no document ${what}${of}`);
  const numbers = await listOrderNumbers(context.db, partner);
  return refuse(
    `there is no order ${nameOrder({ poNumber: what, releaseNumber: release })}${of}${suggest(what, numbers)}`,
  );
}

function refuse(...messages: readonly string[]): Refused {
  return { kind: 'refused', messages };
}
