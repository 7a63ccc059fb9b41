import test from 'ava';
import { explainRead, explainWrite } from '../../src/mapping/run/lineage.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { baseMap, parseSegments, printSegments, readBack } from './support.ts';

const ORDER =
  'BEG*00*KO*P1**20240101***X9~REF*CT*C-77~PER*BD*JOHN~N1*ST*DC*92*7**X~N3*A*B~N1*ZZ*O~PO1**8*EA*3*PE*BP*P1**V~PID*X****NO~PID*F****YES~SCH*8*EA***002*20240215~CTT*9';

test('reading tells for every value its segment, element and byte', (t) => {
  const map = baseMap('850');
  const reading = readBack('850', parseSegments(ORDER));
  const { document, origins } = explainRead(map, reading);
  t.deepEqual(document, readSet(map, reading));
  const named = origins.map(
    ({ path, rule, segment, element }) => `${path ?? rule} ${segment ?? '-'} ${element}`,
  );
  for (const one of [
    'purpose 1 1',
    'type 1 2',
    'contractNumber 2 2',
    'constant 2 1',
    'parties[0].address.lines[1] 5 2',
    'parties[1].name 6 2',
    'lines[0].number - 0',
    'lines[0].ids[0].value 7 7',
    'lines[0].schedule[0].date 10 6',
    'unmapped[0] 1 8',
    'unmapped[1] 3 0',
  ]) {
    t.true(named.includes(one), `${one} is not among ${named.join('; ')}`);
  }
  const date = origins.find(({ path }) => path === 'orderDate')!;
  const { text, offset } = reading.segments;
  t.is(text.slice(date.offset! - offset, date.offset! - offset + 8), '20240101');
  t.deepEqual(
    (document['unmapped'] as { at: string }[]).map(({ at }) => at),
    ['BEG-08', 'PER', 'N1[1]/N1-06', 'PO1[1]/PO1-09', 'CTT[1]/CTT-01'],
  );
});

test('writing tells for every element its path or rule, and puts the unmapped back in its place', (t) => {
  const map = baseMap('850');
  const document = readSet(map, readBack('850', parseSegments(ORDER)));
  const { segments, problems, origins } = explainWrite(map, document);
  t.deepEqual(problems, []);
  t.deepEqual(segments, writeSet(map, document).segments);
  t.is(
    printSegments(segments),
    'BEG*00*KO*P1**20240101*C-77**X9~PER*BD*JOHN~N1*ST*DC*92*7**X~N3*A*B~N1*ZZ*O~PO1*1*8*EA*3*PE*BP*P1**V~PID*F****YES~PID*X****NO~SCH*8*EA***002*20240215~CTT*9*8',
  );
  for (const [s, segment] of segments.entries()) {
    for (let e = 1; e < segment.length; e++) {
      if (segment[e] === '') continue;
      const origin = origins.find((one) => one.segment === s && one.element === e);
      t.truthy(origin, `${segment.join('*')} element ${e}`);
    }
  }
});

test('text beyond ASCII is read as the partner wrote it', (t) => {
  const reading = readBack('850', parseSegments('BEG*00*SA*Ärger-€**20240101~PO1*1*1*EA~CTT*1'));
  t.is(readSet(baseMap('850'), reading)['poNumber'], 'Ärger-€');
});
