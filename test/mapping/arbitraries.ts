import fc from 'fast-check';

type Doc = Record<string, unknown>;

/** Text that no separator of the tests cuts; never blank at the ends, as senders pad. */
const text = fc.stringMatching(/^[A-Za-z0-9äé€](?:[A-Za-z0-9 ,.äé/-]{0,12}[A-Za-z0-9])?$/);
const word = fc.stringMatching(/^[A-Z0-9]{2,3}$/);
const number = fc.stringMatching(/^-?(?:0|[1-9]\d{0,6})(?:\.\d{1,4})?$/);
const whole = fc.stringMatching(/^[1-9]\d{0,4}$/);
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

/** Records whose absent keys are absent, in the order given. */
function record(
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>>,
  order: readonly string[],
): fc.Arbitrary<Doc> {
  return fc
    .record({ ...required, ...optional }, { requiredKeys: Object.keys(required) })
    .map((made) => Object.fromEntries(order.flatMap((key) => (key in made ? [[key, made[key]]] : []))));
}

function some<T>(item: fc.Arbitrary<T>, maxLength = 4): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: 1, maxLength });
}

function coded(table: Record<string, string>, name: string, code: string): fc.Arbitrary<Doc> {
  const known = fc.constantFrom(...Object.values(table)).map((word) => ({ [name]: word }));
  const unknown = word.filter((one) => !(one in table)).map((one) => ({ [name]: 'other', [code]: one }));
  return fc.oneof(known, unknown);
}

const PURPOSES = {
  '00': 'original',
  '01': 'cancel',
  '04': 'change',
  '05': 'replace',
  '06': 'confirm',
  '07': 'duplicate',
  '22': 'information',
};
const TYPES = {
  SA: 'standalone',
  NE: 'new',
  BK: 'blanket',
  BE: 'blanket-estimate',
  RL: 'release',
  DS: 'drop-ship',
  RO: 'rush',
};

const reference = (qualifier: fc.Arbitrary<string>) =>
  fc.oneof(
    record({ qualifier, value: text }, { text }, ['qualifier', 'value', 'text']),
    record({ qualifier, text }, {}, ['qualifier', 'text']),
  );
const anyReference = reference(word);
const pair = record({ qualifier: word, value: text }, {}, ['qualifier', 'value']);
const address = record({}, { lines: some(text), city: text, region: word, postalCode: text, country: word }, [
  'lines',
  'city',
  'region',
  'postalCode',
  'country',
]).filter((made) => Object.keys(made).length > 0);
const role = fc.constantFrom<Doc>(
  { role: 'ship-to', code: 'ST' },
  { role: 'bill-to', code: 'BT' },
  { role: 'other', code: 'ZZ' },
);
const party = fc
  .tuple(
    role,
    record({}, { name: text, idQualifier: word, id: text, address }, [
      'name',
      'idQualifier',
      'id',
      'address',
    ]),
  )
  .map(([head, rest]) => ({ ...head, ...rest }));

const SOURCE = {
  format: 'x12',
  version: '004010',
  set: '850',
  sender: 'ZZ:A',
  receiver: 'ZZ:B',
  interchange: '1',
  group: '1',
  control: '1',
};

export function arbitraryOrder(_version: string): fc.Arbitrary<Doc> {
  const schedule = record({}, { quantity: number, unit: word, date, qualifier: word }, [
    'quantity',
    'unit',
    'date',
    'qualifier',
  ]).filter((made) => Object.keys(made).length > 0);
  const line = record(
    { number: text, quantity: number, ids: fc.array(pair, { maxLength: 10 }) },
    {
      unit: word,
      unitPrice: number,
      priceBasis: word,
      description: text,
      requestedDelivery: date,
      references: some(anyReference),
      notes: some(text),
      schedule: some(schedule),
    },
    [
      'number',
      'quantity',
      'unit',
      'unitPrice',
      'priceBasis',
      'ids',
      'description',
      'requestedDelivery',
      'references',
      'notes',
      'schedule',
    ],
  );
  const rest = record(
    { poNumber: text, lines: some(line) },
    {
      releaseNumber: text,
      contractNumber: text,
      orderDate: date,
      currency: word,
      requestedDelivery: date,
      references: some(reference(word.filter((one) => one !== 'CT'))),
      notes: some(text),
      parties: some(party),
    },
    [
      'poNumber',
      'releaseNumber',
      'contractNumber',
      'orderDate',
      'currency',
      'requestedDelivery',
      'references',
      'notes',
      'parties',
      'lines',
    ],
  );
  return fc
    .tuple(coded(PURPOSES, 'purpose', 'purposeCode'), coded(TYPES, 'type', 'typeCode'), rest)
    .map(([purpose, type, other]) => ({
      kind: 'purchase-order',
      source: SOURCE,
      ...purpose,
      ...type,
      ...other,
    }));
}

export function arbitraryOrderAcknowledgement(_version: string): fc.Arbitrary<Doc> {
  const outcome = record(
    { status: word },
    { quantity: number, unit: word, dateQualifier: word, date, ids: some(pair, 10) },
    ['status', 'quantity', 'unit', 'dateQualifier', 'date', 'ids'],
  );
  const line = record(
    { ids: fc.array(pair, { maxLength: 10 }), outcomes: some(outcome) },
    {
      number: text,
      quantity: number,
      unit: word,
      unitPrice: number,
      priceBasis: word,
      description: text,
      references: some(anyReference),
      notes: some(text),
    },
    [
      'number',
      'quantity',
      'unit',
      'unitPrice',
      'priceBasis',
      'ids',
      'description',
      'references',
      'notes',
      'outcomes',
    ],
  );
  const rest = record(
    { type: word, poNumber: text, lines: some(line) },
    {
      releaseNumber: text,
      orderDate: date,
      sellerOrderNumber: text,
      acknowledgedOn: date,
      currency: word,
      references: some(anyReference),
      notes: some(text),
      parties: some(party),
    },
    [
      'type',
      'poNumber',
      'releaseNumber',
      'orderDate',
      'sellerOrderNumber',
      'acknowledgedOn',
      'currency',
      'references',
      'notes',
      'parties',
      'lines',
    ],
  );
  return fc
    .tuple(coded(PURPOSES, 'purpose', 'purposeCode'), rest)
    .map(([purpose, other]) => ({ kind: 'order-acknowledgement', ...purpose, ...other }));
}

export function arbitraryAcknowledgement(version: string): fc.Arbitrary<Doc> {
  const later = version >= '005010';
  const elementNote = record(
    { position: whole, code: word },
    { component: whole, ...(later ? { repetition: whole } : {}), reference: whole, value: text },
    ['position', 'component', 'repetition', 'reference', 'code', 'value'],
  );
  const segmentNote = record(
    { segment: word, position: whole },
    { loop: word, code: word, elements: some(elementNote) },
    ['segment', 'position', 'loop', 'code', 'elements'],
  );
  const codes = some(word, 5);
  const setNote = record(
    { set: word, control: text, status: word },
    { ...(later ? { implementation: text } : {}), segments: some(segmentNote), codes },
    ['set', 'control', 'implementation', 'segments', 'status', 'codes'],
  );
  return record(
    {
      functionalId: word,
      groupControl: whole,
      status: word,
      included: whole,
      received: whole,
      accepted: whole,
    },
    { ...(later ? { version: text } : {}), sets: some(setNote), codes },
    [
      'functionalId',
      'groupControl',
      'version',
      'sets',
      'status',
      'included',
      'received',
      'accepted',
      'codes',
    ],
  ).map((made) => ({ kind: 'functional-acknowledgement', ...made }));
}
