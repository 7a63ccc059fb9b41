import test from 'ava';
import { interchange } from '../x12/support.ts';
import { checkAnswer } from './check-answer.ts';
import { judgeSample } from './judge-sample.ts';

const sent = Buffer.from(interchange().replace('ST*850', 'ST*85?'), 'latin1');
const [answer] = judgeSample(sent).acknowledgements.map((bytes) => Buffer.from(bytes).toString('latin1'));

test('an answer that repeats the id that was sent wrong is sound', (t) => {
  t.regex(answer!, /AK2\*85\?\*0001~/);
  t.deepEqual(checkAnswer(Buffer.from(answer!), sent), []);
});

for (const [what, from, to] of [
  ['an id that was not sent', 'AK2*85?', 'AK2*86?'],
  ['a code that does not exist', 'AK5*R', 'AK5*Z'],
  ['a missing segment', 'AK9*R*1*1*0~SE*6*', 'SE*5*'],
  ['a wrong count', 'SE*6*', 'SE*7*'],
] as const) {
  test(`an answer with ${what} is found out`, (t) => {
    t.true(answer!.includes(from), answer!);
    const wrong = Buffer.from(answer!.replace(from, to));
    const found = () => {
      try {
        return checkAnswer(wrong, sent);
      } catch (error) {
        return [String(error)];
      }
    };
    t.not(found().length, 0);
  });
}
