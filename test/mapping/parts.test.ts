import test from 'ava';
import { formatMistake } from '../../src/lib/mistake.ts';
import { parseParts } from '../../src/mapping/language/parts.ts';
import { buildMap } from './support.ts';

const PARTS = `reference: [qualifier, value]
party:
  - N1: [role | party-role | keep code, name]
  - N3?: { each: address.lines, elements: [., .] }
  - REF?: { each: references, as: reference }
lost: [qualifier, valu]
`;

const MAP = `set: "850"
document: purchase-order
segments:
  - BEG: [purpose | purpose, type | po-type, poNumber, ~, orderDate | date]
  - REF: { each: references, as: reference }
  - N1: { each: parties, as: party }
  - PO1: { each: lines, segments: [PO1: [number | ordinal, quantity | R, unit, ~, ~, ids | pairs]] }
`;

const WRITTEN_OUT = MAP.replace('as: reference', 'elements: [qualifier, value]').replace(
  'as: party',
  'segments: [N1: [role | party-role | keep code, name], N3: { each: address.lines, elements: [., .] }, REF: { each: references, elements: [qualifier, value] }]',
);

function build(map: string, parts = PARTS) {
  const parsed = parseParts('parts.yaml', parts);
  const { map: compiled, mistakes } = buildMap(map, '004010', parsed.parts);
  return { compiled, told: [...parsed.mistakes, ...mistakes].map(formatMistake) };
}

test('a part is what it says, written out in its place', (t) => {
  const [short, long] = [build(MAP), build(WRITTEN_OUT)];

  t.deepEqual(short.told, []);
  t.deepEqual(long.told, []);
  t.is(JSON.stringify(short.compiled?.write), JSON.stringify(long.compiled?.write));
});

test('a part that is not there is told where it is named', (t) => {
  const { told } = build(MAP.replace('as: reference', 'as: referenc'));

  t.deepEqual(told, [
    'map.yaml:5:34 there is no part `referenc` in parts.yaml above; did you mean `reference`?',
    'map.yaml:5:5 REF-01 is mandatory and nothing fills it',
  ]);
});

test('a mistake in a part is told at its place there', (t) => {
  const { told } = build(MAP.replace('as: reference', 'as: lost'));

  t.deepEqual(told, ['parts.yaml:6:19 there is no field `valu` in references[]; did you mean `value`?']);
});

test('a part uses only those above it, so that none leads back to itself', (t) => {
  const { told } = build(MAP, PARTS.replace('as: reference', 'as: party'));

  t.deepEqual(told, [
    'parts.yaml:5:35 there is no part `party` in parts.yaml above; known are reference',
    'parts.yaml:5:5 REF-01 is mandatory and nothing fills it',
  ]);
});

test('a part stands in the place of elements and segments, not beside them', (t) => {
  const { told } = build(MAP.replace('as: reference', 'as: reference, elements: [qualifier]'));

  t.deepEqual(told, [
    'map.yaml:5:45 give one of `elements:` (a segment), `segments:` (a loop) and `as:` (a part)',
  ]);
});
