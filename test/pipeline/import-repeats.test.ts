import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { type Imported, importMasterData } from '../../src/pipeline/import/import-master-data.ts';
import type { ImportKind } from '../../src/pipeline/import/kinds.ts';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { watchStatements } from '../support/gateway-faults.ts';

type Import = (kind: ImportKind, text: string) => Promise<Imported>;

async function open(t: ExecutionContext): Promise<{ db: Database; load: Import }> {
  const { db } = await testDatabase(t);
  return { db, load: (kind, text) => importMasterData({ db }, kind, text) };
}

function counts({ inserted, updated, unchanged }: Imported): readonly number[] {
  return [inserted, updated, unchanged];
}

function messages({ mistakes }: Imported): string[] {
  return mistakes.map(({ line, message }) => `${line} ${message}`);
}

test.serial('the same rows in any order, some of them twice, change nothing', async (t) => {
  const { db, load } = await open(t);
  const rows = Array.from({ length: 60 }, (_, i) => `I-${i},Item ${i},EA,${i % 2 === 0},${i + 1}`);
  const header = 'number,description,unit,serialised,minimum';
  t.deepEqual(counts(await load('items', [header, ...rows].join('\n'))), [60, 0, 0]);
  const stored = await db('item').orderBy('number');

  const shuffled = fc.array(fc.constantFrom(...rows), { minLength: 1, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(shuffled, async (some) => {
      const again = await load('items', [header, ...some].join('\n'));
      t.deepEqual(again, {
        rows: some.length,
        inserted: 0,
        updated: 0,
        unchanged: some.length,
        mistakes: [],
      });
    }),
    { numRuns: 30 },
  );
  t.deepEqual(await db('item').orderBy('number'), stored);
});

test.serial(
  'of two rows under one key that differ the first goes in and the second is told, again and again',
  async (t) => {
    const { db, load } = await open(t);
    const file = 'number,unit\nI-1,EA\nI-2,EA\nI-1,CA\nI-1,EA\n';
    for (const expected of [
      [2, 0, 1],
      [0, 0, 3],
    ]) {
      const imported = await load('items', file);
      t.deepEqual(counts(imported), expected);
      t.deepEqual(messages(imported), ['4 line 2 has the same number and says something else']);
    }
    t.is((await db('item').where({ number: 'I-1' }).first()).unit, 'EA');
  },
);

test.serial('a second row that says the same as one that was refused is refused as well', async (t) => {
  const { load } = await open(t);
  const imported = await load('units', 'item,unit,factor\nI-9,CA,12\nI-9,CA,12\n');
  t.deepEqual(counts(imported), [0, 0, 0]);
  t.deepEqual(messages(imported), ['2 item: there is no item I-9', '3 is the same as line 2']);
});

test.serial('a row with other values changes what is stored, and only that', async (t) => {
  const { load } = await open(t);
  await load('items', 'number,unit\nI-1,EA\nI-2,EA\n');
  t.deepEqual(counts(await load('items', 'number,unit\nI-1,CA\nI-2,EA\nI-3,EA\n')), [1, 1, 1]);
});

test.serial(
  'good rows go in where others are bad; a dry run counts the same and stores nothing',
  async (t) => {
    const { db } = await open(t);
    const file = 'number,unit\nI-1,EA\nI-2,each\nI-3,EA\n';
    const rehearsed = await importMasterData({ db }, 'items', file, { dryRun: true });
    t.deepEqual(await db('item'), []);
    const done = await importMasterData({ db }, 'items', file);
    t.deepEqual(rehearsed, done);
    t.deepEqual(counts(done), [2, 0, 0]);
    t.is(done.rows, 3);
    t.is((await db('item')).length, 2);
  },
);

test.serial('of a file that breaks off nothing goes in', async (t) => {
  const { db } = await open(t);
  const rows = Array.from({ length: 5_000 }, (_, i) => `I-${i},EA`).join('\n');
  const broken = Buffer.concat([Buffer.from(`number,unit\n${rows}\n`), Buffer.from('I-\xfc,EA\n', 'latin1')]);
  const imported = await importMasterData({ db }, 'items', () => [
    broken.subarray(0, 30_000),
    broken.subarray(30_000),
  ]);
  t.deepEqual(counts(imported), [0, 0, 0]);
  t.is(imported.mistakes[0]?.line, 5_002);
  t.deepEqual(await db('item'), []);
});

test.serial('thousands of rows go in by batches, whichever of them a repeated row is in', async (t) => {
  const { db } = await open(t);
  const rows = Array.from({ length: 5_000 }, (_, i) => `I-${i},EA`);
  const heard: number[] = [];
  const file = ['number,unit', ...rows, rows[0], 'I-1,CA'].join('\n');
  const imported = await importMasterData({ db }, 'items', file, {
    onProgress: (count) => heard.push(count),
  });
  t.deepEqual(counts(imported), [5_000, 0, 1]);
  t.deepEqual(messages(imported), ['5003 line 3 has the same number and says something else']);
  t.is(heard.at(-1), 5_002);
});

test.serial(
  'columns that a file does not speak of stay; cells that it leaves empty are emptied',
  async (t) => {
    const { db, load } = await open(t);
    await load('items', 'number,description,unit,status,hazard,minimum\nI-1,Bolt,EA,phase-out,3,5\n');
    await load('items', 'number,unit,description\nI-1,EA,Long bolt\n');
    t.like(await db('item').first(), {
      description: 'Long bolt',
      status: 'phase-out',
      hazard: '3',
      minimum: '5',
    });
    await load('items', 'number,unit,status,hazard,minimum\nI-1,EA,,,\n');
    t.like(await db('item').first(), {
      description: 'Long bolt',
      status: 'active',
      hazard: null,
      minimum: null,
    });
    await load(
      'items',
      '[{"number":"I-1","unit":"EA","description":null},{"number":"I-2","unit":"EA","hazard":"8"}]',
    );
    t.like(await db('item').where({ number: 'I-1' }).first(), { description: null, status: 'active' });
    t.like(await db('item').where({ number: 'I-2' }).first(), { hazard: '8', serialised: false });
  },
);

test.serial('the older column active makes active and discontinued items', async (t) => {
  const { db, load } = await open(t);
  await load('items', 'number,unit,active\nI-1,EA,true\nI-2,EA,false\nI-3,EA,\n');
  t.deepEqual(await db('item').orderBy('number').pluck('status'), ['active', 'discontinued', 'active']);
});

test.serial('an invoice that is paid and a receipt that came are taken away, once', async (t) => {
  const { db, load } = await open(t);
  await load('items', 'number,unit\nI-1,EA\n');
  await load('customers', 'number,name\nC-1,Acme\n');
  await load('warehouses', 'id,name\nW1,Dayton\n');
  const invoice = (amount: string) =>
    `customer,number,currency,amount,due\nC-1,INV-1,USD,${amount},2026-12-31\n`;
  const receipt = (quantity: string) =>
    `item,warehouse,reference,expected,quantity\nI-1,W1,PO-1,2026-12-31,${quantity}\n`;
  await load('receivables', invoice('10'));
  await load('stock-receipts', receipt('10'));
  t.deepEqual(counts(await load('receivables', invoice('0.00'))), [0, 1, 0]);
  t.deepEqual(counts(await load('stock-receipts', receipt('0'))), [0, 1, 0]);
  t.deepEqual(await db('receivable'), []);
  t.deepEqual(await db('stock_receipt'), []);
  t.deepEqual(counts(await load('receivables', invoice('0'))), [0, 0, 1]);
});

test.serial('stock that is allocated stays so when the quantity on hand is imported', async (t) => {
  const { db, load } = await open(t);
  await load('items', 'number,unit\nI-1,EA\n');
  await load('warehouses', 'id,name\nW1,Dayton\n');
  await load('stock', 'item,warehouse,on_hand\nI-1,W1,10\n');
  await db('stock').update({ allocated: 4 });
  await load('stock', 'item,warehouse,on_hand\nI-1,W1,25\n');
  t.like(await db('stock').first(), { on_hand: '25', allocated: '4', safety: '0' });
});

const TERMS = 'agreement,version,position,item,unit,form,price,zone,valid_from,valid_to\n';
const fixed = (position: number, price: string, from = '', to = '', zone = '') =>
  `C-77,1,${position},I-1,EA,fixed,${price},${zone},${from},${to}\n`;
const CONTRADICTS = (position: number) =>
  `contradicts position ${position} of C-77 version 1: the same item, unit, zone, promotion, bundle and minimum_quantity on the same days`;

async function openContract(t: ExecutionContext) {
  const opened = await open(t);
  await opened.load('items', 'number,unit\nI-1,EA\nI-2,EA\n');
  await opened.load('customers', 'number,name\nC-1,Acme\n');
  await opened.load(
    'agreements',
    'kind,number,version,holder,currency,valid_from\ncontract,C-77,1,C-1,USD,2026-01-01\ncontract,C-77,2,C-1,USD,2027-01-01\n',
  );
  return opened;
}

test.serial(
  'terms that say different things of the same days are told; those of other days, zones and versions are not',
  async (t) => {
    const { db, load } = await openContract(t);
    const imported = await load(
      'price-terms',
      `${TERMS}${fixed(1, '3', '2026-01-01', '2026-06-30')}${fixed(2, '4', '2026-06-30', '')}${fixed(3, '5', '2026-07-01', '')}${fixed(4, '6', '', '', 'EAST')}C-77,2,1,I-1,EA,fixed,7,,,\n`,
    );
    t.deepEqual(messages(imported), [`3 ${CONTRADICTS(1)}`]);
    t.deepEqual(counts(imported), [4, 0, 0]);
    t.is((await db('price_term')).length, 4);
  },
);

test.serial('a term that contradicts a stored one is told, and changes nothing', async (t) => {
  const { db, load } = await openContract(t);
  await load('price-terms', `${TERMS}${fixed(1, '3')}${fixed(2, '4', '', '', 'EAST')}`);
  const stored = await db('price_term').orderBy('position');
  for (const row of [fixed(3, '5', '2026-05-01', ''), fixed(2, '4')]) {
    const imported = await load('price-terms', `${TERMS}${row}`);
    t.deepEqual(messages(imported), [`2 ${CONTRADICTS(1)}`]);
    t.deepEqual(counts(imported), [0, 0, 0]);
    t.deepEqual(await db('price_term').orderBy('position'), stored);
  }
});

test.serial(
  'a stored term that the same file ends makes room for its successor, in whatever order they come',
  async (t) => {
    const { load } = await openContract(t);
    const successor = fixed(2, '4', '2026-07-01', '');
    const ended = fixed(1, '3', '', '2026-06-30');
    // So many rows between them that they are written by different statements.
    const items = Array.from({ length: 4_500 }, (_, i) => `J-${i}`);
    await load('items', `number,unit\n${items.map((item) => `${item},EA\n`).join('')}`);
    const between = items.map((item, i) => `C-77,2,${i + 1},${item},EA,fixed,1,,,\n`).join('');
    await load('price-terms', `${TERMS}${fixed(1, '3')}`);
    const imported = await load('price-terms', `${TERMS}${successor}${between}${ended}`);
    t.deepEqual(messages(imported), []);
    t.deepEqual(counts(imported), [4_501, 1, 0]);
    t.deepEqual(counts(await load('price-terms', `${TERMS}${ended}${between}${successor}`)), [0, 0, 4_502]);
  },
);

test.serial('an import that lost a conflict begins again, from the first row', async (t) => {
  const { db } = await open(t);
  let conflicts = 0;
  const quarrelsome = watchStatements(db, {
    before: (statement) => {
      if (statement !== 'import-item' || conflicts > 0) return;
      conflicts += 1;
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    },
  });
  const file = Buffer.from('number,unit\nI-1,EA\nI-2,EA\n');
  const imported = await importMasterData({ db: quarrelsome }, 'items', () => [file]);
  t.is(conflicts, 1);
  t.deepEqual(counts(imported), [2, 0, 0]);
  t.is((await db('item')).length, 2);
});

test.serial('two imports of the same rows at once end as one does', async (t) => {
  const { db } = await open(t);
  const rows = Array.from({ length: 3_000 }, (_, i) => `I-${i},EA`);
  const one = ['number,unit', ...rows].join('\n');
  const other = ['number,unit', ...rows.toReversed()].join('\n');
  const done = await Promise.all([one, other].map((text) => importMasterData({ db }, 'items', text)));
  t.is(done[0]!.inserted + done[1]!.inserted, 3_000);
  t.is(done[0]!.unchanged + done[1]!.unchanged, 3_000);
});
