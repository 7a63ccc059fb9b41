import test from 'ava';
import {
  baseOfVersion,
  chooseStandard,
  parseStandard,
  readStandard,
  StandardError,
  type StandardFiles,
} from '../../src/x12/standard/standard.ts';
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

test('codes stay those of the base as far as the new lengths allow, unless a version lists its own', (t) => {
  const version = 'version: "005010"\nname: Other\nextends: "004010"';
  const codesOf = (elements: string) => {
    const files = { version, elements, segments: '', composites: '', sets: {} };
    const { codes } = parseStandard(files, parseStandard(FILES)).elements.get('98')!;
    return codes && [...codes.keys()];
  };
  t.deepEqual(codesOf('"98": ID 2/2 Role'), ['BY', 'ST']);
  t.deepEqual(codesOf('"98":\n  codes: |\n    SF Ship from'), ['SF']);
  t.deepEqual(codesOf('"98": ID 1/1 Role'), []);
  t.deepEqual(codesOf('"98": AN 2/3 Role'), undefined);
});

test('a version lacks the segments and sets of its base that it names', (t) => {
  const lacking = (lacks: string, sets: StandardFiles['sets'] = {}) =>
    readStandard(
      {
        version: `version: "003010"\nname: Sooner\nextends: "004010"\nlacks: ${lacks}`,
        elements: '',
        segments: '',
        composites: '',
        sets,
      },
      { standard: parseStandard(FILES), mistakes: [] },
    );
  const set = 'set: "850"\nname: Order\ngroup: PO\nheading:\n  - ST M\n  - SE M\n';

  const without = lacking('[N3]', { '850.yaml': set });
  t.deepEqual(without.mistakes, []);
  t.false(without.standard.segments.has('N3'));
  t.deepEqual([...lacking('["850", N3]').standard.sets.keys()], []);
  t.deepEqual(
    lacking('[N3, N4]').mistakes.map(({ column, message }) => `${column} ${message}`),
    [
      '13 N4 is no segment or set of the version that this one extends',
      '9 set 850 has N3: write sets/850.yaml without it, or lack 850 too',
    ],
  );
});

const MISTAKES: readonly [string, Partial<StandardFiles>, RegExp][] = [
  [
    'an element that reads wrong',
    { elements: '"143": ID 3/3 Set id\n"329": AX 4/9 Control\n"96": N0 1/9 C\n"98": ID 2/3 R' },
    /^elements\.yaml:2:8 element 329 should read/m,
  ],
  [
    'a code too long for its element',
    {
      elements:
        '"143": ID 3/3 Set id\n"329": AN 4/9 C\n"96": N0 1/9 C\n"98":\n  is: ID 2/2 R\n  codes: |\n    BYX\n',
    },
    /^elements\.yaml:6:10 code BYX has not 2 to 2 characters$/m,
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
  t.is(choose('004030VICS'), '004030 true');
  t.is(choose('004060'), '004030 false');
  t.is(choose('006020'), '005010 false');
  t.is(choose('003060'), '003060 true');
  t.is(choose('002040'), '003060 false');
  t.is(choose('BANANA'), '004010 false');
  t.is(chooseStandard(new Map(), '004010'), undefined);
});

const HOUSE = '810 820 824 830 846 850 855 856 860 861 862 864 865 940 945 997'.split(' ');

test('each version that is held has the sets of the house', (t) => {
  t.deepEqual([...standards.keys()], ['003060', '004010', '004030', '005010']);
  for (const [version, { sets }] of standards) {
    const added = version === '005010' ? ['999'] : [];
    t.deepEqual([...sets.keys()].sort(), [...HOUSE, ...added], version);
  }
});

test('what a version says of a segment is what its dictionary says', (t) => {
  const shapeOf = (version: string, id: string) => {
    const { segments, elements, composites } = standards.get(version)!;
    const { elements: uses, conditions } = segments.get(id)!;
    const shapes = uses.map(({ ref, mandatory }) => {
      const element = elements.get(ref);
      const shape = element
        ? `${element.type}${element.min}/${element.max}`
        : `C${composites.get(ref)!.elements.length}`;
      return `${ref} ${shape}${mandatory ? ' M' : ''}`;
    });
    return [
      shapes.join(', '),
      conditions.map(({ kind, positions }) => `${kind}${positions.join('-')}`).join(' '),
    ];
  };
  t.deepEqual(shapeOf('003060', 'DTM'), [
    '374 ID3/3 M, 373 DT6/6, 337 TM4/8, 623 ID2/2, 624 N02/2, 1250 ID2/3, 1251 AN1/35',
    'R2-3-6 C4-3 P6-7',
  ]);
  t.deepEqual(shapeOf('004010', 'DTM'), [
    '374 ID3/3 M, 373 DT8/8, 337 TM4/8, 623 ID2/2, 1250 ID2/3, 1251 AN1/35',
    'R2-3-5 C4-3 P5-6',
  ]);
  t.deepEqual(shapeOf('003060', 'N1'), [
    '98 ID2/2 M, 93 AN1/35, 66 ID1/2, 67 AN2/20, 706 ID2/2, 98 ID2/2',
    'R2-3 P3-4',
  ]);
  t.deepEqual(shapeOf('004010', 'RMR'), [
    '128 ID2/3, 127 AN1/30, 482 ID2/2, 782 R1/18, 782 R1/18, 782 R1/18, 426 ID2/2, 782 R1/18',
    'P1-2 P7-8',
  ]);
  t.deepEqual(shapeOf('004030', 'REF'), ['128 ID2/3 M, 127 AN1/50, 352 AN1/80, C040 C6', 'R2-3']);
  t.deepEqual(shapeOf('005010', 'TED'), [
    '647 ID1/3 M, 3 AN1/60, 721 ID2/3, 719 N01/10, C030 C3, C999 C2, 724 AN1/99, 961 AN1/99',
    '',
  ]);
});
