import test from 'ava';
import fc from 'fast-check';
import { documentTypes } from '../../src/mapping/language/documents.ts';
import { readSet } from '../../src/mapping/run/read-set.ts';
import { writeSet } from '../../src/mapping/run/write-set.ts';
import { arbitraryAcknowledgement, arbitraryOrder, arbitraryOrderAcknowledgement } from './arbitraries.ts';
import { baseMap, printSegments, readBack } from './support.ts';

const KINDS = [
  ['850', arbitraryOrder],
  ['855', arbitraryOrderAcknowledgement],
  ['997', arbitraryAcknowledgement],
] as const;

for (const version of ['004010', '005010']) {
  for (const [set, arbitrary] of KINDS) {
    const map = baseMap(set, version);

    test(`a random ${set} of ${version} written and read again is the same document`, (t) => {
      fc.assert(
        fc.property(arbitrary(version), (document) => {
          const { segments, problems, unwritten } = writeSet(map, document);
          t.deepEqual(problems, []);
          t.deepEqual(unwritten, []);
          const reading = readBack(set, segments, version);
          const again = readSet(map, { ...reading, source: document['source'] });
          t.deepEqual(again, document, printSegments(segments));
          t.is(
            JSON.stringify(again),
            JSON.stringify(documentTypes[map.document as 'purchase-order'].parse(again)),
          );
          t.deepEqual(writeSet(map, again).segments, segments);
        }),
        { numRuns: 200 },
      );
    });
  }
}
