import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeSscc } from '../src/domain/shipment/sscc.ts';
import { compileLabel } from '../src/render/label/compile-label.ts';
import { composeLabel } from '../src/render/label/compose-label.ts';
import type { DrawnLabel } from '../src/render/label/drawn-label.ts';
import type { LabelLayout } from '../src/render/label/label-layout.ts';
import { writeLabelsPdf } from '../src/render/label/label-pdf.ts';
import { writeLabelZpl } from '../src/render/label/label-zpl.ts';
import { CARTON } from '../test/render/label/label-samples.ts';
import type { Figure } from './figure.ts';

const FEW = 100;

/** GS1 logistics labels with three barcodes each, in one run for one printer. */
export async function measure(quick: boolean): Promise<Figure[]> {
  const layout = readLayout();
  const many = quick ? 500 : 5_000;
  // The first labels parse the fonts.
  print(layout, FEW);
  const few = print(layout, FEW);
  const pdf = print(layout, many);
  const start = process.cpuUsage();
  let length = 0;
  for (const label of drawLabels(layout, many)) length += writeLabelZpl(label, 203).length;
  const zpl = cpuSince(start);
  return [
    { name: 'labels as PDF', value: Math.round(many / (pdf.ms / 1_000)), unit: 'a second of CPU' },
    { name: `labels as PDF: held after ${FEW}`, value: few.live, unit: 'MB' },
    { name: `labels as PDF: held after ${many}`, value: pdf.live, unit: 'MB' },
    { name: 'label as PDF: size', value: round(pdf.bytes / many / 1_024), unit: 'KB' },
    { name: 'labels as ZPL', value: Math.round(many / (zpl / 1_000)), unit: 'a second of CPU' },
    { name: 'label as ZPL: size', value: round(length / many / 1_024), unit: 'KB' },
  ];
}

function readLayout(): LabelLayout {
  const path = new URL('../templates/labels/gs1-logistics.yaml', import.meta.url);
  const { layout } = compileLabel({ file: 'gs1-logistics.yaml', text: readFileSync(path, 'utf8') });
  if (layout === undefined) throw new Error('the layout has mistakes');
  return layout;
}

function* drawLabels(layout: LabelLayout, count: number): Generator<DrawnLabel> {
  const space = { companyPrefix: '0614141', extensions: '0' };
  for (let n = 1; n <= count; n += 1)
    yield composeLabel(layout, {
      ...CARTON,
      sscc: writeSscc(space, n),
      number: String(n),
      count: String(count),
    });
}

type Printed = { readonly ms: number; readonly bytes: number; readonly live: number };

/** The PDF goes nowhere: what is measured is making it. */
function print(layout: LabelLayout, count: number): Printed {
  const start = process.cpuUsage();
  let bytes = 0;
  let live = 0;
  function* watched(): Generator<DrawnLabel> {
    yield* drawLabels(layout, count);
    const paused = process.cpuUsage();
    live = measureLive();
    pause = cpuSince(paused);
  }
  let pause = 0;
  for (const piece of writeLabelsPdf(watched(), { title: 'Labels', created: '2026-11-22' }))
    bytes += piece.length;
  return { ms: cpuSince(start) - pause, bytes, live };
}

/** Milliseconds of CPU, so that what else runs on the machine counts little. */
function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is still held when all else is cleared away, in MB. */
function measureLive(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1024 ** 2);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
