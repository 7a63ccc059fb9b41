import { writeInterchange, writeSet } from './gateway-orders.ts';

/** GS01. */
const FUNCTIONAL_IDS = { '830': 'PS', '850': 'PO', '860': 'PC', '861': 'RC', '862': 'SS' } as const;

/** Orders and changes as a buyer's own system would write them, each in an interchange of its own. */
export type DeskDocument = {
  readonly set: keyof typeof FUNCTIONAL_IDS;
  readonly body: readonly string[];
};

export type OrderLine = {
  readonly quantity: string;
  readonly item: string;
  readonly price?: string;
  /** REF*SE: the very serial that is wanted. */
  readonly serial?: string;
};

export type OrderTerms = {
  /** BEG02. */
  readonly type?: 'SA' | 'BK' | 'BE' | 'RL';
  readonly release?: string;
  readonly shipTo?: string;
  /** DTM*002. */
  readonly wanted?: string;
};

/** `10 BOLT 3.25`: quantity, item, price. */
export function line(text: string): OrderLine {
  const [quantity = '', item = '', price] = text.split(' ');
  return price === undefined ? { quantity, item } : { quantity, item, price };
}

export function writeOrder(
  po: string,
  lines: readonly (string | OrderLine)[],
  { type = 'SA', release = '', shipTo = 'DC12', wanted = '20261218' }: OrderTerms = {},
): DeskDocument {
  const body = lines.flatMap((one, i) => {
    const { quantity, item, price = '', serial } = typeof one === 'string' ? line(one) : one;
    const basis = price === '' ? '' : 'PE';
    const reference = serial === undefined ? [] : [`REF*SE*${serial}`];
    return [`PO1*${i + 1}*${quantity}*EA*${price}*${basis}*VP*${item}`, ...reference];
  });
  const place = [`N1*ST*DISTRIBUTION ${shipTo}*92*${shipTo}`, 'N3*123 INDUSTRIAL BLVD'];
  return {
    set: '850',
    body: [
      `BEG*00*${type}*${po}*${release}*20261120`,
      `DTM*002*${wanted}`,
      ...place,
      'N4*DAYTON*OH*45402*US',
      ...body,
      `CTT*${lines.length}`,
    ],
  };
}

export function writeRelease(
  po: string,
  release: string,
  lines: readonly (string | OrderLine)[],
): DeskDocument {
  return writeOrder(po, lines, { type: 'RL', release });
}

export type ChangeTerms = {
  readonly type?: OrderTerms['type'];
  readonly release?: string;
  /** BCH05; '' for none. */
  readonly sequence?: number | '';
  /** BCH01: 04 change, 01 cancel, 05 replace. */
  readonly purpose?: '01' | '04' | '05';
  readonly wanted?: string;
};

/** Lines as POC has them: `1*QI*20*10*EA*3.25*PE*VP*BOLT`. */
export function writeChange(po: string, lines: readonly string[], terms: ChangeTerms = {}): DeskDocument {
  const { type = 'SA', release = '', sequence = 1, purpose = '04', wanted } = terms;
  return {
    set: '860',
    body: [
      `BCH*${purpose}*${type}*${po}*${release}*${sequence}*20261120*****20261121`,
      ...(wanted === undefined ? [] : [`DTM*002*${wanted}`]),
      ...lines.map((each) => `POC*${each}`),
      ...(lines.length === 0 ? [] : [`CTT*${lines.length}`]),
    ],
  };
}

export function writeCancel(po: string, terms: ChangeTerms = {}): DeskDocument {
  return writeChange(po, [], { ...terms, purpose: '01' });
}

/** Line 1 becomes so many, all of them still to be received. */
export function writeQuantity(
  po: string,
  code: 'QI' | 'QD',
  quantity: number,
  terms: ChangeTerms = {},
): DeskDocument {
  return writeChange(po, [`1*${code}*${quantity}*${quantity}*EA`], terms);
}

/** Files of one sender: every document gets the next control number. */
export function openPost(sender: string) {
  let control = 0;
  const write = (usage: 'P' | 'T', documents: readonly DeskDocument[]): Buffer =>
    Buffer.concat(
      documents.map(({ set, body }) => {
        control += 1;
        const spec = { from: `ZZ:${sender.toUpperCase()}`, control, usage, orders: [] };
        return writeInterchange(spec, FUNCTIONAL_IDS[set], [writeSet(set, 1, body)]);
      }),
    );
  return {
    file: (...documents: readonly DeskDocument[]) => write('P', documents),
    test: (...documents: readonly DeskDocument[]) => write('T', documents),
  };
}
