import type { Context } from '../../context.ts';
import { formatMistake } from '../../lib/mistake.ts';
import { compileLabel } from '../../render/label/compile-label.ts';
import { composeLabel } from '../../render/label/compose-label.ts';
import type { DrawnLabel } from '../../render/label/drawn-label.ts';
import type { LabelLayout } from '../../render/label/label-layout.ts';
import type { LabelModel } from '../../render/label/label-model.ts';
import { writeLabelsPdf } from '../../render/label/label-pdf.ts';
import { type Dpi, writeLabelZpl } from '../../render/label/label-zpl.ts';
import { CannotDraw } from '../../render/page/render-page.ts';
import { templatesFor } from '../configuration/load-templates.ts';
import { NotPrinted } from './print-page.ts';

/** Labels that are printed together. */
export type LabelJob = {
  readonly partner: string;
  readonly labels: readonly LabelModel[];
  /** Of `templates/labels`; else `pallet` for pallets and `gs1-logistics` for all else. */
  readonly template?: string | undefined;
};

/** A page for each label, in pieces; nothing where there is no label. */
export function* printLabels(context: Pick<Context, 'configuration'>, job: LabelJob): Generator<Uint8Array> {
  const [first] = job.labels;
  if (first === undefined) return;
  const { number, date } = first.shipment;
  const info = { title: `Labels of shipment ${number}`, created: date };
  yield* orNotPrinted(writeLabelsPdf(drawLabels(context, job), info));
}

/** Each label as it is sent to the printer. */
export function* printLabelsAsZpl(
  context: Pick<Context, 'configuration'>,
  job: LabelJob,
  dpi: Dpi,
): Generator<string> {
  yield* orNotPrinted(writeFormats(drawLabels(context, job), dpi));
}

function* writeFormats(labels: Iterable<DrawnLabel>, dpi: Dpi): Generator<string> {
  for (const label of labels) yield writeLabelZpl(label, dpi);
}

function* orNotPrinted<T>(pieces: Iterable<T>): Generator<T> {
  try {
    yield* pieces;
  } catch (error) {
    if (error instanceof CannotDraw) throw new NotPrinted(error.message, { cause: error });
    throw error;
  }
}

function* drawLabels(
  context: Pick<Context, 'configuration'>,
  { partner, labels, template }: LabelJob,
): Generator<DrawnLabel> {
  const layouts = new Map<string, LabelLayout>();
  for (const label of labels) {
    const name = template ?? (label.kind === 'pallet' ? 'pallet' : 'gs1-logistics');
    const layout = layouts.get(name) ?? findLayout(context, partner, name);
    layouts.set(name, layout);
    yield composeLabel(layout, label);
  }
}

function findLayout(
  { configuration }: Pick<Context, 'configuration'>,
  partner: string,
  name: string,
): LabelLayout {
  const { templates: shared, partners } = configuration();
  const path = `labels/${name}.yaml`;
  const file = templatesFor(shared, partners.get(partner)?.templates ?? new Map()).get(path);
  if (file === undefined) throw new NotPrinted(`there is no template ${path}`);
  const { layout, mistakes } = compileLabel(file);
  if (layout !== undefined) return layout;
  throw new NotPrinted(`${path} cannot be used: ${mistakes.map(formatMistake).join('; ')}`);
}
