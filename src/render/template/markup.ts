const SOUND = Symbol('sound HTML');

/** HTML that is sound as it stands: all other values are escaped where they are put into HTML. */
export type Markup = { readonly [SOUND]: string };

export function markUp(html: string): Markup {
  return { [SOUND]: html };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(value: unknown): string {
  if (isMarkup(value)) return value[SOUND];
  return String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** No model that comes as JSON can be one. */
function isMarkup(value: unknown): value is Markup {
  return typeof value === 'object' && value !== null && SOUND in value;
}
