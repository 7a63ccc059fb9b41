import { isPlainDate } from '../../lib/dates.ts';
import { type Decimal, isDecimal, toBig } from '../../lib/decimal.ts';
import { findNearest } from '../../lib/suggest.ts';
import type { RulingChoice } from '../order/ruling.ts';

/** What a person says beside the choice, each as it was typed. */
export type ChoiceArguments = {
  /** PO101; that of the exception where it is not given. */
  readonly line?: string | undefined;
  readonly price?: string | undefined;
  /** PO105 of the price: PE, HP, TP. */
  readonly basis?: string | undefined;
  /** Our item number. */
  readonly item?: string | undefined;
  readonly quantity?: string | undefined;
  /** PO number. */
  readonly po?: string | undefined;
  readonly date?: string | undefined;
  /** With commas between them. */
  readonly serials?: string | undefined;
  readonly reason?: string | undefined;
};

export type ArgumentName = keyof ChoiceArguments;

/** What follows from a choice. */
export type ChoiceEffect =
  | { readonly kind: 'rule'; readonly choice: RulingChoice; readonly line?: string | undefined }
  /** The order is decided again with the facts as they are now. */
  | { readonly kind: 'decide-again' }
  | { readonly kind: 'reprocess' }
  /** The shipment is billed again, or by other means than here. */
  | { readonly kind: 'bill'; readonly how: 'again' | 'elsewhere' }
  /** What was told of a shipment is looked at again. */
  | { readonly kind: 'look-again' }
  | { readonly kind: 'give-serials'; readonly serials: readonly string[] }
  /** What a partner rejected is written anew and sent again. */
  | { readonly kind: 'resend' }
  | { readonly kind: 'retry-delivery' }
  | { readonly kind: 'send-mail' }
  | { readonly kind: 'mail-arrived' }
  /** Nothing is left to do here. */
  | { readonly kind: 'close' };

type Given = Readonly<Record<ArgumentName, string>>;

type Choice = {
  readonly label: string;
  readonly needs: readonly ArgumentName[];
  /** Beside `reason`, which may be given with every choice. */
  readonly takes?: readonly ArgumentName[];
  /** Called with what it needs; what is not given is ''. */
  readonly effect: (given: Given, kind: string) => ChoiceEffect;
};

/** Every way to resolve an exception; which kind offers which stands with the kinds. */
export const CHOICES = {
  'accept-their-price': onLine('accept at their price', () => ({ kind: 'accept-their-price' })),
  'answer-our-price': onLine('answer with our price', () => ({ kind: 'answer-our-price' })),
  'answer-with-price': {
    label: 'answer with a price agreed for this order',
    needs: ['line', 'price'],
    takes: ['basis'],
    effect: ({ line, price, basis }) => ({
      kind: 'rule',
      line,
      choice: { kind: 'answer-with-price', price, ...(basis === '' ? {} : { basis }) },
    }),
  },
  'choose-item': onLine('take it for this item', ({ item }) => ({ kind: 'choose-item', item }), ['item']),
  substitute: onLine('send another item instead', ({ item }) => ({ kind: 'substitute', item }), ['item']),
  'set-quantity': onLine(
    'answer with another quantity',
    ({ quantity }) => ({ kind: 'set-quantity', quantity }),
    ['quantity'],
  ),
  'promise-date': onLine('promise another day', ({ date }) => ({ kind: 'promise-date', date }), ['date']),
  'set-po-number': {
    label: 'give it the PO number that the partner gave',
    needs: ['po'],
    takes: ['line'],
    effect: ({ po, line }) => ({
      kind: 'rule',
      ...(line === '' ? {} : { line }),
      choice: { kind: 'set-po-number', poNumber: po },
    }),
  },
  'take-as-version': {
    label: 'make it the next version of the order that came first',
    needs: [],
    effect: () => ({ kind: 'decide-again' }),
  },
  'reject-line': onLine('refuse the line', () => ({ kind: 'reject' })),
  'reject-order': onOrder('refuse the whole order', () => ({ kind: 'reject' })),
  'reject-change': onOrder('refuse the change; the order stays as it is', () => ({ kind: 'reject' })),
  cancel: onOrder('cancel the order', () => ({ kind: 'cancel' })),
  'process-as-new': onOrder('process as a new order', (kind) => ({ kind: 'override', codes: [kind] })),
  override: {
    label: 'let it pass all the same',
    needs: ['reason'],
    takes: ['line'],
    effect: ({ line }, kind) => ({
      kind: 'rule',
      ...(line === '' ? {} : { line }),
      choice: { kind: 'override', codes: [kind] },
    }),
  },
  'release-hold': onOrder('release the hold', () => ({ kind: 'release-hold' })),
  'decide-again': {
    label: 'decide again with the facts of today',
    needs: [],
    effect: () => ({ kind: 'decide-again' }),
  },
  'look-again': {
    label: 'look at what was told again, with the facts of today',
    needs: [],
    effect: () => ({ kind: 'look-again' }),
  },
  'bill-again': {
    label: 'bill it again, with order and shipment as they are now',
    needs: [],
    effect: () => ({ kind: 'bill', how: 'again' }),
  },
  'billed-elsewhere': {
    label: 'it is billed by other means: no invoice leaves from here',
    needs: ['reason'],
    effect: () => ({ kind: 'bill', how: 'elsewhere' }),
  },
  'give-serials': {
    label: 'name the serials that left',
    needs: ['serials'],
    effect: ({ serials }) => ({
      kind: 'give-serials',
      serials: serials.split(/\s*,\s*/).filter((serial) => serial !== ''),
    }),
  },
  'correct-and-resend': {
    label: 'send it again, written with shipment, map and partner file as they are now',
    needs: [],
    effect: () => ({ kind: 'resend' }),
  },
  reprocess: { label: 'process the file again', needs: [], effect: () => ({ kind: 'reprocess' }) },
  'retry-delivery': { label: 'deliver it again', needs: [], effect: () => ({ kind: 'retry-delivery' }) },
  'send-again': { label: 'send the mail again', needs: [], effect: () => ({ kind: 'send-mail' }) },
  arrived: { label: 'the mail arrived', needs: [], effect: () => ({ kind: 'mail-arrived' }) },
  'ask-partner': {
    label: 'the partner was asked to put it right',
    needs: [],
    effect: () => ({ kind: 'close' }),
  },
  'by-hand': {
    label: 'done by hand, as the reason says',
    needs: ['reason'],
    effect: () => ({ kind: 'close' }),
  },
  ignore: { label: 'nothing needs to be done', needs: [], effect: () => ({ kind: 'close' }) },
} as const satisfies Readonly<Record<string, Choice>>;

export type ChoiceId = keyof typeof CHOICES;

function onLine(
  label: string,
  choose: (given: Given) => RulingChoice,
  needs: readonly ArgumentName[] = [],
): Choice {
  return {
    label,
    needs: ['line', ...needs],
    effect: (given) => ({ kind: 'rule', line: given.line, choice: choose(given) }),
  };
}

function onOrder(label: string, choose: (kind: string) => RulingChoice): Choice {
  return { label, needs: [], effect: (_given, kind) => ({ kind: 'rule', choice: choose(kind) }) };
}

const MEANS: Readonly<Record<ArgumentName, string>> = {
  line: 'the line of the order that is meant (PO101)',
  price: 'the price per unit, such as 12.50',
  basis: 'what the price is for (PO105), such as PE or HP',
  item: 'the number of our item',
  quantity: 'how many, in the unit of the line',
  po: 'the PO number that the partner gave',
  date: 'the day on which it ships, such as 2026-12-24',
  serials: 'serial numbers, with commas between them',
  reason: 'why, for whoever asks later',
};

export type ChoiceRead =
  | { readonly kind: 'effect'; readonly id: ChoiceId; readonly effect: ChoiceEffect }
  | { readonly kind: 'wrong'; readonly messages: readonly string[] };

type Asked = {
  readonly kind: string;
  readonly line?: string | undefined;
  readonly choices: readonly string[];
};

/** What a person chose for an exception, or everything that is wrong with it. */
export function readChoice(exception: Asked, id: string, given: ChoiceArguments): ChoiceRead {
  const choice = exception.choices.includes(id) ? findChoice(id) : undefined;
  if (choice === undefined) return { kind: 'wrong', messages: [describeUnknown(exception, id)] };
  const allowed = new Set<ArgumentName>([...choice.needs, ...(choice.takes ?? []), 'reason']);
  const filled: Given = {
    line: tidy(given.line) || (allowed.has('line') ? (exception.line ?? '') : ''),
    price: tidy(given.price),
    basis: tidy(given.basis),
    item: tidy(given.item),
    quantity: tidy(given.quantity),
    po: tidy(given.po),
    date: tidy(given.date),
    serials: tidy(given.serials),
    reason: tidy(given.reason),
  };
  const names = Object.keys(filled) as ArgumentName[];
  const messages = [
    ...choice.needs
      .filter((name) => filled[name] === '')
      .map((name) => `${id} needs --${name}: ${MEANS[name]}`),
    ...names
      .filter((name) => filled[name] !== '' && !allowed.has(name))
      .map((name) => `${id} takes no --${name}`),
    ...checkValues(filled),
  ];
  if (messages.length > 0) return { kind: 'wrong', messages };
  return { kind: 'effect', id: id as ChoiceId, effect: choice.effect(filled, exception.kind) };
}

function findChoice(id: string): Choice | undefined {
  return Object.hasOwn(CHOICES, id) ? CHOICES[id as ChoiceId] : undefined;
}

function tidy(text: string | undefined): string {
  return text?.trim() ?? '';
}

function describeUnknown({ kind, choices }: Asked, id: string): string {
  const [near] = findNearest(id, choices);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `"${id}" does not resolve ${kind}: choose one of ${choices.join(', ')}${hint}`;
}

function checkValues({ price, quantity, date }: Given): string[] {
  return [
    ...(price === '' || isAtLeast(price, 0)
      ? []
      : [`--price is "${price}": expected a decimal such as 12.50`]),
    ...(quantity === '' || (isAtLeast(quantity, 0) && !toBig(quantity).eq(0))
      ? []
      : [`--quantity is "${quantity}": expected a decimal above zero, such as 24`]),
    ...(date === '' || isPlainDate(date) ? [] : [`--date is "${date}": expected a day such as 2026-12-24`]),
  ];
}

function isAtLeast(text: Decimal, least: number): boolean {
  return isDecimal(text) && toBig(text).gte(least);
}

/** How each choice is typed: `substitute --item …`. What the exception says itself needs not be said again. */
export function describeArguments(id: ChoiceId, line: string | undefined): string {
  const { needs }: Choice = CHOICES[id];
  return needs
    .filter((name) => name !== 'line' || line === undefined)
    .map((name) => ` --${name} …`)
    .join('');
}
