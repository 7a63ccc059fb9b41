import test from 'ava';
import { addProducts, type HeldCatalogue, startCatalogue } from '../../src/store/held-catalogue.ts';
import { MasterDataCache } from '../../src/store/master-data-cache.ts';
import { makeCatalogueRow } from '../support/order-facts.ts';

const DAY = '2026-11-21';

/** An item and its name for each number. */
function holding(...numbers: string[]): HeldCatalogue {
  const held = startCatalogue('v', DAY, []);
  add(held, ...numbers);
  return held;
}

function add(held: HeldCatalogue, ...numbers: string[]): void {
  for (const value of numbers) {
    const product = { qualifier: 'VP', value };
    addProducts(held, 'acme', [product], [makeCatalogueRow({ number: value, ids: [['VP', value]] })]);
  }
}

test('who was not looked for the longest makes room', (t) => {
  const cache = new MasterDataCache(6);
  const [alpha, beta, gamma] = [holding('1'), holding('1'), holding('1')];
  cache.keep('alpha', alpha);
  cache.keep('beta', beta);
  cache.keep('gamma', gamma);
  t.is(cache.find('alpha', DAY), alpha);

  add(alpha, '2');
  cache.keep('alpha', alpha);

  t.is(cache.find('beta', DAY), undefined);
  t.is(cache.find('gamma', DAY), gamma);
  t.is(cache.find('alpha', DAY), alpha);
});

test('who alone holds more than there is room for, known or not, is not kept and pushes nobody out', (t) => {
  const cache = new MasterDataCache(6);
  const curious = startCatalogue('v', DAY, []);
  const products = Array.from({ length: 7 }, (_, n) => ({ qualifier: 'BP', value: `${n}` }));
  addProducts(curious, 'acme', products, []);
  const alpha = holding('1');
  cache.keep('alpha', alpha);

  cache.keep('curious', curious);

  t.is(cache.find('curious', DAY), undefined);
  t.is(cache.find('alpha', DAY), alpha);
});

test('what was kept of another day is not found', (t) => {
  const cache = new MasterDataCache();
  cache.keep('alpha', holding('1'));
  t.is(cache.find('alpha', '2026-11-22'), undefined);
});
