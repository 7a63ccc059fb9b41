import test from 'ava';
import { composeLabel } from '../../../src/render/label/compose-label.ts';
import type { DrawnLabel } from '../../../src/render/label/drawn-label.ts';
import type { LabelLayout } from '../../../src/render/label/label-layout.ts';
import type { LabelModel } from '../../../src/render/label/label-model.ts';
import { CannotDraw } from '../../../src/render/page/render-page.ts';
import { BARE, CARTON, layoutOf, layoutWith, TEMPLATES } from './label-samples.ts';

function linesOf({ marks }: Pick<DrawnLabel, 'marks'>): readonly string[] {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.line] : []));
}

function textItem(options: string): LabelLayout {
  return layoutWith(`text: "{{ vendor }}"\nat: [1, 1]\n${options.replaceAll(', ', '\n')}`);
}

function compose(layout: LabelLayout, vendor: string): DrawnLabel {
  return composeLabel(layout, { ...CARTON, vendor });
}

test('a text that is too long becomes smaller before it becomes more lines than there is room for', (t) => {
  const layout = textItem('width: 40, height: 9, size: 4, least-size: 2');
  const sizes = ['ACME', 'ACME DISTRIBUTION', 'ACME INDUSTRIAL DISTRIBUTION CENTER 12'].map((vendor) => {
    const { marks } = compose(layout, vendor);
    t.is(linesOf({ marks }).join(' '), vendor);
    return marks[0]?.kind === 'text' ? [marks.length, marks[0].size] : [];
  });
  t.deepEqual(sizes[0], [1, 4]);
  const [, longer] = sizes[1]!;
  const [lines, longest] = sizes[2]!;
  t.true(longer! < 4 && longest! < longer! && longest! >= 2);
  t.is(lines, 2);
});

test('what does not fit is an error that names text, room and place, unless it may be cut', (t) => {
  const long = 'A'.repeat(60);
  const error = t.throws(() => compose(textItem('width: 20, size: 3'), long), { instanceOf: CannotDraw });
  t.is(
    error.message,
    `label.yaml:3:11 "${long}" does not fit into one line of 20 mm with letters of 3 mm: give it more room, a smaller \`least-size:\`, or \`cut: true\``,
  );
  const drawn = compose(textItem('width: 20, size: 3, cut: true'), long);
  t.regex(linesOf(drawn)[0]!, /^A+\.{3}$/);
});

test('what the fonts cannot set is an error, not a gap', (t) => {
  const layout = textItem('width: 90, size: 3');
  for (const [vendor, sign] of [
    ['株式会社', 'U+682A'],
    ['שלום', 'U+05E9'],
    ['A\u0007', 'U+0007'],
    ['A\u202eB', 'U+202E'],
  ] as const)
    t.throws(() => compose(layout, vendor), {
      instanceOf: CannotDraw,
      message: new RegExp(`3:11 .*${sign.replace('+', '\\+')}`),
    });
});

const elements = (inner: string) =>
  layoutWith(`gs1-128: { ${inner} }\nat: [1, 1]\nwidth: 99\nheight: 10\nleast-module: 0.25`);

test('the value of an element cannot begin another, nor be what its identifier does not allow', (t) => {
  const layout = elements('"420": "{{ postal.domestic }}", "91": "{{ vendor }}"');
  const [mark] = compose(layout, '778812').marks;
  t.is(mark?.kind === 'barcode' ? mark.barcode.text : '', '(420)45402(91)778812');
  for (const vendor of ['1(00)006141410000012342', 'A)', '', 'Zürich', 'A^B'])
    t.throws(() => compose(layout, vendor), {
      instanceOf: CannotDraw,
      message: /^label\.yaml:3:5 GS1-128 .*AI 91/,
    });
});

test('a wrong SSCC stops the label', (t) => {
  t.throws(() => composeLabel(layoutOf('gs1-logistics'), { ...CARTON, sscc: '106141412345678907' }), {
    instanceOf: CannotDraw,
    message: /^gs1-logistics\.yaml:\d+:5 GS1-128 .*the check digit of AI 00 is 7, expected 8$/,
  });
});

test('a barcode takes the widest modules that fit, down to the least', (t) => {
  const moduleOf = (vendor: string) => {
    const [mark] = compose(elements('"91": "{{ vendor }}"'), vendor).marks;
    return mark?.kind === 'barcode' ? mark.module : 0;
  };
  t.is(moduleOf('0042'), 0.5);
  t.is(moduleOf('STORE-000042-X-17'), 0.375);
  t.throws(() => moduleOf('S'.repeat(46)), {
    message: /it needs 148\.5 mm with modules of 0\.25 mm, and has 99 mm/,
  });
});

test('the text below the bars shrinks to its room', (t) => {
  const layout = layoutWith(
    'gs1-128: { "91": "{{ vendor }}" }\nat: [1, 1]\nwidth: 60\nheight: 10\nleast-module: 0.125\ncaption: 4',
  );
  const captionOf = (vendor: string) => {
    const [, mark] = compose(layout, vendor).marks;
    return mark?.kind === 'text' ? mark.size : 0;
  };
  t.is(captionOf('0042'), 4);
  t.true(captionOf('STORE-000042-X-17-E') < 4);
  t.throws(() => captionOf('W'.repeat(30)), { message: /GS1-128 .* its text has no room in 60 mm/ });
});

test('a QR code fills its side', (t) => {
  const layout = layoutWith('qr: "{{ vendor }}"\nat: [1, 1]\nsize: 25');
  const [mark] = compose(layout, 'https://example.com/c/abcdefgh').marks;
  // 29 modules and twice 4 blank ones: 25 / 37 = 0.675…, in eighths of a millimetre 0.625.
  t.is(mark?.kind === 'barcode' ? mark.module : 0, 0.625);
});

test('what is absent leaves no label behind', (t) => {
  for (const name of TEMPLATES) {
    const drawn = composeLabel(layoutOf(name), BARE);
    const lines = linesOf(drawn).join('\n');
    t.notRegex(lines, /PRO|B\/L|TRK|DEPT|VENDOR|WEIGHT|CARTONS|MARK FOR|STORE|undefined|null|\n\n/);
    t.regex(lines, /DAYTON/);
    t.is(drawn.marks.filter(({ kind }) => kind === 'barcode').length, 1);
  }
});

test('more contents than there are rows are counted in the last row', (t) => {
  const contents = Array.from({ length: 20 }, (_, i) => ({
    ...CARTON.contents[0]!,
    customerItem: `PART-${i}`,
  }));
  const model: LabelModel = { ...CARTON, contents };
  const lines = linesOf(composeLabel(layoutOf('carton-content'), model));
  t.true(lines.some((line) => line.startsWith('PART-6 ')));
  t.false(lines.some((line) => line.startsWith('PART-7 ')));
  t.true(lines.includes('and 13 more, see the packing slip'));
  const eight = linesOf(
    composeLabel(layoutOf('carton-content'), { ...model, contents: contents.slice(0, 8) }),
  );
  t.true(eight.some((line) => line.startsWith('PART-7 ')));
  t.false(eight.some((line) => line.includes('more')));
});

test('rows without a word for those left out refuse what does not fit', (t) => {
  const layout = layoutWith(
    'rows: line in contents\npitch: 5\nmost: 2\nitems: [{ text: "{{ line.item }}", at: [1, 1], width: 40, size: 2 }]',
  );
  const contents = [1, 2, 3].map(() => CARTON.contents[0]!);
  t.throws(() => composeLabel(layout, { ...CARTON, contents }), {
    message: 'label.yaml:3:5 3 of contents do not fit into 2 rows: `more:` would say how many are left out',
  });
});
