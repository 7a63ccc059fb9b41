import test from 'ava';
import { companyFile, partnerFile } from '../../src/domain/partner/partner.ts';
import { formatMistake } from '../../src/lib/mistake.ts';
import { readYamlFile } from '../../src/lib/yaml-file.ts';

const TEN_MISTAKES = `id: ACME
nam: Acme
status: alive
identity:
  x12: { interchange: "ZZACME", group: ACME }
channels:
  - sftp-hosted: { user: "a b" }
  - sftp: { host: x, port: 99999, hostKey: "SHA256:short", user: c, put: /in }
x12: { version: 4010, newline: maybe }
orders:
  price: { outside: holdd }
`;

test('every mistake in a partner file is told at once, each at its line and column', (t) => {
  const { mistakes } = readYamlFile('partner.yaml', TEN_MISTAKES, partnerFile);

  const places = mistakes.map((mistake) => `${mistake.line}:${mistake.column}`).toSorted();
  t.deepEqual(
    places,
    ['11:21', '1:5', '2:1', '3:9', '5:23', '7:26', '8:28', '8:44', '9:17', '9:32'].toSorted(),
  );
  const told = mistakes.map(formatMistake).join('\n');
  t.regex(told, /2:1 unknown key `nam`; did you mean `name`\?/);
  t.regex(told, /3:9 status: expected one of "draft", "testing", "live", "suspended" \(it is "alive"\)/);
  t.regex(told, /9:17 version: expected text; write it in quotes: "4010"/);
});

test('a missing key is told at the key above it, and not beside an unknown key that is near to it', (t) => {
  const text = `id: acme
name: Acme
identity:
  x12:
    interchange: ZZ:ACME
channels:
  - sftp: { hots: sftp.acme.example, hostKey: env:KEY }
  - sftp: { host: sftp.acme.example, hostKey: env:KEY, user: us, then: { moove: /done } }
`;
  const { mistakes } = readYamlFile('partner.yaml', text, partnerFile);
  t.deepEqual(mistakes.map(formatMistake), [
    'partner.yaml:4:3 group is missing: expected string',
    'partner.yaml:7:5 user is missing: expected string',
    'partner.yaml:7:13 unknown key `hots`; did you mean `host`?',
    'partner.yaml:8:74 unknown key `moove`; did you mean `move`?',
  ]);
});

test('an empty file, a key that is there twice and an alias are told', (t) => {
  const told = (text: string) => readYamlFile('company.yaml', text, companyFile).mistakes.map(formatMistake);
  t.deepEqual(told('# nothing yet\n'), ['company.yaml:1:1 the file is empty']);
  t.deepEqual(told('name: &n A\nname: *n\nidentity: { x12: { interchange: ZZ:US, group: US } }\n'), [
    'company.yaml:2:1 `name` is there twice; it is at line 1 already',
    'company.yaml:2:7 aliases are not read: write out what it stands for',
  ]);
});

test('a file that is no YAML is told with its place', (t) => {
  const { value, mistakes } = readYamlFile('partner.yaml', 'id: acme\n  name: [', partnerFile);
  t.is(value, undefined);
  t.true(mistakes.length > 0 && mistakes.every((mistake) => mistake.line >= 1 && mistake.column >= 1));
});
