import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findLayout } from '../src/pipeline/configuration/load-layouts.ts';
import { loadTemplates } from '../src/pipeline/configuration/load-templates.ts';
import type { PageModel, PageName } from '../src/render/page/models/page-models.ts';
import { renderPage } from '../src/render/page/render-page.ts';
import { CALIBRATION, CONFORMANCE } from '../src/render/page/samples/sample-certificates.ts';
import type { Figure } from './figure.ts';

const TEMPLATES = new URL('../templates', import.meta.url).pathname;

/** Certificates as PDF: how many a second, and what of the memory stays taken. */
export async function measure(quick: boolean): Promise<Figure[]> {
  const count = quick ? 200 : 1_000;
  const calibration = { ...CALIBRATION, results: CALIBRATION.results.slice(0, 12) };
  return [
    ...(await measureKind('certificates/conformance', CONFORMANCE, count)),
    ...(await measureKind('certificates/calibration', calibration, count)),
  ];
}

async function measureKind<N extends 'certificates/conformance' | 'certificates/calibration'>(
  name: N,
  sample: PageModel<N>,
  count: number,
): Promise<Figure[]> {
  const draw = makeDrawing(name);
  const early = count / 10;
  for (let n = 0; n < early; n += 1) {
    draw(vary(sample, n));
    await setImmediate();
  }
  const before = takenMemory();
  const start = performance.now();
  const cpu = process.cpuUsage();
  let bytes = 0;
  for (let n = early; n < count; n += 1) {
    bytes += draw(vary(sample, n)).length;
    // A stream lets go of what it held only when its turn is over.
    await setImmediate();
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const drawn = count - early;
  return [
    { name: `${name}: a second`, value: Math.round(drawn / seconds), unit: 'certificates' },
    { name: `${name}: each`, value: round((user + system) / 1000 / drawn), unit: 'ms of CPU' },
    { name: `${name}: each`, value: round(bytes / drawn / 1024), unit: 'KB' },
    { name: `${name}: memory after ${early}`, value: before, unit: 'MB' },
    { name: `${name}: memory after ${count}`, value: takenMemory(), unit: 'MB' },
  ];
}

function makeDrawing<N extends PageName>(name: N): (model: PageModel<N>) => Uint8Array {
  const { layout } = findLayout({ templates: loadTemplates(TEMPLATES), partners: new Map() }, name);
  if (layout === undefined) throw new Error(`${name} has mistakes: run causeway check`);
  return (model) => renderPage(layout, model);
}

/** No two are alike: each has its own number, serial and code. */
function vary<T extends typeof CONFORMANCE | typeof CALIBRATION>(sample: T, n: number): T {
  return {
    ...sample,
    number: `C-${n}`,
    subject: { ...sample.subject, serials: [`S-${n * 7919}`] },
    confirmation: { ...sample.confirmation, address: `https://edi.example.com/certificates/${n * 104_729}` },
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held on to, in megabytes. */
function takenMemory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return round((heapUsed + external) / 1024 / 1024);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
