import { readdirSync } from 'node:fs';
import test from 'ava';
import { formatMistake } from '../../src/lib/mistake.ts';
import { baseMap, buildMap, lookup, standards } from './support.ts';

function mistakesOf(source: string, version?: string): string[] {
  return buildMap(source, version).mistakes.map(formatMistake);
}

test('every mistake of a map is told at once, with its place and what would be right', (t) => {
  const mistakes = mistakesOf(`set: "850"
document: purchase-order
segments:
  - BEG: [purpose | purpose, type | po-typ, poNumbr, releaseNumber, orderDate, contractNumber, ~, ~, ~, ~, ~, ~, currency]
  - CUR: [=BZZ, currency]
  - REF CT: [qualifier, contractNumber]
  - REF: { each: reference, elements: [qualifier, value] }
  - ZZZ: [~, poNumber]
  - MSG: [poNumber]
  - PO1:
      each: lines
      segments:
        - PO1: [number, quantity | date, unit, unitPrice | N2, priceBasis, ids | pairs 11]
        - SCH: { each: schedule, elements: [quantity | R] }
        - DTM 002: [~, requestedDelivery | date]
        - DTM 002: [~, requestedDelivery | date]
        - PID: [=F, ~, ~, ~, description, description]
  - CTT: [=count(line), =hash(lines.unit)]
`);
  t.deepEqual(mistakes, [
    'map.yaml:2:11 nothing in the map fills `poNumber`, which every document has',
    'map.yaml:4:37 there is no conversion or code table `po-typ`; did you mean `po-type`?',
    'map.yaml:4:45 there is no field `poNumbr` in the document; did you mean `poNumber`?',
    'map.yaml:4:69 `orderDate` is a date; write `orderDate | date`',
    'map.yaml:4:114 there is no BEG-13: BEG ends at element 12 in version 004010',
    'map.yaml:5:11 CUR-01 does not allow `BZZ`',
    'map.yaml:6:14 there is no field `qualifier` in the document',
    'map.yaml:6:14 element 1 is bound twice: `REF CT` already says that it is CT; write `~`',
    'map.yaml:7:18 there is no list `reference`; did you mean `references`?',
    'map.yaml:8:5 there is no segment `ZZZ` in set 850',
    'map.yaml:9:5 there is no segment `MSG` in set 850; it belongs in N9, SPI, SPI/N1, SPI/CB1, PO1, PO1/LS/LDT, PO1/N9, PO1/N1/LDT, PO1/SLN, PO1/SLN/N9',
    'map.yaml:13:36 `quantity` is a decimal; write `quantity | R`',
    'map.yaml:13:60 element 212 (Unit price) is of type R: write `unitPrice | R`',
    'map.yaml:13:76 PO1-06 starts 10 pairs of qualifier and value',
    'map.yaml:14:11 SCH-02, SCH-05, SCH-06 are mandatory and nothing fills them',
    'map.yaml:16:11 `DTM 002` is bound twice here; tell them apart by a qualifier',
    'map.yaml:17:43 `description` is bound twice in this segment',
    'map.yaml:18:11 `count(line)`: `line` is not a list; did you mean `lines`?',
    'map.yaml:18:25 `hash(lines.unit)`: `unit` is not a decimal of lines; known are quantity, unitPrice, exchangeRate',
  ]);
});

test('broken YAML is told with its place', (t) => {
  t.regex(mistakesOf('set: "850"\nsegments:\n  - BEG: [a, b\n')[0]!, /^map\.yaml:\d+:\d+ /);
});

test('keys, addresses and notations that do not exist are told', (t) => {
  const mistakes = mistakesOf(`extends: x12/850
segment: []
change:
  - REF-CO: [~, customerOrderNumber]
  - DTM 010 in place of DTM 002
  - REF IA: { eech: references, elements: [~, ~] }
  - XYZ/REF: [~, notes]
  - BEG-14: =1
  - DTM 036: ~
  - PO1-09: unit
  - PO1/PO1-09: unit
`);
  t.deepEqual(mistakes, [
    'map.yaml:2:1 unknown key `segment`; did you mean `segments`?',
    'map.yaml:4:5 `REF-CO` is not an address such as `REF CT`, `PO1/REF ZZ` or `BEG-06`',
    'map.yaml:5:5 `DTM 010 in place of DTM 002` is not a change; write `REF CO: [~, field]` or `DTM 010 instead of DTM 002`',
    'map.yaml:6:15 unknown key `eech`; did you mean `each`?',
    'map.yaml:7:5 the map below has no such loop: `XYZ`; known are N9 L1, N9, N1, PO1, CTT',
    'map.yaml:9:5 the map below does not bind `DTM 036` here; did you mean `DTM 002`?',
    'map.yaml:10:5 `PO1` is a loop; the elements of its first segment are `PO1/PO1-09`',
    'map.yaml:11:5 PO1/PO1-09 lies inside the list that starts at element 6',
    'map.yaml:8:13 there is no BEG-14: BEG ends at element 12 in version 004010',
  ]);
});

test('an overlay of nothing that exists, or of itself, is told', (t) => {
  t.deepEqual(mistakesOf('extends: x12/851\n'), ['map.yaml:1:10 `extends: x12/851`: there is no such map']);
});

test('a composite needs its components, and a simple element has none', (t) => {
  const mistakes = mistakesOf(`set: "997"
document: functional-acknowledgement
segments:
  - AK1: [[functionalId], groupControl]
  - AK2:
      each: sets
      segments:
        - AK2: [set, control]
        - AK3:
            each: segments
            segments:
              - AK3: [segment, position]
              - AK4: { each: elements, elements: [position, reference, code] }
              - AK4 9: [~]
        - AK5: [status, codes]
  - AK9: [status, included, received, accepted, codes | list 6]
`);
  t.deepEqual(mistakes, [
    'map.yaml:2:11 nothing in the map fills `functionalId`, which every document has',
    'map.yaml:2:11 nothing in the map fills `sets[].segments[].elements[].position`, which every document has',
    'map.yaml:4:11 AK1-01 is not a composite: give one field',
    'map.yaml:13:51 AK4-01 is a composite: list its components, such as `[field, ~]`',
    'map.yaml:14:17 AK4-01 is a composite: no qualifier can stand there',
    'map.yaml:14:17 AK4-03 is mandatory and nothing fills it',
    'map.yaml:15:25 `codes` is a list: bind it with `each:`, `| pairs` or `| list N`',
    'map.yaml:16:49 `| list N`: AK9 has 5 elements from here',
  ]);
});

test('a tree that cannot be one is told', (t) => {
  const told = (hl: string) =>
    mistakesOf(`set: "856"
document: ship-notice
segments:
  - BSN: [purpose | purpose, shipmentId, date | date, time | time]
${hl}`);
  const LEVEL = '        - HL: [=id(), =parent(), level | hl-level | keep code, =children()]\n';
  const tree = (lines: string) => told(`  - HL:\n      tree: levels\n      segments:\n${lines}`);
  t.deepEqual(tree(LEVEL), []);
  t.deepEqual(told(`  - HL:\n      tree: level\n      segments:\n${LEVEL}`), [
    'map.yaml:6:13 there is no list `level`; did you mean `levels`?',
  ]);
  t.deepEqual(told(`  - HL:\n      tree: dates\n      segments:\n${LEVEL}`).slice(0, 1), [
    'map.yaml:6:13 `tree: dates`: `dates` is a list whose items have no `children` like them',
  ]);
  t.deepEqual(told(`  - HL:\n      each: levels\n      segments:\n${LEVEL}`), [
    'map.yaml:6:13 `levels` is a tree of levels: bind it with `tree:` at the HL loop',
  ]);
  t.deepEqual(told('  - HL: [~, =parent(), structure | hl-structure]\n'), [
    'map.yaml:5:5 HL-01 is mandatory and nothing fills it',
    'map.yaml:5:5 `=parent()` needs `tree:` in the place of `each:`',
  ]);
  t.deepEqual(told('  - HL: { tree: levels, elements: [=id()] }\n').slice(0, 1), [
    'map.yaml:5:11 `tree:` stands in the place of `each:`, above `segments:`',
  ]);
  t.deepEqual(
    tree(
      `${LEVEL}        - N1:\n            tree: children\n            segments:\n              - N1: [=ST]\n`,
    ),
    ['map.yaml:9:11 `tree:` is for the HL loop of a set, all levels of it: write `HL:`'],
  );
  t.deepEqual(tree(`${LEVEL}        - SLN: { each: children, elements: [code] }\n`).slice(0, 1), [
    'map.yaml:9:24 `children` is a tree of levels: bind it with `tree:` at the HL loop',
  ]);
  t.deepEqual(tree('        - HL: [=id(), ~, level | hl-level | keep code]\n'), [
    'map.yaml:5:5 a tree is told by `=id()` at HL-01 and `=parent()` at HL-02',
  ]);
  t.deepEqual(tree('        - HL: [=parent(), =id(), level | hl-level | keep code, =grandchildren()]\n'), [
    'map.yaml:8:64 unknown rule `grandchildren(…)`; known are count, hash, sum, id, parent, children',
    'map.yaml:5:5 a tree is told by `=id()` at HL-01 and `=parent()` at HL-02',
    'map.yaml:8:16 `=parent()` belongs at HL-02 of a `tree:`, not at HL-01',
    'map.yaml:8:27 `=id()` belongs at HL-01 of a `tree:`, not at HL-02',
  ]);
  t.deepEqual(
    tree(`${LEVEL}  - HL S:\n      segments:\n        - HL: [~, ~, structure | hl-structure]\n`).filter(
      (one) => one.includes('every HL'),
    ),
    ['map.yaml:9:5 `tree:` takes every HL: no other binding can stand beside it'],
  );
});

test('the first segment of a loop is bound once', (t) => {
  const mistakes = mistakesOf(`set: "850"
document: purchase-order
segments:
  - BEG: [purpose | purpose, type | po-type, poNumber]
  - N1:
      each: parties
      segments:
        - N1: { each: references, elements: [role | party-role | keep code, name] }
`);
  t.true(
    mistakes.includes(
      'map.yaml:5:5 the first segment of loop N1 is bound once, by its elements; `each:` and a qualifier stand at the loop',
    ),
  );
});

test('two bindings of one place that are both written with what was read elsewhere are told', (t) => {
  t.deepEqual(
    mistakesOf(`extends: x12/850
change:
  - PO1/PID S: { each: notes, elements: [~, ~, ~, ~, .] }
  - PO1/PID X: [~, ~, ~, ~, description]
`),
    [
      'map.yaml:3:5 `PID S` and another PID here are both written with fields that the map binds a second time; bind those of one of them once',
    ],
  );
});

test('every map is sound in each version that has its set, from the one that it says on', (t) => {
  const names = readdirSync(new URL('../../maps/x12/', import.meta.url));
  t.true(names.length >= 17);
  for (const name of names) {
    const set = name.replace('.yaml', '');
    const since = lookup(`x12/${set}`)!.since?.text ?? '';
    const versions = [...standards].filter(([version, { sets }]) => version >= since && sets.has(set));
    t.true(versions.length > 0, name);
    for (const [version] of versions) t.notThrows(() => baseMap(set, version), `${name} ${version}`);
  }
});
