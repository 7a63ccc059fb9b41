import type { DeskDocument } from './desk-documents.ts';

/** `80 C 20261207`: FST01, FST02 and the day. */
export type PlannedLine = {
  readonly item: string;
  readonly forecasts: readonly string[];
  /** SHP*02: what the buyer counts, up to a day. */
  readonly counts?: readonly [quantity: number, on: string];
  readonly unit?: string;
};

export type PlanTerms = {
  /** BFR02, BSS02. */
  readonly number?: string;
  /** BFR03. */
  readonly release?: string;
  /** BFR11, BSS10; '' for none. */
  readonly po?: string;
  readonly issued?: string;
  /** BFR05, BSS11. */
  readonly quantities?: 'A' | 'C' | 'D';
  readonly shipTo?: string;
};

/** What the buyer will need, as its planning system would write it. */
export function writePlanning(lines: readonly PlannedLine[], terms: PlanTerms = {}): DeskDocument {
  const { number = 'SCH-1', release = '', po = 'BK-1', issued = '20261120', quantities = 'A' } = terms;
  const { shipTo = 'DC12' } = terms;
  return {
    set: '830',
    body: [
      `BFR*00*${number}*${release}*DL*${quantities}*20261120*20270331*${issued}***${po}`.replace(/\*+$/, ''),
      `N1*ST*DISTRIBUTION ${shipTo}*92*${shipTo}`,
      ...lines.flatMap(writeLine),
      `CTT*${lines.length}`,
    ],
  };
}

/** When it wants what it released. */
export function writeShipping(lines: readonly PlannedLine[], terms: PlanTerms = {}): DeskDocument {
  const { number = 'SHP-1', po = 'BK-1', issued = '20261121', quantities = 'A' } = terms;
  return {
    set: '862',
    body: [
      `BSS*00*${number}*${issued}*DL*20261123*20261130*${number}***${po}*${quantities}`,
      ...lines.flatMap(writeLine),
      `CTT*${lines.length}`,
    ],
  };
}

function writeLine({ item, forecasts, counts, unit = 'EA' }: PlannedLine, i: number): string[] {
  return [
    `LIN*${i + 1}*VP*${item}`,
    `UIT*${unit}`,
    ...forecasts.map((text) => {
      const [quantity, certainty, date] = text.split(' ');
      return `FST*${quantity}*${certainty}*D*${date}`;
    }),
    ...(counts === undefined ? [] : [`SHP*02*${counts[0]}*051*20260101**${counts[1]}`]),
  ];
}

export type ArrivedLine = {
  readonly item: string;
  readonly received: number;
  readonly unit?: string;
  /** RCD06 to RCD08: `5 EA 01`. */
  readonly wrong?: readonly string[];
};

/** What arrived at the buyer. */
export function writeReceived(
  lines: readonly ArrivedLine[],
  { number = 'RA-1', po = 'BK-1' }: { readonly number?: string; readonly po?: string } = {},
): DeskDocument {
  return {
    set: '861',
    body: [
      `BRA*${number}*20261121*00*1`,
      'DTM*050*20261121',
      `PRF*${po}`,
      ...lines.flatMap(({ item, received, unit = 'EA', wrong = [] }, i) => [
        `RCD*${i + 1}*${received}*${unit}***${wrong.map((one) => one.replaceAll(' ', '*')).join('*')}`.replace(
          /\*+$/,
          '',
        ),
        `LIN**VP*${item}`,
      ]),
      `CTT*${lines.length}`,
    ],
  };
}
