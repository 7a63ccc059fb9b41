import test from 'ava';
import { z } from 'zod';
import { formatMistake } from '../../src/lib/mistake.ts';
import { checkMap } from '../../src/mapping/check/check-map.ts';
import { type CompiledMap, compileMap } from '../../src/mapping/compile/compile-map.ts';
import { parseMap } from '../../src/mapping/language/parse-map.ts';
import type { JsonSchema } from '../../src/mapping/language/schema.ts';
import { explainRead, explainWrite } from '../../src/mapping/run/lineage.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { codes, parseSegments, printSegments, readBack, standards } from './support.ts';

const text = z.string();
const decimal = z.string().meta({ format: 'decimal' });

const line = z.strictObject({
  number: text,
  price: z.strictObject({ type: text, typeCode: text.optional() }).optional(),
  shares: z.array(z.strictObject({ place: text.optional(), quantity: decimal.optional() })).optional(),
  loads: z
    .array(z.strictObject({ sizes: z.array(text).optional(), quantity: decimal.optional() }))
    .optional(),
});
const order = z.strictObject({
  kind: z.literal('order'),
  poNumber: text,
  numbers: z
    .array(z.strictObject({ role: text.optional(), roleCode: text.optional(), value: text.optional() }))
    .optional(),
  lines: z.array(line),
  unmapped: z.array(z.unknown()).optional(),
});

const BEG = '  - BEG: [=00, =SA, poNumber, ~, =20240101]\n';
const PO1 = '        - PO1: [number]\n';

function buildOrder(source: string, schema: z.ZodType = order, set = '850', version = '004010') {
  const parsed = parseMap('map.yaml', `set: "${set}"\ndocument: order\nsegments:\n${source}`, new Map());
  const standard = standards.get(version)!;
  const document = z.toJSONSchema(schema) as unknown as JsonSchema;
  const checked = checkMap(parsed.map, { set: standard.sets.get(set)!, standard, document, codes });
  const mistakes = [...parsed.mistakes, ...checked.mistakes].map(formatMistake);
  return { map: checked.plan === undefined ? undefined : compileMap(checked.plan), mistakes };
}

function sound(...given: Parameters<typeof buildOrder>): CompiledMap {
  const { map, mistakes } = buildOrder(...given);
  if (map === undefined || mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return map;
}

function read(map: CompiledMap, segments: string): Record<string, unknown> {
  return readSet(map, readBack(map.set.set, parseSegments(segments), map.standard.version));
}

function write(map: CompiledMap, document: Record<string, unknown>): string {
  const { segments, problems, unwritten } = writeSet(map, document);
  return [printSegments(segments), ...problems.map(({ path }) => path), ...unwritten].join(' ! ');
}

const SHARES = sound(
  `${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - SDQ: [=EA, =92, { each: shares, elements: [place, quantity | R] }]\n`,
);
const HEAD = 'BEG*00*SA*P**20240101~PO1*1~';

test('items side by side in one segment are read and written, the gaps between them closed', (t) => {
  const document = read(SHARES, `${HEAD}SDQ*EA*92*A*1***C*3.50**4`);
  t.deepEqual(document['lines'], [
    {
      number: '1',
      shares: [{ place: 'A', quantity: '1' }, { place: 'C', quantity: '3.50' }, { quantity: '4' }],
    },
  ]);
  t.is(document['unmapped'], undefined);
  t.is(write(SHARES, document), `${HEAD}SDQ*EA*92*A*1*C*3.50**4`);
});

test('an item that cannot be read whole stays unmapped in its place, and the others stand around it', (t) => {
  const document = read(SHARES, `${HEAD}SDQ*EA*92*A*1*B*many*C*3`);
  t.deepEqual(document['lines'], [
    {
      number: '1',
      shares: [
        { place: 'A', quantity: '1' },
        { place: 'C', quantity: '3' },
      ],
    },
  ]);
  t.deepEqual(document['unmapped'], [
    { at: 'PO1[1]/SDQ-05', value: ['B'] },
    { at: 'PO1[1]/SDQ-06', value: ['many'] },
  ]);
  t.is(write(SHARES, document), `${HEAD}SDQ*EA*92*A*1*B*many*C*3`);
});

test('more items than the segment has room for are told by their path, and so is a field without a place', (t) => {
  const shares = Array.from({ length: 11 }, (_, i) => ({ place: `${i}`, quantity: '1' }));
  const document = { kind: 'order', poNumber: 'P', lines: [{ number: '1', shares }] };
  const { problems } = writeSet(SHARES, document);
  t.deepEqual(problems, [
    { path: 'lines[0].shares[10]', message: 'there is no place for more than 10 items' },
  ]);
  const half = sound(
    `${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - SDQ: [=EA, ~, { each: shares, elements: [place, ~] }]\n`,
  );
  t.deepEqual(
    writeSet(half, { ...document, lines: [{ number: '1', shares: shares.slice(0, 1) }] }).unwritten,
    ['lines[0].shares[0].quantity'],
  );
});

test('`times:` stops a list before the end, and codes have their words inside it', (t) => {
  const map = sound(
    `${BEG}  - PER: [=BD, ~, { each: numbers, elements: [role | party-role, value], times: 2 }]\n`,
  );
  const document = read(map, 'BEG*00*SA*P**20240101~PER*BD**ST*1*ZZ*2*TE*3*P~PO1*1');
  t.deepEqual(document['numbers'], [
    { role: 'ship-to', value: '1' },
    { role: 'other', roleCode: 'ZZ', value: '2' },
  ]);
  t.is(write(map, document), 'BEG*00*SA*P**20240101~PER*BD**ST*1*ZZ*2*TE*3*P~PO1*1');
});

const answer = z.strictObject({
  kind: z.literal('order'),
  group: text,
  set: text.optional(),
  segment: text.optional(),
  contexts: z
    .array(
      z.strictObject({
        names: z.array(z.strictObject({ name: text, value: text.optional() })).optional(),
        segment: text.optional(),
      }),
    )
    .optional(),
  unmapped: z.array(z.unknown()).optional(),
});
const CONTEXT = `  - AK1: [=PO, group]
  - AK2:
      segments:
        - AK2: [set, =0001]
        - IK3:
            segments:
              - IK3: [segment, =3]
              - CTX: { each: contexts, elements: [{ repeats: names, elements: [name, value] }, segment] }
        - IK5: [=A]
  - AK9: [=A, =1, =1, =1]
`;
const REPEATED = 'AK1*PO*1~AK2*850*0001~IK3*PO1*3~CTX*PO101>7^QTY*PO1~CTX*X>1~IK5*A~AK9*A*1*1*1';

/** Segments of a text whose composites are cut by `>` and whose repeats by `^`. */
function segmentsOf(source: string) {
  return parseSegments(source).map((segment) =>
    segment.map((data) => {
      const element = String(data);
      if (element.includes('^')) return { repeats: element.split('^').map((one) => one.split('>')) };
      return element.includes('>') ? element.split('>') : element;
    }),
  );
}

test('the repeats of a composite are the items of a list', (t) => {
  const map = sound(CONTEXT, answer, '999', '005010');
  const reading = readBack('999', segmentsOf(REPEATED), '005010');
  const { document, origins } = explainRead(map, reading);
  t.deepEqual(document['contexts'], [
    { names: [{ name: 'PO101', value: '7' }, { name: 'QTY' }], segment: 'PO1' },
    { names: [{ name: 'X', value: '1' }] },
  ]);
  t.is(document['unmapped'], undefined);
  const told = origins.filter(({ path }) => path?.startsWith('contexts[0].names'));
  t.deepEqual(
    told.map(({ path, element, component }) => [path, element, component]),
    [
      ['contexts[0].names[0].name', 1, 1],
      ['contexts[0].names[0].value', 1, 2],
      ['contexts[0].names[1].name', 1, 1],
    ],
  );
  t.deepEqual(writeSet(map, document).segments, segmentsOf(REPEATED));
});

test('an empty repeat of a composite is nothing at the end, and keeps its place before others', (t) => {
  const map = sound(CONTEXT, answer, '999', '005010');
  const read = (context: string) =>
    readSet(map, readBack('999', segmentsOf(REPEATED.replace('PO101>7^QTY*PO1', context)), '005010'));
  const [last, between] = [read('PO101>7^*PO1'), read('PO101>7^^QTY*PO1')];
  t.deepEqual((last as { contexts: { names: unknown }[] }).contexts[0]!.names, [
    { name: 'PO101', value: '7' },
  ]);
  t.is(last['unmapped'], undefined);
  t.deepEqual(between['unmapped'], [{ at: 'AK2[1]/IK3[1]/CTX-01', value: [[['PO101', '7'], [], ['QTY']]] }]);
});

test('what repeats and is not bound keeps its repeats, whatever the separators', (t) => {
  const map = sound(CONTEXT.replace(/ {14}- CTX.*\n/, ''), answer, '999', '005010');
  const reading = readBack('999', segmentsOf(REPEATED), '005010');
  const document = readSet(map, reading);
  t.deepEqual(document['unmapped'], [
    { at: 'AK2[1]/IK3[1]/CTX', value: [[['PO101', '7'], ['QTY']], 'PO1'] },
    { at: 'AK2[1]/IK3[1]/CTX[2]', value: [['X', '1']] },
  ]);
  t.deepEqual(writeSet(map, document).segments, segmentsOf(REPEATED));
});

test('a composite that the map binds once and that repeats stays unmapped whole', (t) => {
  const source = CONTEXT.replace('{ repeats: names, elements: [name, value] }', '[segment]').replace(
    ', segment]',
    ']',
  );
  const map = sound(source, answer, '999', '005010');
  const document = readSet(map, readBack('999', segmentsOf(REPEATED), '005010'));
  t.deepEqual(document['contexts'], [{ segment: 'X' }]);
  t.deepEqual(writeSet(map, document).segments, segmentsOf(REPEATED));
});

test('a total goes through lists within lists', (t) => {
  const map = sound(
    `${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - SLN: { each: loads, elements: [=1, ~, =I, quantity | R, [=EA]] }\n` +
      '  - CTT: [=count(lines.loads), =hash(lines.loads.quantity), =sum(lines.loads.quantity), =LB]\n',
  );
  const sent = `${HEAD}SLN*1**I*2*EA~SLN*1**I*1.5*EA~PO1*2~SLN*1**I*-4*EA~CTT*3*21*-0.5*LB`;
  const document = read(map, sent);
  t.is(document['unmapped'], undefined);
  t.is(write(map, document), sent);
  t.deepEqual(read(map, sent.replace('CTT*3*21', 'CTT*2*20'))['unmapped'], [
    { at: 'CTT[1]/CTT-01', value: ['2'] },
    { at: 'CTT[1]/CTT-02', value: ['20'] },
  ]);
});

test('a code inside a group of fields is kept beside its word', (t) => {
  const map = sound(
    `${BEG}  - PO1:\n      each: lines\n      segments:\n        - PO1: [number, ~, ~, ~, price.type | po-type]\n`,
  );
  const document = read(map, 'BEG*00*SA*P**20240101~PO1*1****RL~PO1*2****ZZ');
  t.deepEqual(document['lines'], [
    { number: '1', price: { type: 'release' } },
    { number: '2', price: { type: 'other', typeCode: 'ZZ' } },
  ]);
  t.is(write(map, document), 'BEG*00*SA*P**20240101~PO1*1****RL~PO1*2****ZZ');
});

test('a literal inside a composite is compared: another value stays unmapped', (t) => {
  const map = sound(
    `${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - SLN: { each: loads, elements: [=1, ~, =I, quantity | R, [=EA]] }\n`,
  );
  const document = read(map, `${HEAD}SLN*1**I*2*KG`);
  t.deepEqual(document['unmapped'], [{ at: 'PO1[1]/SLN[1]/SLN-05', value: ['KG'] }]);
  t.is(write(map, document), `${HEAD}SLN*1**I*2*KG`);
});

test('lineage names each item of a list inside a segment', (t) => {
  const reading = readBack('850', parseSegments(`${HEAD}SDQ*EA*92*A*1***C*3`));
  const { document, origins } = explainRead(SHARES, reading);
  const told = origins.filter(({ path }) => path?.includes('shares'));
  const paths = ['shares[0].place', 'shares[0].quantity', 'shares[1].place', 'shares[1].quantity'];
  t.deepEqual(
    told.map(({ path, element }) => `${path} ${element}`),
    paths.map((path, i) => `lines[0].${path} ${[3, 4, 7, 8][i]}`),
  );
  const written = explainWrite(SHARES, document).origins.filter(
    (one) => 'path' in one && one.path.includes('shares'),
  );
  t.deepEqual(
    written.map((one) => ['path' in one ? one.path : '', one.element]),
    paths.map((path, i) => [`lines[0].${path}`, [3, 4, 5, 6][i]]),
  );
});

const receiving = z.strictObject({
  kind: z.literal('order'),
  poNumber: text.optional(),
  lines: z.array(
    z.strictObject({
      number: text.optional(),
      faults: z.array(z.strictObject({ quantity: decimal, unit: text.optional(), condition: text })),
    }),
  ),
  unmapped: z.array(z.unknown()).optional(),
});

test('an item of a segment may hold a composite', (t) => {
  const map = sound(
    `  - BRA: [poNumber, =20240101, =00, =2]
  - RCD:
      each: lines
      segments:
        - RCD: [number, ~, ~, ~, ~, { each: faults, elements: [quantity | R, [unit], condition], times: 5 }]
`,
    receiving,
    '861',
  );
  const sent = 'BRA*PO1*20240101*00*2~DTM*050*20240102~RCD*1*8*EA***2*EA*01*1*CA>2*02*3*EA*03~CTT*1';
  const reading = readBack('861', segmentsOf(sent));
  const { document, origins } = explainRead(map, reading);

  // The unit of the second has a power that no binding names: it stays where it is, whole.
  t.deepEqual(document['lines'], [
    {
      number: '1',
      faults: [
        { quantity: '2', unit: 'EA', condition: '01' },
        { quantity: '3', unit: 'EA', condition: '03' },
      ],
    },
  ]);
  t.deepEqual(
    origins
      .filter(({ path }) => path?.startsWith('lines[0].faults[1]'))
      .map(({ path, element, component }) => [path, element, component]),
    [
      ['lines[0].faults[1].quantity', 12, 0],
      ['lines[0].faults[1].unit', 13, 1],
      ['lines[0].faults[1].condition', 14, 0],
    ],
  );
  const [, , received] = writeSet(map, document).segments;
  t.is(printSegments([received!]), 'RCD*1*8*EA***2*EA*01*1*CA>2*02*3*EA*03');
});

test('what a list inside a segment cannot be is told with its place', (t) => {
  const told = (elements: string) =>
    buildOrder(`${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - ${elements}\n`).mistakes;
  const at = (column: number, message: string) => [`map.yaml:9:${column} ${message}`];
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: share, elements: [place, quantity | R] }]'),
    at(33, 'there is no list `share`; did you mean `shares`?'),
  );
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: shares, elements: [place, quantity] }]'),
    at(59, '`quantity` is a decimal; write `quantity | R`'),
  );
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: shares, elements: [place, quantity | R], times: 11 }]'),
    at(25, 'SDQ-03 starts 10 groups of 2 elements alike'),
  );
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: shares, elements: [place, =1] }]'),
    at(59, 'inside a list of one segment stand `~` and fields, without `default` or `ordinal`'),
  );
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: shares, elements: [place, place] }]'),
    at(25, 'a field is bound twice in one item'),
  );
  t.deepEqual(told('SDQ: [=EA, ~, { each: shares }]'), [
    ...at(25, 'a list inside a segment is written `{ each: LIST, elements: [field, field] }`'),
    ...at(11, 'SDQ-03, SDQ-04 are mandatory and nothing fills them'),
  ]);
  t.deepEqual(told('SDQ: [=EA, ~, { repeats: shares, elements: [place] }, quantity | R]').slice(0, 1), [
    ...at(25, 'SDQ-03 is no composite that repeats: `repeats:` has no place here'),
  ]);
  t.deepEqual(
    told('SDQ: [=EA, ~, { each: shares, elements: [place, quantity | R], times: many }]'),
    at(81, '`times:` is the number of items, from 1 to 99'),
  );
});

test('a default and an ordinal stand in for what is absent in a list of segments, and lineage names them', (t) => {
  const map = sound(
    `${BEG}  - PO1:\n      each: lines\n      segments:\n${PO1}        - MEA: { each: shares, elements: [~, place | ordinal, quantity | R | default 5] }\n`,
  );
  const reading = readBack('850', parseSegments(`${HEAD}MEA**WT~MEA***7`));
  const { document, origins } = explainRead(map, reading);
  t.deepEqual(document['lines'], [
    {
      number: '1',
      shares: [
        { place: 'WT', quantity: '5' },
        { place: '2', quantity: '7' },
      ],
    },
  ]);
  const ruled = origins.filter(({ rule }) => rule === 'default' || rule === 'ordinal');
  t.deepEqual(
    ruled.map(({ path, rule }) => `${path} ${rule}`),
    ['lines[0].shares[0].quantity default', 'lines[0].shares[1].place ordinal'],
  );
});

test('a list of two loops is written in the first; the second keeps what is beyond its item', (t) => {
  const schema = z.strictObject({
    kind: z.literal('order'),
    poNumber: text,
    notes: z.array(z.strictObject({ about: text, text: text.optional() })).optional(),
    unmapped: z.array(z.unknown()).optional(),
  });
  const map = sound(
    `${BEG}  - N9:\n      each: notes\n      segments:\n        - N9: [about, text]\n` +
      '  - N1:\n      each: notes\n      segments:\n        - N1: [about, text]\n',
    schema,
  );
  const sent = 'BEG*00*SA*P**20240101~N9*L1*A~N1*ST*B~N1*BY*C*92*7~N3*HERE~PO1*1';
  const document = read(map, sent);
  t.deepEqual(document['notes'], [
    { about: 'L1', text: 'A' },
    { about: 'ST', text: 'B' },
  ]);
  const written = 'BEG*00*SA*P**20240101~N9*L1*A~N9*ST*B~N1*BY*C*92*7~N3*HERE~PO1*1';
  t.is(write(map, document), written);
  t.deepEqual(read(map, written), document);
});
