import test from 'ava';
import type { Problem } from '../../src/x12/interchange/report.ts';
import { ENVELOPE, type EnvelopeOddity, type Reaction } from '../../src/x12/tolerate/tolerance.ts';
import { CASES, sound } from './sloppy-interchanges.ts';
import { interchangesOf, type Kept, plain, readAll } from './support.ts';

/** The interchange that is odd: the last, where there are two, but for one that is told before the other begins. */
function findOdd(readings: readonly Kept[], at: number): Kept & { readonly kind: 'interchange' } {
  const all = interchangesOf(readings);
  return (all.find(({ offset, length }) => at <= offset + length) ?? all.at(-1)!) as never;
}

function warningsOf(readings: readonly Kept[]): Problem[] {
  return readings.flatMap((reading) => {
    if (reading.kind === 'junk') return [reading.problem];
    if (reading.kind === 'set') return reading.report.problems;
    return [...reading.report.problems, ...reading.report.groups.flatMap(({ problems }) => problems)];
  });
}

const read = (bytes: string, oddity: EnvelopeOddity, reaction: Reaction) =>
  readAll(bytes, { tolerance: { [oddity]: reaction } });

const rowsOf = (readings: readonly Kept[]) =>
  readings.flatMap((reading) => (reading.kind === 'set' ? [reading.rows] : []));

for (const { given, oddity, bytes, meant = sound, at, note } of CASES) {
  test(`given ${given} (${oddity}), accept says nothing and reads what was meant`, (t) => {
    const readings = read(bytes, oddity, 'accept');
    t.deepEqual(warningsOf(readings), []);
    t.true(interchangesOf(readings).every(({ report }) => report.status === 'A' && report.note === '000'));
    t.true(interchangesOf(readings).every(({ report }) => report.groups[0]!.status === 'A'));
    t.deepEqual(rowsOf(readings), rowsOf(interchangesOf(readings).flatMap(() => readAll(meant))));
  });

  test(`given ${given} (${oddity}), warn tells its place and reads the same`, (t) => {
    const readings = read(bytes, oddity, 'warn');
    const [warning, ...others] = warningsOf(readings);
    t.deepEqual(others, []);
    t.like(warning, { severity: 'warning', offset: at });
    t.true(interchangesOf(readings).every(({ report }) => report.status === 'A' && report.note === '000'));
    t.deepEqual(rowsOf(readings), rowsOf(read(bytes, oddity, 'accept')));
  });

  test(`given ${given} (${oddity}), ${note === undefined ? 'refuse is an error' : `note is E ${note} and refuse R ${note}`}`, (t) => {
    for (const [reaction, status] of [
      ['note', 'E'],
      ['refuse', 'R'],
    ] as const) {
      const readings = read(bytes, oddity, reaction);
      t.deepEqual(rowsOf(readings), rowsOf(read(bytes, oddity, 'accept')));
      const wrong = warningsOf(readings);
      t.deepEqual(
        wrong.map(({ offset }) => offset),
        [at],
      );
      const { report } = findOdd(readings, at);
      if (note === undefined) {
        t.is(report.status, 'A');
        t.is(wrong[0]!.severity, reaction === 'refuse' ? 'error' : 'warning');
      } else t.is(`${report.status} ${report.note}`, `${status} ${note}`);
    }
  });

  test(`given ${given} (${oddity}), chunks change nothing`, (t) => {
    const whole = plain(readAll(bytes));
    for (let cut = 1; cut < Math.min(bytes.length, 700); cut++) {
      t.deepEqual(plain(readAll(bytes, {}, [cut])), whole, `cut at ${cut}`);
    }
    const each = Array.from({ length: bytes.length - 1 }, (_, i) => i + 1);
    t.deepEqual(plain(readAll(bytes, {}, each)), whole, 'byte by byte');
  });
}

test('every oddity of the envelope has a case, and the cases are what they say', (t) => {
  t.deepEqual([...new Set(CASES.map(({ oddity }) => oddity))].sort(), Object.keys(ENVELOPE).sort());
  for (const { given, bytes } of CASES) t.not(bytes, sound, given);
});

test('where a line end may stand for two things it stays a wrong character', (t) => {
  for (const value of ['ACME\nDC', 'ACME\nIS', 'ACME\n', 'A\nB*C']) {
    const [reading] = interchangesOf(readAll(sound.replace('*ACME*', `*${value}*`)));
    const [set] = reading!.report.groups[0]!.sets;
    t.true(
      set!.segments.some(
        ({ segment, elements }) => segment === 'N1' && elements.some(({ code }) => code === '6'),
      ),
      JSON.stringify(value),
    );
  }
});

test('prose with isa in it is no interchange', (t) => {
  const [junk, reading] = readAll(`isa is visa*00*and isa*00*more\n${sound}`);
  t.like(junk, { kind: 'junk', offset: 0 });
  t.like(reading, { kind: 'set' });
});
