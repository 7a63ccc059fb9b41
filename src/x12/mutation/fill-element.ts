import { makeElement } from '../sample/make-document.ts';
import type { ElementData } from '../scan/segment-data.ts';
import type { ElementUse, Standard } from '../standard/definition.ts';
import type { Source } from './source.ts';
import { joinElement } from './split-element.ts';

/** A sound value of an element, as it stands in a segment. */
export function fillElement(source: Source, standard: Standard, use: ElementUse): string {
  const plan = { standard, extent: 'least', size: 'usual', repeats: false, variant: 0 } as const;
  return writeElement(source, makeElement(plan, use, 0));
}

/** An element as it stands between separators. */
export function writeElement({ separators }: Source, data: ElementData): string {
  const repeats = typeof data === 'object' && 'repeats' in data ? data.repeats : [data];
  return joinElement(
    separators,
    repeats.map((one) => (typeof one === 'string' ? [one] : one)),
  );
}
