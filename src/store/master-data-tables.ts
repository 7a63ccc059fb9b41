/** A column as the import writes it: its type, and what it is where nothing is said. */
type TableColumn = { readonly type: string; readonly otherwise?: string };

/** What a row is asked before it is written; `fails` is SQL on the row `r`. */
export type Check = {
  readonly fails: string;
  /** The column that is told. */
  readonly column: string;
  readonly message: (record: MasterRecord) => string;
  /** All values that would be right, as SQL, where a misspelt one may be told its nearest. */
  readonly known?: string;
};

/** By the names of the table's columns; null where a row says that there is nothing. */
export type MasterRecord = Readonly<Record<string, unknown>>;

/** A table that imports fill. Columns that orders keep up to date (allocated, order_id …) are not here. */
export type MasterTable = {
  readonly name: string;
  readonly key: Readonly<Record<string, TableColumn>>;
  readonly values: Readonly<Record<string, TableColumn>>;
  readonly checks?: readonly Check[];
  /** A row whose value in this column is 0 takes the stored one away. */
  readonly goneAtZero?: string;
  /** Rows that may not both stand. */
  readonly contradiction?: {
    /** SQL on two rows of the table, `t` and `o`. */
    readonly holds: string;
    /** What is told of one of them, by the key of the other. */
    readonly message: (other: MasterRecord) => string;
  };
};

const text = { type: 'text' };
const numeric = { type: 'numeric' };
const date = { type: 'date' };
const int = { type: 'int' };

const ITEM_KNOWN = mustBeKnown('item', 'item', 'number');
const OTHER_KNOWN = mustBeKnown('other', 'item', 'number');
const CUSTOMER_KNOWN = mustBeKnown('customer', 'customer', 'number');
const WAREHOUSE_KNOWN = mustBeKnown('warehouse', 'warehouse', 'id');

const AGREEMENT_KNOWN: Check = {
  column: 'agreement',
  fails: 'not exists (select from agreement a where a.number = r.agreement and a.version = r.version)',
  message: ({ agreement, version }) => `there is no version ${version} of an agreement ${agreement}`,
  known: 'select distinct number from agreement',
};

function mustBeKnown(column: string, table: string, key: string): Check {
  return {
    column,
    fails: `not exists (select from ${table} k where k.${key} = r.${column})`,
    message: (record) => `there is no ${table} ${record[column]}`,
    known: `select ${key} from ${table}`,
  };
}

/** To find what can be imported, read this list. */
export const MASTER_TABLES = {
  item: {
    name: 'item',
    key: { number: text },
    values: {
      description: text,
      unit: text,
      status: { type: 'text', otherwise: `'active'` },
      hazard: text,
      serialised: { type: 'boolean', otherwise: 'false' },
      minimum: numeric,
      maximum: numeric,
      multiple: numeric,
      customers: { type: 'text[]' },
      barred: { type: 'text[]', otherwise: `'{}'` },
    },
  },
  itemUnit: {
    name: 'item_unit',
    key: { item: text, unit: text },
    values: { factor: numeric },
    checks: [
      ITEM_KNOWN,
      {
        column: 'factor',
        fails: 'exists (select from item i where i.number = r.item and i.unit = r.unit and r.factor <> 1)',
        message: ({ item, unit }) => `${unit} is the unit of ${item} itself: its factor is 1`,
      },
    ],
  },
  itemRelation: {
    name: 'item_relation',
    key: { item: text, kind: text, other: text },
    values: { rank: { type: 'int', otherwise: '1' } },
    checks: [ITEM_KNOWN, OTHER_KNOWN],
  },
  crossReference: {
    name: 'item_cross_reference',
    key: { partner: text, qualifier: text, value: text },
    values: { item: text },
    checks: [ITEM_KNOWN],
  },
  itemCost: {
    name: 'item_cost',
    key: { item: text, currency: text, valid_from: date },
    values: { cost: numeric },
    checks: [ITEM_KNOWN],
  },
  customer: {
    name: 'customer',
    key: { number: text },
    values: {
      name: text,
      price_group: text,
      priority: { type: 'int', otherwise: '0' },
      credit_limit: numeric,
      credit_currency: text,
      grace_days: { type: 'int', otherwise: '0' },
      payment_terms: text,
    },
  },
  shipTo: {
    name: 'ship_to',
    key: { customer: text, code: text },
    values: { name: text, zone: text, country: text, region: text, postal_code: text },
    checks: [CUSTOMER_KNOWN],
  },
  purchase_authority: {
    name: 'purchase_authority',
    key: { customer: text, po_number: text },
    values: {
      currency: text,
      amount: numeric,
      used_elsewhere: { type: 'numeric', otherwise: '0' },
      valid_to: date,
    },
    checks: [CUSTOMER_KNOWN],
  },
  receivable: {
    name: 'receivable',
    key: { customer: text, number: text },
    values: { currency: text, amount: numeric, due: date },
    checks: [CUSTOMER_KNOWN],
    goneAtZero: 'amount',
  },
  price: {
    name: 'price',
    key: { partner: text, item: text, unit: text, currency: text, valid_from: date },
    values: { price: numeric, price_basis: { type: 'text', otherwise: `'PE'` }, valid_to: date },
    checks: [ITEM_KNOWN],
  },
  agreement: {
    name: 'agreement',
    key: { number: text, version: int },
    values: {
      kind: text,
      holder: { type: 'text', otherwise: `''` },
      currency: text,
      date_rule: { type: 'text', otherwise: `'order-date'` },
      valid_from: date,
      valid_to: date,
    },
    checks: [
      {
        column: 'holder',
        fails: `r.kind = 'contract' and not exists (select from customer c where c.number = r.holder)`,
        message: ({ holder }) => `there is no customer ${holder}`,
        known: 'select number from customer',
      },
      {
        column: 'holder',
        fails: `r.kind = 'group-contract' and not exists (select from customer c where c.price_group = r.holder)`,
        message: ({ holder }) => `no customer is in the price group ${holder}`,
        known: 'select distinct price_group from customer where price_group is not null',
      },
    ],
  },
  priceTerm: {
    name: 'price_term',
    key: { agreement: text, version: int, position: int },
    values: {
      item: text,
      unit: text,
      price_basis: { type: 'text', otherwise: `'PE'` },
      form: { type: 'json' },
      minimum_quantity: numeric,
      zone: text,
      promotion: text,
      bundle: text,
      valid_from: date,
      valid_to: date,
      adjustments: { type: 'json', otherwise: `'[]'` },
    },
    checks: [
      AGREEMENT_KNOWN,
      ITEM_KNOWN,
      {
        column: 'bundle',
        fails: `r.bundle is not null and not exists (select from price_bundle b
          where b.agreement = r.agreement and b.version = r.version and b.bundle = r.bundle)`,
        message: ({ agreement, version, bundle }) =>
          `version ${version} of ${agreement} has no bundle ${bundle}`,
      },
    ],
    contradiction: {
      // The version is no condition for an index, or the primary key might be taken for the better one.
      holds: `o.item = t.item and o.agreement = t.agreement and o.position <> t.position and o.unit = t.unit
      and (o.version, o.zone, o.promotion, o.bundle, o.minimum_quantity)
        is not distinct from (t.version, t.zone, t.promotion, t.bundle, t.minimum_quantity)
      and daterange(o.valid_from, o.valid_to, '[]') && daterange(t.valid_from, t.valid_to, '[]')`,
      message: ({ agreement, version, position }) =>
        `contradicts position ${position} of ${agreement} version ${version}: ` +
        'the same item, unit, zone, promotion, bundle and minimum_quantity on the same days',
    },
  },
  priceBundle: {
    name: 'price_bundle',
    key: { agreement: text, version: int, bundle: text, item: text },
    values: { quantity: numeric },
    checks: [AGREEMENT_KNOWN, ITEM_KNOWN],
  },
  quote: {
    name: 'quote',
    key: { number: text },
    values: {
      customer: text,
      currency: text,
      valid_from: date,
      valid_until: date,
      state: { type: 'text', otherwise: `'open'` },
      reuse: { type: 'text', otherwise: `'once'` },
    },
    checks: [CUSTOMER_KNOWN],
  },
  quoteLine: {
    name: 'quote_line',
    key: { quote: text, line: text },
    values: {
      item: text,
      quantity: numeric,
      unit: text,
      price: numeric,
      price_basis: { type: 'text', otherwise: `'PE'` },
    },
    checks: [mustBeKnown('quote', 'quote', 'number'), ITEM_KNOWN],
  },
  warehouse: {
    name: 'warehouse',
    key: { id: text },
    values: {
      name: text,
      hazards: { type: 'text[]', otherwise: `'{}'` },
      destinations: { type: 'text[]' },
      zones: { type: 'json', otherwise: `'{}'` },
      load: { type: 'int', otherwise: '0' },
    },
  },
  calendar: {
    name: 'calendar',
    key: { owner: text },
    values: {
      days: { type: 'int[]', otherwise: `'{1,2,3,4,5}'` },
      holidays: { type: 'date[]', otherwise: `'{}'` },
    },
    checks: [
      {
        column: 'owner',
        fails: `r.owner <> 'us' and not exists (select from warehouse w where w.id = r.owner)`,
        message: ({ owner }) => `there is no warehouse ${owner} (\`us\` stands for all of us)`,
        known: `select id from warehouse union all select 'us'`,
      },
    ],
  },
  releaseSchedule: {
    name: 'release_schedule',
    key: { id: text },
    values: {
      partner: text,
      po_number: text,
      lines: { type: 'json' },
      rule: text,
      when_closed: { type: 'text', otherwise: `'next'` },
      valid_from: date,
      valid_to: date,
      delivery_days: int,
      ship_to: text,
      state: { type: 'text', otherwise: `'active'` },
    },
    checks: [
      {
        column: 'po_number',
        fails: `not exists (select from blanket b
          where b.partner = r.partner and b.po_number = r.po_number and not b.test)`,
        message: ({ partner, po_number }) => `${partner} has no blanket order ${po_number}`,
        known: 'select distinct po_number from blanket where not test',
      },
      {
        column: 'lines',
        fails: `exists (select from json_array_elements(r.lines) as asked where not exists (
          select from blanket b join blanket_line l on l.blanket_id = b.id
          where b.partner = r.partner and b.po_number = r.po_number and not b.test and l.number = asked->>'line'))
          and exists (select from blanket b
            where b.partner = r.partner and b.po_number = r.po_number and not b.test)`,
        message: ({ po_number }) => `blanket order ${po_number} does not have all of these lines`,
      },
    ],
  },
  stock: {
    name: 'stock',
    key: { item: text, warehouse: text },
    values: { on_hand: numeric, safety: { type: 'numeric', otherwise: '0' } },
    checks: [ITEM_KNOWN, WAREHOUSE_KNOWN],
  },
  stockReceipt: {
    name: 'stock_receipt',
    key: { item: text, warehouse: text, reference: text },
    values: { expected: date, quantity: numeric },
    checks: [ITEM_KNOWN, WAREHOUSE_KNOWN],
    goneAtZero: 'quantity',
  },
  stockSerial: {
    name: 'stock_serial',
    key: { item: text, serial: text },
    values: { warehouse: text, attributes: { type: 'json', otherwise: `'{}'` } },
    checks: [
      ITEM_KNOWN,
      WAREHOUSE_KNOWN,
      {
        column: 'item',
        fails: 'exists (select from item i where i.number = r.item and not i.serialised)',
        message: ({ item }) => `${item} has no serial numbers: it is not serialised`,
      },
    ],
  },
} as const satisfies Readonly<Record<string, MasterTable>>;
