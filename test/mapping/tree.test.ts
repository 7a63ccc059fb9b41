import test from 'ava';
import fc from 'fast-check';
import { explainRead, explainWrite } from '../../src/mapping/run/lineage.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { baseMap, parseSegments, printSegments, readBack } from './support.ts';

type Level = {
  readonly id?: string;
  readonly code: string;
  readonly number?: string;
  readonly children?: readonly Level[];
};
type Doc = { readonly levels: readonly Level[]; readonly unmapped?: readonly { readonly at: string }[] };

const HEAD = 'BSN*00*SHIP1*20240102*0930*0001~';

function read(text: string, version?: string): Doc {
  const map = baseMap('856', version);
  const head = version === '003060' ? HEAD.replace('20240102', '240102') : HEAD;
  return readSet(map, readBack('856', parseSegments(head + text), version)) as unknown as Doc;
}

function write(document: unknown, version?: string): string {
  const { segments, problems, unwritten } = writeSet(baseMap('856', version), document as never);
  if (problems.length > 0 || unwritten.length > 0) throw new Error(JSON.stringify([problems, unwritten]));
  return printSegments(segments.slice(1));
}

/** `S(O(P(I I)) O)`: the codes of a tree. */
function shapeOf(levels: readonly Level[]): string {
  return levels
    .map(({ code, children }) => (children === undefined ? code : `${code}(${shapeOf(children)})`))
    .join(' ');
}

test('a shipment with tare, packs and items reads as levels within levels', (t) => {
  const text =
    'HL*1**S*1~TD1*CTN25*2****G*40*LB~TD5*B*2*ABCD*M~REF*BM*B1~DTM*011*20240102*0930~N1*ST*DC*92*7~' +
    'HL*2*1*O*1~PRF*PO77*3**20231201*1*C-9*RL~HL*3*2*T*1~MAN*GM*00100000000000000017~' +
    'HL*4*3*P*1~PO4*6*1*EA~MAN*GM*00100000000000000024**CP*1Z999~' +
    'HL*5*4*I*0~LIN*1*VP*V1*BP*B1~SN1*1*12*EA**20*EA**BP~PID*F****VALVE~REF*SE*1001~REF*SE*1002~CTT*5*12';
  const document = read(text);
  t.deepEqual(document.levels as unknown, [
    {
      level: 'shipment',
      code: 'S',
      packages: [{ packaging: 'CTN25', count: '2', weightQualifier: 'G', weight: '40', weightUnit: 'LB' }],
      carriers: [{ sequence: 'B', idQualifier: '2', id: 'ABCD', mode: 'M' }],
      references: [{ qualifier: 'BM', value: 'B1' }],
      dates: [{ qualifier: '011', date: '2024-01-02', time: '09:30' }],
      parties: [{ role: 'ship-to', code: 'ST', name: 'DC', idQualifier: '92', id: '7' }],
      children: [
        {
          level: 'order',
          code: 'O',
          order: {
            poNumber: 'PO77',
            releaseNumber: '3',
            orderDate: '2023-12-01',
            line: '1',
            contractNumber: 'C-9',
            type: 'RL',
          },
          children: [
            {
              level: 'tare',
              code: 'T',
              marks: [{ qualifier: 'GM', value: '00100000000000000017' }],
              children: [
                {
                  level: 'pack',
                  code: 'P',
                  packing: { pack: '6', size: '1', sizeUnit: 'EA' },
                  marks: [
                    {
                      qualifier: 'GM',
                      value: '00100000000000000024',
                      also: { qualifier: 'CP', value: '1Z999' },
                    },
                  ],
                  children: [
                    {
                      level: 'item',
                      code: 'I',
                      number: '1',
                      ids: [
                        { qualifier: 'VP', value: 'V1' },
                        { qualifier: 'BP', value: 'B1' },
                      ],
                      shipped: {
                        number: '1',
                        quantity: '12',
                        unit: 'EA',
                        ordered: '20',
                        orderedUnit: 'EA',
                        status: 'BP',
                      },
                      description: 'VALVE',
                      references: [
                        { qualifier: 'SE', value: '1001' },
                        { qualifier: 'SE', value: '1002' },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
  t.is(document.unmapped, undefined);
  t.is(write(document), text);
});

for (const version of ['003060', '004010', '004030', '005010']) {
  for (const structure of [
    'S(O(P(I I) P(I)))',
    'S(O(I(P P)))',
    'S(P(O(I)))',
    'S(O(I I) O(I))',
    'S(O(T(P(I))))',
  ]) {
    test(`${structure} of ${version} is written as it was read`, (t) => {
      const text = hlOf(structure);
      const document = read(text, version);
      t.is(shapeOf(document.levels), structure);
      t.is(write(document, version), text);
    });
  }
}

test('a file that names all orders before all items nests by HL02, and what is unmapped goes along', (t) => {
  const document = read(
    'HL*1**S*1~YNQ*1*Y~HL*2*1*O*1~PRF*A~YNQ*2*Y~HL*3*1*O*1~PRF*B~YNQ*3*Y~HL*4*2*I*0~REF*LT*A1~YNQ*4*Y~' +
      'HL*5*3*I*0~REF*LT*B1~YNQ*5*Y~YNQ*6*N~HL*6*2*I*0~REF*LT*A2~CTT*6',
  );
  t.is(shapeOf(document.levels), 'S(O(I I) O(I))');
  const [shipment] = document.levels;
  const [first, second] = shipment!.children!;
  t.deepEqual(
    [shipment!.id, first!.id, first!.children!.map(({ id }) => id), second!.id, second!.children![0]!.id],
    [undefined, undefined, ['4', '6'], '3', '5'],
    'an HL01 that is not the count any more is kept',
  );
  t.deepEqual(
    document.unmapped!.map(({ at }) => at),
    ['HL[1]/YNQ', 'HL[2]/YNQ', 'HL[3]/YNQ', 'HL[5]/YNQ', 'HL[6]/YNQ', 'HL[6]/YNQ[2]'],
  );
  t.is(
    write(document),
    'HL*1**S*1~YNQ*1*Y~HL*2*1*O*1~PRF*A~YNQ*2*Y~HL*4*2*I*0~REF*LT*A1~YNQ*4*Y~HL*6*2*I*0~REF*LT*A2~' +
      'HL*3*1*O*1~PRF*B~YNQ*3*Y~HL*5*3*I*0~REF*LT*B1~YNQ*5*Y~YNQ*6*N~CTT*6*0',
  );
});

test('an HL04 that is left out is written; a wrong one is kept', (t) => {
  const document = read('HL*1**S~HL*2*1*O*0~HL*3*2*I~CTT*3');
  t.deepEqual(document.unmapped, [{ at: 'HL[2]/HL-04', value: ['0'] }] as never);
  t.is(write(document), 'HL*1**S*1~HL*2*1*O*0~HL*3*2*I*0~CTT*3*0');
});

test('numbers of the sender that are not the count are written back, and children follow their parent', (t) => {
  const document = read('HL*10**S*1~HL*A1*10*O*1~HL*3*A1*I*0~HL*30*A1*I*0~CTT*4*0');
  t.is(shapeOf(document.levels), 'S(O(I I))');
  t.is(write(document), 'HL*10**S*1~HL*A1*10*O*1~HL*3*A1*I*0~HL*30*A1*I*0~CTT*4*0');
});

for (const [what, text] of [
  ['a parent that is not there', 'HL*1**S*1~HL*2*9*O*0'],
  ['a parent that comes later', 'HL*1**S*1~HL*2*3*I*0~HL*3*1*O*1'],
  ['a level in itself', 'HL*1**S*1~HL*2*2*O*1'],
  ['a number given twice', 'HL*1**S*1~HL*2*1*O*0~HL*2*1*O*0'],
]) {
  test(`${what} makes no tree: the levels stay in the order of the file`, (t) => {
    const document = read(`${text}~CTT*3*0`);
    t.deepEqual(
      document.levels.map(({ children }) => children),
      document.levels.map(() => undefined),
    );
    t.true(document.unmapped!.some(({ at }) => at === 'HL[2]/HL-02'));
    t.is(write(document).split('~CTT')[0], text);
  });
}

test('levels deeper than any shipment is packed are neither nested nor written', (t) => {
  const deep = Array.from({ length: 60 }, (_, i) => `HL*${i + 1}*${i === 0 ? '' : i}*P`).join('~');
  t.is(read(deep).levels.length, 60);
  const chain = (depth: number): Level => ({
    code: 'P',
    ...(depth > 1 ? { children: [chain(depth - 1)] } : {}),
  });
  const { problems } = writeSet(baseMap('856'), { kind: 'ship-notice', levels: [chain(51)] });
  t.true(problems.some(({ message }) => message === 'levels nest at most 50 deep'));
});

test('a level of a letter of its own is `other`, with the letter beside it', (t) => {
  const document = read('HL*1**S*1~HL*2*1*E*0~CTT*2*0');
  t.like(document.levels[0]!.children![0], { level: 'other', code: 'E' });
  t.is(write(document), 'HL*1**S*1~HL*2*1*E*0~CTT*2*0');
});

test('lineage names the level that a value has gone to, and the rule behind each HL', (t) => {
  const map = baseMap('856');
  const text = 'HL*1**S*1~HL*2*1*O*1~HL*3*1*O~HL*4*2*I~REF*LT*A1~YNQ*1*Y~CTT*9*0';
  const reading = readBack('856', parseSegments(HEAD + text));
  const { document, origins } = explainRead(map, reading);
  t.deepEqual(readSet(map, reading), document);
  const told = origins.map(({ path, rule, segment, element }) => `${path ?? rule} ${segment} ${element}`);
  for (const one of [
    'id() 2 1',
    'parent() 3 2',
    'children() 3 4',
    'levels[0].children[1].level 4 3',
    // The third HL is written fourth.
    'levels[0].children[1].id 4 1',
    'levels[0].children[0].children[0].id 5 1',
    'levels[0].children[0].children[0].references[0].value 6 2',
    'unmapped[0] 7 0',
    'unmapped[1] 8 1',
  ])
    t.true(told.includes(one), `${one} is not among ${told.join('; ')}`);
  const { segments, origins: written } = explainWrite(map, document);
  t.is(
    printSegments(segments.slice(1)),
    'HL*1**S*1~HL*2*1*O*1~HL*4*2*I*0~REF*LT*A1~YNQ*1*Y~HL*3*1*O*0~CTT*9*0',
  );
  const at = (segment: number, element: number) =>
    written.find((one) => one.segment === segment && one.element === element);
  t.like(at(3, 1), { path: 'levels[0].children[0].children[0].id' });
  t.like(at(3, 2), { rule: 'parent()' });
  t.like(at(3, 4), { rule: 'children()' });
  t.like(at(4, 2), { path: 'levels[0].children[0].children[0].references[0].value' });
  t.like(at(5, 1), { path: 'unmapped[0].value[0]' });
});

type Sent = { readonly parent: number; readonly code: string; readonly extras: number };

/** Levels in any order that puts parents first, and the numbers that their sender gives them. */
const file = fc.tuple(
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('S', 'O', 'T', 'P', 'I', 'K'), fc.nat(3)), {
      minLength: 1,
      maxLength: 14,
    })
    .map((list) =>
      list.map(([above, code, extras], i): Sent => ({ parent: (above % (i + 1)) - 1, code, extras })),
    ),
  fc.constantFrom(
    (i: number) => String(i + 1),
    (i: number) => String((i + 1) * 10),
    (i: number) => `A${i + 1}`,
    (i: number) => String(100 - i),
  ),
  fc.boolean(),
);

test('any levels in any order that puts parents first nest as HL02 says, and nothing of them is lost', (t) => {
  fc.assert(
    fc.property(file, ([levels, idOf, says]) => {
      const blocks = levels.map(({ parent, code, extras }, i) => {
        const children = levels.some((other) => other.parent === i) ? '1' : '0';
        const hl = `HL*${idOf(i)}*${parent < 0 ? '' : idOf(parent)}*${code}*${children}`;
        const more = [`REF*LT*L${i}`, `YNQ*${i % 9}*Y`, `YNQ*A*N`];
        return [hl, `LIN*${i}*VP*V`, ...more.slice(0, extras)].join('~');
      });
      const sent = blocks.map((block) => (says ? block : block.replace(/\*[01]~LIN/, '~LIN'))).join('~');
      const document = read(`${sent}~CTT*${levels.length}*0`);
      t.deepEqual(
        linksOf(document.levels, '-1').sort(),
        levels.map(({ parent }, i) => `${i} in ${parent}`).sort(),
        sent,
      );
      const written = write(document);
      t.deepEqual(written.split(/~(?=HL|CTT)/).sort(), [...blocks, `CTT*${levels.length}*0`].sort());
      t.deepEqual(read(written), document);
    }),
    { numRuns: 300 },
  );
});

/** `3 in 1`, by the LIN01 of each level. */
function linksOf(levels: readonly Level[], parent: string): string[] {
  return levels.flatMap(({ number = '', children = [] }) => [
    `${number} in ${parent}`,
    ...linksOf(children, number),
  ]);
}

/** HL segments of a tree, HL01 to HL04. */
function hlOf(structure: string): string {
  const lines: string[][] = [];
  const open: number[] = [];
  for (const sign of structure) {
    if (sign === '(') open.push(lines.length);
    else if (sign === ')') open.pop();
    else if (sign !== ' ') {
      const parent = open.at(-1);
      if (parent !== undefined) lines[parent - 1]![4] = '1';
      lines.push(['HL', String(lines.length + 1), parent === undefined ? '' : String(parent), sign, '0']);
    }
  }
  return `${lines.map((line) => line.join('*')).join('~')}~CTT*${lines.length}*0`;
}
