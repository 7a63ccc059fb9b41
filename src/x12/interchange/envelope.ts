import { type IsaHeader, isAlphanumeric } from '../scan/isa.ts';
import type { InterchangeHeader } from './report.ts';

/** A finding about an interchange: TA105 and whether it refuses (R) or is only noted (E). */
export type EnvelopeFinding = {
  readonly code: string;
  readonly status: 'R' | 'E';
  readonly message: string;
  readonly offset: number;
};

type Check = {
  readonly code: string;
  readonly status: 'R' | 'E';
  readonly fails: (e: Elements) => string | undefined;
};
type Elements = readonly string[];

/** ISA05 and ISA07, data element I05. */
const ID_QUALIFIERS = new Set(
  (
    '01 02 03 04 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 ' +
    'AM NR SA SN ZZ'
  ).split(' '),
);

/** What is checked of ISA01…ISA16, in the order in which TA105 is chosen: the first that fails. */
const CHECKS: readonly Check[] = [
  check('010', 'R', (e) =>
    oneOf(e[1]!, ['00', '01', '02', '03', '04', '05', '06'], 'ISA01 authorisation qualifier'),
  ),
  check('011', 'R', (e) => atMost(e[2]!, 10, 'ISA02 authorisation')),
  check('011', 'E', (e) => given(e[1]!, e[2]!, 'ISA02 authorisation')),
  check('012', 'R', (e) => oneOf(e[3]!, ['00', '01'], 'ISA03 security qualifier')),
  check('013', 'R', (e) => atMost(e[4]!, 10, 'ISA04 security')),
  check('013', 'E', (e) => given(e[3]!, e[4]!, 'ISA04 security')),
  check('005', 'R', (e) => shapeOfQualifier(e[5]!, 'ISA05 sender qualifier')),
  check('006', 'R', (e) => identity(e[6]!, 'ISA06 sender id')),
  check('007', 'R', (e) => shapeOfQualifier(e[7]!, 'ISA07 receiver qualifier')),
  check('008', 'R', (e) => identity(e[8]!, 'ISA08 receiver id')),
  // Partners agree on qualifiers that no list has: noted, and read all the same.
  check('005', 'E', (e) => qualifier(e[5]!, 'ISA05 sender qualifier')),
  check('007', 'E', (e) => qualifier(e[7]!, 'ISA07 receiver qualifier')),
  check('014', 'E', (e) => (isDate6(e[9]!) ? undefined : `ISA09 date is "${e[9]}": YYMMDD expected`)),
  check('015', 'E', (e) => (isTime4(e[10]!) ? undefined : `ISA10 time is "${e[10]}": HHMM expected`)),
  check('016', 'R', (e) => (e[11]!.length === 1 ? undefined : `ISA11 is "${e[11]}": one character expected`)),
  check('002', 'E', checkStandard),
  check('017', 'R', (e) =>
    /^\d{5}$/.test(e[12]!) ? undefined : `ISA12 version is "${e[12]}": five digits expected`,
  ),
  check('017', 'E', (e) =>
    /^\d{5}$/.test(e[12]!) && !/^00[1-9]/.test(e[12]!)
      ? `ISA12 "${e[12]}" is no version of X12: 00401 or the like expected`
      : undefined,
  ),
  // Envelopes before 00200 were others, and what will come after 00899 nobody knows: to read them would be to guess.
  check('003', 'R', (e) =>
    /^00[19]\d\d$/.test(e[12]!) ? `ISA12 "${e[12]}": 00200 to 00899 are read` : undefined,
  ),
  check('018', 'R', (e) =>
    /^\d{9}$/.test(e[13]!) ? undefined : `ISA13 control number is "${e[13]}": nine digits expected`,
  ),
  check('019', 'E', (e) => oneOf(e[14]!, ['0', '1'], 'ISA14 acknowledgement requested')),
  check('020', 'R', (e) => oneOf(e[15]!, ['P', 'T', 'I'], 'ISA15 usage')),
];

function check(code: string, status: 'R' | 'E', fails: Check['fails']): Check {
  return { code, status, fails };
}

/** What is wrong with an ISA as such. */
export function checkIsa(isa: IsaHeader, offset: number): EnvelopeFinding[] {
  if (isa.broken !== undefined) {
    return [
      { code: isa.broken, status: 'R', message: BROKEN[isa.broken] ?? 'the ISA cannot be read', offset },
    ];
  }
  const findings: EnvelopeFinding[] = [];
  const { element, component, repetition, terminator } = isa.separators;
  if (isAlphanumeric(component) || component === element || component === 32) {
    const message = `ISA16 component separator is "${String.fromCharCode(component)}": a sign that no data holds expected`;
    findings.push({ code: '027', status: 'R', message, offset });
  }
  if (repetition !== undefined && [element, component, terminator].includes(repetition)) {
    findings.push({
      code: '016',
      status: 'R',
      message: 'ISA11 repetition separator is another separator too',
      offset,
    });
  }
  for (const { code, status, fails } of CHECKS) {
    const message = fails(isa.elements);
    if (message !== undefined) findings.push({ code, status, message, offset });
  }
  return findings;
}

/** Requests to the network in between: they ask nothing of us, and what is wrong with them is noted. */
const SERVICES: Readonly<Record<string, readonly Check[]>> = {
  ISB: [check('031', 'E', (e) => shape(e[1], /^[0-9A-Z]$/, 'ISB01 grade of service', 'one character'))],
  ISE: [
    check('028', 'E', (e) =>
      isDate6(e[1] ?? '') ? undefined : `ISE01 delivery date is "${e[1] ?? ''}": YYMMDD expected`,
    ),
    check('029', 'E', (e) =>
      isTime4(e[2] ?? '') ? undefined : `ISE02 delivery time is "${e[2] ?? ''}": HHMM expected`,
    ),
    check('030', 'E', (e) =>
      shape(e[3], /^([0-9A-Z]{2})?$/, 'ISE03 delivery time code', 'two characters or none'),
    ),
  ],
};

/** What is wrong with an ISB or ISE; [0] is the segment id. */
export function checkService(elements: Elements, offset: number): EnvelopeFinding[] {
  return (SERVICES[elements[0]!] ?? []).flatMap(({ code, status, fails }) => {
    const message = fails(elements);
    return message === undefined ? [] : [{ code, status, message, offset }];
  });
}

function shape(value = '', wanted: RegExp, what: string, expected: string): string | undefined {
  return wanted.test(value) ? undefined : `${what} is "${value}": ${expected} expected`;
}

const BROKEN: Readonly<Record<string, string>> = {
  '004': 'no segment terminator follows ISA16',
  '022': 'the ISA does not have its sixteen elements',
  '023': 'the ISA breaks off before its end',
  '026': 'the sign after ISA is not the one that follows ISA01: one element separator expected',
};

export function readHeader(isa: IsaHeader, offset: number): InterchangeHeader {
  const at = (e: number) => isa.elements[e] ?? '';
  const shift = isa.broken === undefined ? 0 : findShift(isa.elements);
  return {
    offset,
    elements: isa.elements,
    sender: `${at(5)}:${at(6)}`,
    receiver: `${at(7)}:${at(8)}`,
    control: at(13 + shift),
    version: at(12 + shift),
    usage: at(15 + shift),
    acknowledgementRequested: at(14 + shift) === '1',
    date: at(9 + shift),
    time: at(10 + shift),
    padded: isa.padded,
  };
}

/** An ISA that lacks an element still shows its control number: the nine digits behind the five of its version. */
function findShift(elements: readonly string[]): number {
  const found = elements.findIndex(
    (value, e) => /^\d{5}$/.test(value) && /^\d{9}$/.test(elements[e + 1] ?? ''),
  );
  return found < 0 ? 0 : found - 12;
}

function oneOf(value: string, allowed: readonly string[], what: string): string | undefined {
  return allowed.includes(value) ? undefined : `${what} is "${value}": ${allowed.join(', ')} expected`;
}

/** Elements of an ISA have fixed widths: one that is longer was never padded to its own. */
function atMost(value: string, width: number, what: string): string | undefined {
  return value.length > width ? `${what} is "${value}": ${width} characters expected` : undefined;
}

/** A qualifier other than 00 says that something meaningful follows. */
function given(kind: string, value: string, what: string): string | undefined {
  return kind !== '00' && value === '' ? `${what} is empty, and its qualifier is "${kind}"` : undefined;
}

function identity(value: string, what: string): string | undefined {
  return value === '' ? `${what} is empty` : atMost(value, 15, what);
}

function shapeOfQualifier(value: string, what: string): string | undefined {
  return /^[0-9A-Za-z]{2}$/.test(value) ? undefined : `${what} is "${value}": two characters expected`;
}

function qualifier(value: string, what: string): string | undefined {
  if (!/^[0-9A-Za-z]{2}$/.test(value)) return undefined;
  return ID_QUALIFIERS.has(value) ? undefined : `${what} is "${value}", which is no code of element I05`;
}

/** Up to 00401 ISA11 names the standard, and only U is X12; any other sign is odd at most. */
function checkStandard(e: Elements): string | undefined {
  const sign = e[11]!;
  const names = sign.length === 1 && e[12]! < '00402' && isAlphanumeric(sign.charCodeAt(0));
  return names && sign !== 'U' ? `ISA11 is "${sign}", which is not X12: U expected` : undefined;
}

function isDate6(text: string): boolean {
  if (!/^\d{6}$/.test(text)) return false;
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isTime4(text: string): boolean {
  return /^([01]\d|2[0-3])[0-5]\d$/.test(text);
}
