import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { scratchFolder } from '../support/database.ts';
import { openDesk, stockOf } from '../support/desk.ts';
import { openPost, writeOrder } from '../support/desk-documents.ts';
import { runCommand } from '../support/run-command.ts';

const master = { warehouses: 'id,name\nDAY,Dayton', stock: stockOf({ 'HB-1001': 100 }) };

async function openShipping(t: ExecutionContext) {
  const desk = await openDesk(t, { orders: '{ promise: stock }', yaml: 'send: { "856": {} }\n', master });
  await desk.send('alpha', openPost('alpha').file(writeOrder('PO-1', ['40 HB-1001 3.25'])));
  const folder = await scratchFolder(t);
  const { partnersFolder, mapsFolder } = desk.context.settings;
  const env = { DATABASE_URL: desk.url, CAUSEWAY_PARTNERS: partnersFolder, CAUSEWAY_MAPS: mapsFolder };
  const write = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  return { desk, write, run: (...args: string[]) => runCommand(args, { env }) };
}

const SHIPMENT = `{
  "number": "SH-1", "warehouse": "DAY", "shipDate": "2026-11-21",
  "carrier": { "scac": "UPSN", "proNumber": "P-77" },
  "units": [{ "kind": "carton", "id": "C1", "sscc": "006141410000000012",
    "contents": [{ "poNumber": "PO-1", "line": "1", "quantity": 30, "lot": "L1" }] }],
  "loose": [{ "poNumber": "PO-1", "line": "1", "quantity": "12" }]
}`;

test('a shipment is told, shown, listed and found again', async (t) => {
  const { write, run } = await openShipping(t);
  const file = await write('shipment.json', SHIPMENT);

  const dry = await run('ship', file, '--dry-run');
  const told = await run('ship', file);
  const again = await run('ship', file);
  const shown = await run('shipment', 'SH-1');
  const listed = await run('shipments', '--order', 'PO-1');
  const traced = await run('trace', 'P-77');

  const waits = '  its notice waits: order PO-1 line 1: 42 EA left, 40 were to be shipped';
  t.is(dry.out, `shipment SH-1 would be booked in version 1\n${waits}\n`);
  t.is(told.out, `shipment SH-1 booked in version 1\n${waits}\n`);
  t.is(again.out, 'shipment SH-1 booked in version 1 before, and came again\n');
  t.deepEqual(shown.out.split('\n').slice(0, 6), [
    'shipment SH-1 for alpha, shipped 2026-11-21',
    'from DAY, with UPSN, PRO P-77',
    '  carton C1, SSCC 006141410000000012',
    '    30 of PO-1 line 1, lot L1',
    '  loose: 12 of PO-1 line 1',
    'lines: PO-1 line 1: 42 EA of HB-1001, lot L1',
  ]);
  t.true(shown.out.includes('notice is stopped, a person was asked'));
  t.true(shown.out.includes('!  over-shipment: shipment SH-1: order PO-1 line 1: 42 EA left'));
  t.is(
    listed.out,
    'SH-1  alpha  2026-11-21  PO-1  1 line in 1 unit  notice is stopped, a person was asked\n',
  );
  t.true(traced.out.includes('shipment SH-1 left: line 1: 42 EA of HB-1001, lot L1'));
  t.deepEqual(
    [dry, told, again, shown, listed, traced].map(({ code }) => code),
    [0, 0, 0, 0, 0, 0],
  );
});

test('what is wrong with a file is told with its line and column', async (t) => {
  const { write, run, desk } = await openShipping(t);
  const odd = await write(
    'odd.json',
    SHIPMENT.replace('"lot"', '"loot"').replace('"PO-1", "line": "1"', '"PO-1"'),
  );
  const wrong = await write('wrong.json', SHIPMENT.replaceAll('"line": "1"', '"line": "9"'));

  const first = await run('ship', odd);
  const second = await run('ship', wrong);
  const third = await run('shipment', 'SH-9');

  t.deepEqual([first.code, second.code, third.code], [1, 1, 1]);
  t.deepEqual(first.err.trim().split('\n').toSorted(), [
    `${odd}:5:18 line is missing: expected string`,
    `${odd}:5:56 unknown key \`loot\`; did you mean \`lot\`?`,
  ]);
  t.true(second.err.includes('units[0].contents[0]: order PO-1 has no line 9; it has 1'));
  t.true(third.err.includes('there is no shipment SH-9'));
  t.deepEqual(await desk.context.db('shipment'), []);
});

test('shipments come in as CSV, whose columns and template are told', async (t) => {
  const { write, run } = await openShipping(t);
  const csv = await write(
    'shipments.csv',
    'shipment,po,line,quantity,carton\nSH-1,PO-1,1,4,C1\nSH-2,PO-1,7,4,C1\n',
  );

  const imported = await run('import', 'shipments', csv);
  const columns = await run('import', 'shipments', '--columns');
  const template = await run('import', 'shipments', '--template');

  t.is(imported.out, 'shipments: 1 booked, 0 corrected, 0 unchanged\n');
  t.is(imported.err, `${csv}:3 shipment SH-2: order PO-1 has no line 7; it has 1\n`);
  t.is(imported.code, 1);
  t.true(columns.out.includes('shipment          needed'));
  t.true(template.out.startsWith('shipment,purpose,partner,'));
});
