import type { Mistake } from '../../lib/mistake.ts';
import { PAGE_MODELS, type PageName } from '../../render/page/models/page-models.ts';
import { CannotDraw, renderPage } from '../../render/page/render-page.ts';
import { SAMPLES } from '../../render/page/samples/samples.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { findLayout } from '../configuration/load-layouts.ts';

export type Preview =
  | { readonly kind: 'page'; readonly pdf: Uint8Array }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] }
  | { readonly kind: 'not-drawn'; readonly reasons: readonly string[] };

export const PREVIEWED: readonly string[] = Object.keys(PAGE_MODELS);

export function isPreviewed(name: string): name is PageName {
  return PREVIEWED.includes(name);
}

/** A layout as it looks with a made-up document that has all that its kind may have. */
export function previewPage<N extends PageName>(
  configuration: Configuration,
  name: N,
  about: { readonly partner?: string | undefined; readonly language?: string | undefined },
): Preview {
  const { layout, mistakes } = findLayout(configuration, name, about);
  if (layout === undefined) return { kind: 'mistakes', mistakes };
  try {
    return { kind: 'page', pdf: renderPage(layout, SAMPLES[name]) };
  } catch (error) {
    if (error instanceof CannotDraw) return { kind: 'not-drawn', reasons: error.reasons };
    throw error;
  }
}
