import type { Liquid, TopLevelToken } from 'liquidjs';
import { type Context, type Emitter, Tag, type TagToken, type Template } from 'liquidjs';
import { suggest } from '../../lib/suggest.ts';

/** What `{% part 'lines' %}` puts in: it sees the names that are known where it stands. */
export type PartTag = Tag & { readonly part: string; readonly templates: Template[] };

/** Only those are there that are given: nothing is read from disk. */
export function makePartTag(
  parts: ReadonlyMap<string, { readonly text: string }>,
): Parameters<Liquid['registerTag']>[1] {
  const open: string[] = [];
  return class extends Tag implements PartTag {
    readonly part: string;
    readonly templates: Template[];

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      this.part = /^['"](.+)['"]$/.exec(token.args)?.[1] ?? '';
      const source = parts.get(this.part);
      if (source === undefined)
        throw new Error(
          `there is no part ${token.args || 'without a name'}${suggest(this.part, parts.keys())}`,
        );
      if (open.includes(this.part)) throw new Error(`the part '${this.part}' puts itself in`);
      open.push(this.part);
      try {
        this.templates = liquid.parse(source.text, this.part);
      } finally {
        open.pop();
      }
    }

    *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    }
  };
}

export function isPartTag(template: Template): template is PartTag {
  return template instanceof Tag && 'part' in template;
}
