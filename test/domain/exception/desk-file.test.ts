import test from 'ava';
import { readDesk } from '../../../src/domain/exception/desk-file.ts';
import { companyFile } from '../../../src/domain/partner/partner.ts';
import { formatMistake } from '../../../src/lib/mistake.ts';
import { readYamlFile } from '../../../src/lib/yaml-file.ts';

const HEAD = 'name: Us\nidentity: { x12: { interchange: "ZZ:US", group: US } }\n';

const read = (yaml: string) => readYamlFile('company.yaml', HEAD + yaml, companyFile);

/** With the line counted from the first of the YAML given. */
const told = (yaml: string) =>
  read(yaml).mistakes.map((one) => formatMistake({ ...one, file: '', line: one.line - 2 }));

const deskOf = (yaml: string) => {
  const { value, mistakes } = read(yaml);
  if (value === undefined) throw new Error(mistakes.map(formatMistake).join('\n'));
  return readDesk(value);
};

test('without settings every team works on weekdays from 8 to 17 in UTC', (t) => {
  const { teams, kinds, severity } = deskOf('');
  t.deepEqual([...teams.keys()], ['orders', 'sales', 'operations', 'finance', 'warehouse']);
  for (const { calendar } of teams.values()) {
    t.like(calendar, { zone: 'UTC', opens: 480, closes: 1020 });
    t.deepEqual([...calendar.days], [1, 2, 3, 4, 5]);
    t.is(calendar.holidays.size, 0);
  }
  t.like(kinds['credit-hold'], { team: 'finance', hours: 8 });
  t.is(severity.currency, 'USD');
});

test('teams and kinds are as the company has them', (t) => {
  const desk = deskOf(`currency: EUR
teams:
  orders:
    zone: America/New_York
    hours: "07:30-16:00"
    days: mon-thu, sat
    holidays: [2026-12-25, 2027-01-01]
    mail: orders@us.example
    lead: Jane Roe
  night: { hours: "00:00-24:00", days: fri-mon }
exceptions:
  price-missing: { team: night, hours: 2.5, escalate: [{ after: 50%, to: lead }, { after: 3h, to: orders }] }
  item-unknown: { hours: 1 }
severity: { value: { urgent: "50000" }, overdue: { high: 1 } }
`);
  const orders = desk.teams.get('orders')!;
  t.deepEqual(orders.calendar, {
    zone: 'America/New_York',
    opens: 450,
    closes: 960,
    days: new Set([1, 2, 3, 4, 6]),
    holidays: new Set(['2026-12-25', '2027-01-01']),
  });
  t.like(orders, { mail: 'orders@us.example', lead: 'Jane Roe' });
  const { calendar } = desk.teams.get('night')!;
  t.deepEqual([...calendar.days], [5, 6, 7, 1]);
  t.is(calendar.closes, 1440);
  t.deepEqual(desk.kinds['price-missing'], {
    team: 'night',
    hours: 2.5,
    escalate: [
      { after: '50%', to: 'lead' },
      { after: '3h', to: 'orders' },
    ],
  });
  t.like(desk.kinds['item-unknown'], { team: 'sales', hours: 1 });
  t.deepEqual(desk.severity, {
    currency: 'EUR',
    value: { normal: '1000', high: '10000', urgent: '50000' },
    priority: { high: 5, urgent: 9 },
    overdue: { high: 1, urgent: 8 },
  });
});

const WRONG: readonly (readonly [yaml: string, mistakes: readonly string[]])[] = [
  [
    'teams: { orders: { zone: Mars/Base } }\n',
    [':1:26 zone: expected a time zone such as America/New_York (it is "Mars/Base")'],
  ],
  [
    'teams: { orders: { hours: 8-17 } }\n',
    [':1:27 hours: expected opening and closing time such as "08:00-17:00" (it is "8-17")'],
  ],
  [
    'teams: { orders: { hours: "22:00-06:00" } }\n',
    [
      ':1:27 hours: expected a closing time after the opening, both of one day, such as "08:00-17:00" (it is "22:00-06:00")',
    ],
  ],
  [
    'teams: { orders: { days: weekdays } }\n',
    [':1:26 days: expected days such as mon-fri or "mon, wed-fri" (it is "weekdays")'],
  ],
  [
    'teams: { orders: { holidays: [2026-02-30] } }\n',
    [':1:31 holidays: expected a date such as 2026-12-25 (it is "2026-02-30")'],
  ],
  [
    'teams: { orders: { lunch: no } }\n',
    [':1:20 unknown key `lunch`; known are zone, hours, days, holidays, mail, lead'],
  ],
  ['exceptions: { prce-missing: {} }\n', [':1:15 unknown key `prce-missing`; did you mean `price-missing`?']],
  [
    'exceptions: { price-missing: { team: night } }\n',
    [':1:38 team: expected one of the teams orders, sales, operations, finance, warehouse (it is "night")'],
  ],
  [
    'exceptions:\n  price-missing:\n    escalate:\n      - { after: soon, to: lead }\n',
    [':4:18 after: expected a share of the time such as 50%, or working hours such as 24h (it is "soon")'],
  ],
  [
    'exceptions:\n  price-missing:\n    escalate:\n      - { after: 100%, to: lead }\n      - { after: 3h, to: nobody }\n',
    [
      ':5:18 after: expected no less than the 4 working hours of the step before (it is "3h")',
      ':5:26 to: expected team, lead, or one of the teams orders, sales, operations, finance, warehouse (it is "nobody")',
    ],
  ],
  [
    'severity: { value: { urgent: "500" }, priority: { high: 10 } }\n',
    [
      ':1:30 urgent: expected no less than for high, 10000 (it is "500")',
      ':1:39 urgent is missing: expected no less than for high, 10',
    ],
  ],
  ['severity: { value: { high: 10000 } }\n', [':1:28 high: expected text; write it in quotes: "10000"']],
];

for (const [yaml, mistakes] of WRONG) {
  test(`told with its place: ${yaml.trim().replaceAll('\n', ' ')}`, (t) => {
    t.deepEqual(told(yaml).toSorted(), mistakes);
  });
}
