import { readFileSync } from 'node:fs';
import test from 'ava';
import { compileLabel } from '../../../src/render/label/compile-label.ts';
import { readTemplate, TEMPLATES } from './label-samples.ts';

for (const name of TEMPLATES)
  test(`${name} has no mistake, on 4 x 6 inches and on A6`, (t) => {
    const { file, text } = readTemplate(name);
    t.deepEqual(compileLabel({ file, text }).mistakes, []);
    t.regex(text, /^size: 4x6$/m);
    t.deepEqual(compileLabel({ file, text: text.replace('size: 4x6', 'size: a6') }).mistakes, []);
  });

test('the template in the documentation has no mistake', (t) => {
  const page = readFileSync(new URL('../../../docs/labels.md', import.meta.url), 'utf8');
  const [, text = ''] = /```yaml\n(size: .*?)```/s.exec(page) ?? [];
  t.regex(text, /gs1-128/);
  t.deepEqual(compileLabel({ file: 'labels.md', text }).mistakes, []);
});

function tell(text: string): readonly string[] {
  return compileLabel({ file: 'l.yaml', text }).mistakes.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

const item = (text: string) => `size: 4x6\nitems:\n  - ${text}\n`;

const MISTAKES: readonly (readonly [string, readonly string[]])[] = [
  ['', ['1:1 the file is empty']],
  [
    'items: [{ line: across, at: [0, 0], length: 5 }]',
    ['1:1 size is missing: expected 4x6, a6, a5, or width and height in millimetres such as [100, 150]'],
  ],
  [
    'size: a7\nitems: [{ line: across, at: [0, 0], length: 5 }]',
    ['1:7 size: expected 4x6, a6, a5, or width and height in millimetres such as [100, 150] (it is "a7")'],
  ],
  [
    item('text: "{{ shipTo.nam }}"\n    at: [1, 1]\n    width: 9\n    size: 2'),
    ['3:15 `shipTo` has no `nam`; did you mean `name`?'],
  ],
  [
    item('text: "{{ markFor.code }} {{ department }}"\n    at: [1, 1]\n    width: 9\n    size: 2'),
    [
      '3:15 `markFor` may be absent: ask with {% if markFor %}, or give it a default',
      '3:34 `department` may be absent: ask with {% if department %}, or give it a default',
    ],
  ],
  [item('txt: a'), ['3:5 there is no item `txt`; did you mean `text`?']],
  [item('{ text: a, at: [1, 1], widht: 9, size: 2 }'), ['3:28 unknown key `widht`; did you mean `width`?']],
  [
    item('{ text: a, at: 1, width: 9, size: 2 }'),
    ['3:20 at: expected two numbers in millimetres, such as [3, 12.5] (it is 1)'],
  ],
  [item('{ text: a, at: [1, 1], width: 9 }'), ['3:5 size is missing: expected number']],
  [
    item('{ text: a, at: [90, 1], width: 12, size: 2 }'),
    ['3:5 it reaches 102 mm to the right, where the label is 101.6 mm wide'],
  ],
  [
    item('{ text: a, at: [1, 151], width: 12, size: 2 }'),
    ['3:5 it reaches 153.66 mm down, where the label is 152.4 mm high'],
  ],
  [
    item('{ line: down, at: [1, 100], length: 60 }'),
    ['3:5 it reaches 160 mm down, where the label is 152.4 mm high'],
  ],
  [
    item('gs1-128: { "0": a }\n    at: [1, 1]\n    width: 99\n    height: 10'),
    ['3:16 0: expected an application identifier in quotes, such as "420"'],
  ],
  [
    item(
      'rows: line in content\n    pitch: 5\n    most: 3\n    items: [{ text: "{{ line.item }}", at: [0, 0], width: 9, size: 2 }]',
    ),
    ['3:11 there is no list `content`; did you mean `contents`?'],
  ],
  [
    item(
      'rows: line in contents\n    pitch: 50\n    most: 4\n    items: [{ text: "{{ line.itm }}", at: [0, 0], width: 9, size: 2 }]',
    ),
    [
      '3:5 it reaches 152.66 mm down, where the label is 152.4 mm high',
      '6:25 `line` has no `itm`; did you mean `item`?',
    ],
  ],
];

for (const [text, expected] of MISTAKES)
  test(`${JSON.stringify(text)} is told with its place`, (t) => {
    t.deepEqual(tell(text), expected);
  });
