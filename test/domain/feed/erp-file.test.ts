import test from 'ava';
import { companyFile } from '../../../src/domain/partner/partner.ts';
import { formatMistake } from '../../../src/lib/mistake.ts';
import { readYamlFile } from '../../../src/lib/yaml-file.ts';

const HEAD = 'name: Us\nidentity:\n  x12: { interchange: "ZZ:US", group: US }\n';
const told = (yaml: string) =>
  readYamlFile('company.yaml', HEAD + yaml, companyFile).mistakes.map(formatMistake);

const WEBHOOK = '  webhook: { url: "https://erp.example.com/orders", secret: env:S }\n';
const SFTP = `host: erp.example.com, user: us, hostKey: "SHA256:${'A'.repeat(43)}"`;

test('an ERP is told by a webhook, by files or by both', (t) => {
  t.deepEqual(told(`erp:\n${WEBHOOK}`), []);
  t.deepEqual(told(`erp:\n  files: { sftp: { ${SFTP}, put: /in }, format: csv }\n`), []);
  t.deepEqual(told(`erp:\n${WEBHOOK}  files: { sftp: { ${SFTP}, put: /in } }\n`), []);
});

test('every mistake is told with its place and what would be right', (t) => {
  t.deepEqual(told('erp: { held: true }\n'), ['company.yaml:4:6 erp: expected webhook, files, or login']);
  t.deepEqual(
    told('erp:\n  webhook: { url: erp, secret: hunter2 }\n  acknowledged: 0h\n  send: [changes]\n'),
    [
      'company.yaml:5:19 url: expected a URL such as https://erp.example.com/orders (it is "erp")',
      'company.yaml:5:32 secret: expected env:NAME or file:PATH (it is "hunter2")',
      'company.yaml:6:17 acknowledged: expected a duration such as 10s, 30m or 24h (it is "0h")',
      'company.yaml:7:9 send: expected orders or releases: changes are told of what was told before',
    ],
  );
  t.deepEqual(told(`erp:\n  files: { sftp: { ${SFTP}, fetch: /out } }\n`), [
    'company.yaml:5:18 sftp: expected put: the folder that files go to',
    'company.yaml:5:18 sftp: expected no fetch: nothing is fetched from the ERP',
  ]);
});
