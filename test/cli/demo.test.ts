import { chmod, readdir } from 'node:fs/promises';
import test from 'ava';
import { DESK_SCENES } from '../../src/demo/desk-scenes.ts';
import { SCENES } from '../../src/demo/scenes.ts';
import { scratchFolder } from '../support/database.ts';
import { runCommand } from '../support/run-command.ts';

test('the demo plays every scene, all that it expects comes back, and nothing stays behind', async (t) => {
  const folder = await scratchFolder(t);
  // Of root, the embedded PostgreSQL runs as another user, who must get through.
  await chmod(folder, 0o755);

  const { code, out, err } = await runCommand(['demo', '--once'], { env: { TMPDIR: folder, NO_COLOR: '1' } });

  t.is(code, 0, `${out}\n${err}`);
  const lines = out.split('\n');
  const scenes = [...SCENES, ...DESK_SCENES];
  // Each once, in the order of the lists.
  t.deepEqual(
    lines.filter((line) => scenes.some(({ title }) => title === line)),
    scenes.map(({ title }) => title),
  );
  t.true(lines.includes('All that was expected came back.'));
  t.deepEqual(await readdir(folder), []);
});
