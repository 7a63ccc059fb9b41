import test from 'ava';
import { formatMistake } from '../../src/lib/mistake.ts';
import { buildMap } from './support.ts';

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
    'map.yaml:18:25 `hash(lines.unit)`: `unit` is not a decimal of lines; known are quantity, unitPrice',
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
    'map.yaml:7:5 the map below has no such loop: `XYZ`; known are N9 L1, N1, PO1',
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
