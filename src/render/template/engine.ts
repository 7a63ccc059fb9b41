import { Liquid, LiquidError, type Template as Parsed } from 'liquidjs';
import type { z } from 'zod';
import { type Mistake, mistake, type Place, sortMistakes } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import { checkNames } from './check-names.ts';
import { makeFilters, USUAL_FILTERS, type Wording } from './filters.ts';
import { escapeHtml } from './markup.ts';
import { exactOperators } from './operators.ts';
import { makePartTag } from './part-tag.ts';
import { shapeOf } from './shape.ts';

/**
 * Liquid, and no more of it than a layout needs: no file is read, no clock is asked, no number passes through a binary
 * float, and every name is checked against the model's type before a template is used.
 */

/** A text with Liquid in it, and the place of its first character. */
export type TemplateText = { readonly text: string; readonly place: Place; readonly indent?: number };

export type EngineSettings = Wording & {
  /** What `{% part 'name' %}` puts in, by name. */
  readonly parts?: ReadonlyMap<string, TemplateText>;
};

/** Made once, used often. */
export type Template<Model> = {
  /** Throws `TemplateFault` where the model is not of its type, or a value is none that its filter takes. */
  readonly render: (model: Model) => string;
};

export type Compiled<Model> = {
  /** Absent where there are mistakes. */
  readonly template: Template<Model> | undefined;
  readonly mistakes: readonly Mistake[];
};

export type TemplateEngine = {
  readonly compile: <S extends z.ZodType>(source: TemplateText, schema: S) => Compiled<z.output<S>>;
};

/** A template met a value that it cannot show: the message names the place in the template. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
}

const TAGS = [
  'if',
  'unless',
  'case',
  'for',
  'break',
  'continue',
  'assign',
  'part',
  'cycle',
  'comment',
  '#',
  'raw',
];

export function createTemplateEngine(settings: EngineSettings): TemplateEngine {
  const parts = settings.parts ?? new Map<string, TemplateText>();
  const liquid = makeLiquid(settings, parts);
  return {
    compile: (source, schema) => {
      const placing = placeTokens(source, parts);
      let parsed: Parsed[];
      try {
        parsed = liquid.parse(source.text);
      } catch (error) {
        return { template: undefined, mistakes: readErrors(error, liquid, placing) };
      }
      const wrong = checkNames(parsed, shapeOf(schema), settings.words);
      const mistakes = sortMistakes(
        wrong.map(({ row, column, part, message }) => mistake(placing(row, column, part), message)),
      );
      if (mistakes.length > 0) return { template: undefined, mistakes };
      return { template: { render: (model) => render(liquid, parsed, model, placing) }, mistakes };
    },
  };
}

function makeLiquid(wording: EngineSettings, parts: ReadonlyMap<string, TemplateText>): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    // Whether an optional value is there may be asked, and it may have a default.
    lenientIf: true,
    ownPropertyOnly: true,
    catchAllErrors: true,
    operators: exactOperators,
    // No other file is read.
    templates: {},
    ...(wording.output === 'html' ? { outputEscape: escapeHtml } : {}),
  });
  for (const name of Object.keys(liquid.filters))
    if (!USUAL_FILTERS.some((usual) => usual === name)) liquid.unregisterFilter(name);
  for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
  liquid.registerTag('part', makePartTag(parts));
  for (const [name, filter] of Object.entries(makeFilters(wording))) liquid.registerFilter(name, filter);
  return liquid;
}

/** Where a token of the template, or of a part that it renders, stands in the files. */
type Placing = (row: number, column: number, part: string | undefined) => Place;

function placeTokens(source: TemplateText, parts: ReadonlyMap<string, TemplateText>): Placing {
  return (row, column, part) => {
    const { place, indent = 0 } = (part === undefined ? undefined : parts.get(part)) ?? source;
    const start = row === 1 ? place.column - 1 : indent;
    return { file: place.file, line: place.line + row - 1, column: start + column };
  };
}

function render(liquid: Liquid, parsed: Parsed[], model: unknown, placing: Placing): string {
  try {
    return String(liquid.renderSync(parsed, model as object));
  } catch (error) {
    const [first] = readErrors(error, liquid, placing);
    throw new TemplateFault(`${first!.file}:${first!.line}:${first!.column} ${first!.message}`, {
      cause: error,
    });
  }
}

/** Throws what is no mistake of the template. */
function readErrors(error: unknown, liquid: Liquid, placing: Placing): Mistake[] {
  if (!LiquidError.is(error)) throw error;
  const { errors } = error as LiquidError & { readonly errors?: readonly LiquidError[] };
  if (errors !== undefined) return errors.flatMap((one) => readErrors(one, liquid, placing));
  const [row, column] = error.token.getPosition() as [number, number];
  return [mistake(placing(row, column, error.token.file), sayPlainly(error, liquid))];
}

function sayPlainly(error: LiquidError, liquid: Liquid): string {
  const text = (error.originalError?.message ?? error.message).replace(
    /, (file:.*, )?line:\d+, col:\d+$/,
    '',
  );
  const [, what, name] = /^(undefined filter: |tag ")([\w#]+)/.exec(text) ?? [];
  if (what === undefined || name === undefined) return text;
  if (what.startsWith('tag'))
    return /not found/.test(text) ? `there is no tag \`${name}\`${suggest(name, TAGS)}` : text;
  return `there is no filter \`${name}\`${suggest(name, Object.keys(liquid.filters))}`;
}
