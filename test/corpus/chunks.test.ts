import test from 'ava';
import { plain, readAll } from '../x12/support.ts';
import { readSample } from './corpus.ts';
import { hasCorpus } from './presence.ts';
import { TABLE } from './table.ts';

if (hasCorpus()) {
  test('every file reads the same in chunks of 13 bytes as whole', (t) => {
    for (const [path] of TABLE) {
      const bytes = readSample(path);
      const cuts = Array.from({ length: Math.floor((bytes.length - 1) / 13) }, (_, i) => (i + 1) * 13);
      t.deepEqual(plain(readAll(bytes, {}, cuts)), plain(readAll(bytes)), path);
    }
  });
}
