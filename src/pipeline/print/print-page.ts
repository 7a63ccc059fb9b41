import type { Context } from '../../context.ts';
import { formatMistake } from '../../lib/mistake.ts';
import type { Layout } from '../../render/page/layout.ts';
import type { PageModel, PageName } from '../../render/page/models/page-models.ts';
import { CannotDraw, renderPage } from '../../render/page/render-page.ts';
import { findLayout } from '../configuration/load-layouts.ts';

/** A document cannot be printed until a person has put its layout, or what it is to say, right. */
export class NotPrinted extends Error {
  override readonly name = 'NotPrinted';
}

/** The PDF of a document, by the partner's own layout where it has one. */
export function printPage<N extends PageName>(
  context: Pick<Context, 'configuration'>,
  partner: string | undefined,
  name: N,
  model: PageModel<N>,
): Uint8Array {
  const layout = chooseLayout(context, partner, name);
  try {
    return renderPage<PageModel<N>>(layout, model);
  } catch (error) {
    if (error instanceof CannotDraw) throw new NotPrinted(error.message, { cause: error });
    throw error;
  }
}

function chooseLayout<N extends PageName>(
  context: Pick<Context, 'configuration'>,
  partner: string | undefined,
  name: N,
): Layout<PageModel<N>> {
  const configuration = context.configuration();
  const language = configuration.partners.get(partner ?? '')?.file.mails?.language;
  const { layout, mistakes } = findLayout(configuration, name, { partner, language });
  if (layout !== undefined) return layout;
  throw new NotPrinted(`templates/${name}.yaml cannot be used: ${mistakes.map(formatMistake).join('; ')}`);
}
