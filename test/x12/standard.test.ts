import test from 'ava';
import {
  baseOfVersion,
  chooseStandard,
  parseStandard,
  readStandard,
  StandardError,
  type StandardFiles,
} from '../../src/x12/standard.ts';
import { standards } from './support.ts';

const FILES: StandardFiles = {
  version: 'version: "004010"\nname: Test',
  elements:
    '"143": ID 3/3 Set id\n"329": AN 4/9 Control number\n"96": N0 1/10 Count\n"98":\n  is: ID 2/3 Role\n  codes: |\n    BY Buying party\n    ST\n',
  segments:
    'ST: { name: Header, elements: [143 M, 329 M] }\nSE: { name: Trailer, elements: [96 M, 329 M] }\nN1: { name: Name, elements: [98 M, "329 x3", C001], conditions: [R0203] }\nN3: { name: Address, elements: ["329 M x>1"] }\n',
  composites: 'C001: { name: Pair, elements: [98, 329] }\n',
  sets: {
    '850.yaml':
      'set: "850"\nname: Order\ngroup: PO\nheading:\n  - ST M\n  - N1 O 200:\n      - N1 M\n      - N3 O >1\nsummary:\n  - SE M\n',
  },
};

test('a standard is read from its files', (t) => {
  const standard = parseStandard(FILES);
  t.is(standard.elements.get('96')!.type, 'N0');
  t.deepEqual(
    [...standard.elements.get('98')!.codes!],
    [
      ['BY', 'Buying party'],
      ['ST', ''],
    ],
  );
  t.deepEqual(standard.segments.get('N1')!.conditions, [{ kind: 'R', positions: [2, 3] }]);
  t.deepEqual(standard.segments.get('N1')!.elements[1], { ref: '329', mandatory: false, repeat: 3 });
  t.is(standard.segments.get('N3')!.elements[0]!.repeat, Number.POSITIVE_INFINITY);
  const { nodes, loops } = standard.sets.get('850')!;
  t.deepEqual(
    nodes.map((node) => [node.segment, node.loop, node.opens]),
    [
      ['ST', 0, false],
      ['N1', 1, true],
      ['N3', 1, false],
      ['SE', 0, false],
    ],
  );
  t.like(loops[1], { id: 'N1', parent: 0, repeat: 200, firstNode: 1, path: 'N1' });
});

test('a later version falls back on its base and adds to its codes', (t) => {
  const version = 'version: "005010"\nname: Later\nextends: "004010"';
  t.is(baseOfVersion(version), '004010');
  const elements = '"98":\n  is: ID 2/3 Role\n  adds: |\n    ZZ Other\n"96": N0 1/6 Count';
  const later = parseStandard(
    { version, elements, segments: '', composites: '', sets: {} },
    parseStandard(FILES),
  );
  t.deepEqual([...later.elements.get('98')!.codes!.keys()], ['BY', 'ST', 'ZZ']);
  t.is(later.elements.get('96')!.max, 6);
  t.is(later.sets.get('850')!.name, 'Order');
});

const MISTAKES: readonly [string, Partial<StandardFiles>, RegExp][] = [
  [
    'an element that reads wrong',
    { elements: '"143": ID 3/3 Set id\n"329": AX 4/9 Control\n"96": N0 1/9 C\n"98": ID 2/3 R' },
    /^elements\.yaml:2:8 element 329 should read/m,
  ],
  [
    'an unknown element',
    {
      segments:
        'ST: { name: Header, elements: [143 M, 999 M] }\nSE: { name: T, elements: [96] }\nN1: { name: N, elements: [98] }\nN3: { name: A, elements: [98] }',
    },
    /^segments\.yaml:1:39 999 is not defined$/m,
  ],
  [
    'a condition beyond the elements',
    { composites: 'C001: { name: Pair, elements: [98, 329], conditions: [P0105] }' },
    /^composites\.yaml:1:55 position 5 does not exist/m,
  ],
  [
    'an unknown segment',
    { sets: { '850.yaml': 'set: "850"\nname: O\ngroup: PO\nheading:\n  - ST M\n  - QQ M\n  - SE M' } },
    /^sets\/850\.yaml:6:5 segment QQ is not defined$/m,
  ],
  [
    'a loop that opens with another segment',
    {
      sets: {
        '850.yaml': 'set: "850"\nname: O\ngroup: PO\nheading:\n  - ST M\n  - N1 O 5:\n      - N3 M\n  - SE M',
      },
    },
    /^sets\/850\.yaml:7:9 loop N1 should open with N1$/m,
  ],
  [
    'a misspelt key',
    { sets: { '850.yaml': 'set: "850"\nname: O\ngroup: PO\nheadings:\n  - ST M\n' } },
    /^sets\/850\.yaml:4:1 unknown key `headings`; did you mean `heading`\?$/m,
  ],
  ['YAML that is none', { segments: 'ST: { name: [' }, /^segments\.yaml:1:\d+ /m],
  [
    'the same key twice',
    { elements: '"143": ID 3/3 A\n"143": ID 3/3 B\n"329": AN 4/9 C\n"96": N0 1/9 C\n"98": ID 2/3 R' },
    /^elements\.yaml:2:1 `143` is there twice; it is at line 1 already$/m,
  ],
  [
    'a base that was not given',
    { version: 'version: "005010"\nname: L\nextends: "004010"' },
    /^version\.yaml:3:10 extends 004010, but there is no such version$/m,
  ],
];

for (const [name, files, message] of MISTAKES) {
  test(`${name} is told with file, line and column`, (t) => {
    const error = t.throws(() => parseStandard({ ...FILES, ...files }), { instanceOf: StandardError });
    t.regex(error!.message, message);
  });
}

test('a mistake hides no other, and what depends on it is not told as well', (t) => {
  const elements = '"143": ID 3/3 Set id\n"329": AX 4/9 Control\n"96": N0 1/9 C\n"98": ID 9/3 R';
  const { mistakes } = readStandard({ ...FILES, elements, composites: 'C001: { name: [' });
  t.deepEqual(
    mistakes.map(({ file, line, column }) => `${file}:${line}:${column}`),
    ['composites.yaml:1:16', 'composites.yaml:1:16', 'elements.yaml:2:8', 'elements.yaml:4:7'],
  );
});

test('GS08 chooses the version, or the nearest that is held', (t) => {
  const choose = (gs08: string) => {
    const chosen = chooseStandard(standards, gs08)!;
    return `${chosen.standard.version} ${chosen.exact}`;
  };
  for (const gs08 of ['004010', '004010VICS', '004010X357', '004010UCS', '00401'])
    t.is(choose(gs08), '004010 true');
  t.is(choose('005010X222A1'), '005010 true');
  t.is(choose('004030'), '004010 false');
  t.is(choose('006020'), '005010 false');
  t.is(choose('003060'), '004010 false');
  t.is(choose('BANANA'), '004010 false');
  t.is(chooseStandard(new Map(), '004010'), undefined);
});
