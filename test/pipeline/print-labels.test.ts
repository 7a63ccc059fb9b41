import test from 'ava';
import type { Context } from '../../src/context.ts';
import { printLabels, printLabelsAsZpl } from '../../src/pipeline/print/print-labels.ts';
import { NotPrinted } from '../../src/pipeline/print/print-page.ts';
import { BARE, CARTON, readTemplate, TEMPLATES } from '../render/label/label-samples.ts';
import { readZpl } from '../render/label/read-zpl.ts';

const SHARED = new Map(TEMPLATES.map((name) => [`labels/${name}.yaml`, readTemplate(name)]));

/** A partner `acme` with these templates of its own. */
function contextWith(own: Readonly<Record<string, string>> = {}): Pick<Context, 'configuration'> {
  const templates = new Map(
    Object.entries(own).map(([name, text]) => [name, { file: `acme/${name}`, text }]),
  );
  const configuration = { templates: SHARED, partners: new Map([['acme', { templates }]]) };
  return { configuration: () => configuration as unknown as ReturnType<Context['configuration']> };
}

const OWN = 'size: [50, 25]\nitems:\n  - { text: "ACME {{ number }}", at: [1, 1], width: 40, size: 3 }\n';

function textsOf(zpl: string): readonly string[] {
  return readZpl(zpl).fields.map(({ data }) => data);
}

test('pallets and cartons have their templates, each label in its order', (t) => {
  const job = { partner: 'acme', labels: [BARE, CARTON] };
  const [pallet = '', carton = ''] = printLabelsAsZpl(contextWith(), job, 203);
  t.true(textsOf(pallet).includes('PALLET'));
  t.true(textsOf(carton).includes('STORE 0042'));
});

test("a partner's own template takes the place of ours; another one may be named", (t) => {
  const context = contextWith({ 'labels/gs1-logistics.yaml': OWN });
  const [own = ''] = printLabelsAsZpl(context, { partner: 'acme', labels: [CARTON] }, 300);
  t.deepEqual(textsOf(own), ['ACME 3']);
  const job = { partner: 'acme', labels: [CARTON], template: 'carton-content' };
  const [content = ''] = printLabelsAsZpl(context, job, 300);
  t.true(textsOf(content).includes('QUANTITY'));
  const [other = ''] = printLabelsAsZpl(context, { ...job, partner: 'globex', template: 'pallet' }, 300);
  t.true(textsOf(other).includes('PALLET'));
});

test('what keeps labels from being printed is told with its place', (t) => {
  const print = (own: string, template?: string) => [
    ...printLabels(contextWith({ 'labels/own.yaml': own }), { partner: 'acme', labels: [CARTON], template }),
  ];
  t.throws(() => print(OWN, 'none'), {
    instanceOf: NotPrinted,
    message: 'there is no template labels/none.yaml',
  });
  t.throws(() => print(OWN.replace('number', 'nmber'), 'own'), {
    instanceOf: NotPrinted,
    message: /^labels\/own\.yaml cannot be used: acme\/labels\/own\.yaml:3:\d+ there is no `nmber`/,
  });
  t.throws(() => print(OWN.replace('width: 40', 'width: 4'), 'own'), {
    instanceOf: NotPrinted,
    message: /^acme\/labels\/own\.yaml:3:\d+ "ACME 3" does not fit into one line of 4 mm/,
  });
});

test('what a label printer cannot set is told, and is printed as PDF', (t) => {
  const job = { partner: 'acme', labels: [{ ...CARTON, vendor: 'Ромашка' }] };
  t.throws(() => [...printLabelsAsZpl(contextWith(), job, 203)], {
    instanceOf: NotPrinted,
    message: /"VENDOR {2}Ромашка" is not Latin/,
  });
  t.true(Buffer.concat([...printLabels(contextWith(), job)]).length > 5_000);
});

test('a shipment without labels is an empty file, not a page', (t) => {
  t.deepEqual([...printLabels(contextWith(), { partner: 'acme', labels: [] })], []);
});
