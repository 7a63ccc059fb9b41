import test from 'ava';
import fc from 'fast-check';
import { breakLines, measureText } from '../../../src/render/page/break-lines.ts';
import { findFace } from '../../../src/render/page/faces.ts';

const face = findFace('sans', {});

function texts(text: string, width: number): readonly string[] {
  return breakLines(text, face, width).map((line) => line.text);
}

test('lines end behind spaces, and behind the hyphen between two words', (t) => {
  const width = measureText('stainless high-', face);
  t.deepEqual(texts('stainless high-strength bolts', width), ['stainless high-', 'strength bolts']);
});

test('a number, a date or a code is not broken at its hyphen', (t) => {
  const width = measureText('from 2026-11-', face);
  t.deepEqual(texts('from 2026-11-20', width), ['from', '2026-11-20']);
  t.deepEqual(texts('of -12.5', measureText('of -12', face)), ['of', '-12.5']);
});

test('an address that is too long is broken behind a slash', (t) => {
  const width = measureText('https://edi.example/confirm/', face) + 0.1;
  t.deepEqual(texts('https://edi.example/confirm/7KQ2MX', width), ['https://edi.example/confirm/', '7KQ2MX']);
});

test('line ends of the text stay, and empty lines', (t) => {
  t.deepEqual(texts('a\n\nb', 100), ['a', '', 'b']);
});

test('no line is too wide, and nothing is lost', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abW -/.ü€Ω\n') }),
      fc.double({ min: 1.5, max: 20, noNaN: true }),
      (text, width) => {
        const lines = breakLines(text, face, width);
        for (const line of lines) {
          t.true(line.width <= width + 1e-9, JSON.stringify(line));
          t.is(line.width, measureText(line.text, face));
        }
        t.is(
          lines
            .map((line) => line.text)
            .join('')
            .replace(/\s/g, ''),
          text.replace(/\s/g, ''),
        );
      },
    ),
  );
});
