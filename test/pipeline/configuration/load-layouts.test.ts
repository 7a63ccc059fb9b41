import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { formatMistake } from '../../../src/lib/mistake.ts';
import type { Configuration } from '../../../src/pipeline/configuration/configuration.ts';
import { checkLayouts, findLayout } from '../../../src/pipeline/configuration/load-layouts.ts';
import { loadTemplates } from '../../../src/pipeline/configuration/load-templates.ts';

const OURS = new URL('../../../templates', import.meta.url).pathname;

const NAME = 'documents/invoice';

/** Layouts that all share, and those of the partner acme; files are named by their path below either folder. */
function given(
  t: ExecutionContext,
  shared: Readonly<Record<string, string | Uint8Array>>,
  own: Readonly<Record<string, string | Uint8Array>> = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'causeway-layouts-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const [ours, theirs] = [shared, own].map((files, i) => {
    const folder = join(root, ['shared', 'acme'][i]!);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return loadTemplates(folder);
  });
  const partners = new Map([['acme', { templates: theirs }]]) as unknown as Configuration['partners'];
  return { configuration: { templates: ours!, partners }, shared: ours!, own: theirs!, root };
}

function layout(title: string, body = '[]'): string {
  return `title: ${title}\nbody: ${body}\n`;
}

function titleOf(configuration: Parameters<typeof findLayout>[0], about: Parameters<typeof findLayout>[2]) {
  return findLayout(configuration, NAME, about).layout?.title.render({});
}

test('a partner has its own layout, or the one that all share', (t) => {
  const { configuration } = given(
    t,
    { [`${NAME}.yaml`]: layout('ours') },
    { [`${NAME}.yaml`]: layout('theirs') },
  );
  t.is(titleOf(configuration, { partner: 'acme' }), 'theirs');
  t.is(titleOf(configuration, { partner: 'other' }), 'ours');
  t.is(titleOf(configuration, {}), 'ours');
});

test('a layout in a language is taken where there is one', (t) => {
  const { configuration } = given(t, {
    [`${NAME}.yaml`]: layout('invoice'),
    [`${NAME}.de.yaml`]: layout('Rechnung'),
  });
  t.is(titleOf(configuration, { language: 'de' }), 'Rechnung');
  t.is(titleOf(configuration, { language: 'fr' }), 'invoice');
});

test('a layout is compiled once for each load', (t) => {
  const { configuration } = given(t, { [`${NAME}.yaml`]: layout('ours') });
  t.is(findLayout(configuration, NAME).layout, findLayout(configuration, NAME, { partner: 'acme' }).layout);
});

const LOGO = `${'ffd8ffc0000b08'}0010001003${'00'.repeat(8)}`;

test("an image lies beside the layout, and a partner's layout may use ours", (t) => {
  const body = '[{ image: logo.jpg }, { image: seal.jpg }]';
  const image = Buffer.from(LOGO, 'hex');
  const { configuration, shared, own } = given(
    t,
    { [`${NAME}.yaml`]: layout('ours'), 'documents/logo.jpg': image },
    { [`${NAME}.yaml`]: layout('theirs', body), 'documents/seal.jpg': image },
  );
  t.deepEqual(checkLayouts(own, shared), []);
  const pictures = findLayout(configuration, NAME, { partner: 'acme' }).layout?.pictures;
  t.deepEqual([...(pictures?.keys() ?? [])].sort(), ['logo.jpg', 'seal.jpg']);
});

test('what is wrong is told with file and place, and the layout is not used', (t) => {
  const { configuration, shared, root } = given(t, {
    [`${NAME}.yaml`]: layout('x', '[{ image: lgo.png }]'),
    'documents/invoise.yaml': layout('x'),
    'documents/logo.png': 'GIF89a',
    'labels/own.yaml': 'size: 3\n',
  });
  const told = checkLayouts(shared, shared).map((one) =>
    formatMistake(one).replace(`${join(root, 'shared')}/`, ''),
  );
  t.true(told.includes('documents/invoice.yaml:2:17 there is no image lgo.png beside the layout'));
  t.true(told.includes('documents/logo.png:1:1 the image is neither a PNG nor a JPEG that can be read'));
  t.true(
    told.some((one) =>
      one.startsWith('documents/invoise.yaml:1:1 there is no document documents/invoise; did you mean'),
    ),
  );
  t.true(told.some((one) => one.startsWith('labels/own.yaml:1:')));
  t.is(findLayout(configuration, NAME).layout, undefined);
});

test('a layout that is nowhere is told', (t) => {
  const { configuration } = given(t, {});
  t.deepEqual(findLayout(configuration, NAME).mistakes.map(formatMistake), [
    'documents/invoice.yaml:1:1 there is no such layout',
  ]);
});

test('the layouts that come with Causeway are sound, and so are copies of them that a partner has', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-layouts-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(OURS, folder, { recursive: true });
  const [shared, own] = [loadTemplates(OURS), loadTemplates(folder)];
  t.deepEqual(checkLayouts(shared, shared), []);
  t.deepEqual(checkLayouts(own, shared), []);
  t.is([...shared.keys()].filter((name) => /^(certificates|documents)\//.test(name)).length, 8);
});
