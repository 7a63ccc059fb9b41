import { compileCompute } from './computed.ts';
import { compileWriteText, describeConversion } from './convert-write.ts';
import { compileGet, type Item, listAt } from './item.ts';
import type { Conversion, ElementPlan, FieldPlan } from './plan.ts';

/** A segment under construction: absent positions are holes until it is closed. */
export type Draft = (string | (string | undefined)[] | undefined)[];

export type WriteProblem = {
  /** Canonical path: `lines[2].quantity`. */
  readonly path: string;
  readonly message: string;
};

/** Where the text of a written element came from: a canonical path, or a rule of the map. */
export type Origin = { readonly path: string } | { readonly rule: string };

export type Writing = {
  readonly document: Item;
  readonly problems: WriteProblem[];
  /** Only `explainWrite` listens. */
  readonly tell: ((position: number, component: number, origin: Origin) => void) | undefined;
};

/** Puts what it has at its position; true when a value of the document was written. */
export type WriteElement = (writing: Writing, draft: Draft, item: Item, prefix: string) => boolean;

type Place = { readonly position: number; readonly component: number };

export function compileElementWriter(plan: ElementPlan, position: number, component = 0): WriteElement {
  const place = { position, component };
  switch (plan.kind) {
    case 'literal':
      return (writing, draft) => putRule(writing, draft, place, plan.value, 'constant');
    case 'fixed':
      return (writing, draft) => putRule(writing, draft, place, plan.value, 'default');
    case 'computed':
      return compileTotal(plan, place);
    case 'field':
      return compileFieldWriter(plan, place);
    case 'composite': {
      const parts = plan.parts.flatMap((part, i) =>
        part === undefined ? [] : [compileElementWriter(part, position, i + 1)],
      );
      return (writing, draft, item, prefix) =>
        parts.map((write) => write(writing, draft, item, prefix)).includes(true);
    }
    case 'pairs':
      return position === plan.from ? compilePairsWriter(plan) : () => false;
    case 'run':
      return position === plan.from ? compileRunWriter(plan) : () => false;
    case 'value':
      return compileValueWriter(plan.conversion, place);
  }
}

function isFree(draft: Draft, { position, component }: Place): boolean {
  const there = draft[position];
  if (component === 0 || typeof there === 'string') return there === undefined;
  return there?.[component - 1] === undefined;
}

function put(draft: Draft, { position, component }: Place, text: string): void {
  if (component === 0) {
    draft[position] = text;
    return;
  }
  const there = draft[position];
  const parts = Array.isArray(there) ? there : [];
  parts[component - 1] = text;
  draft[position] = parts;
}

/** What was sent instead of the constant or total is unmapped and stands already. */
function putRule(writing: Writing, draft: Draft, place: Place, text: string, rule: string): boolean {
  if (!isFree(draft, place)) return false;
  put(draft, place, text);
  writing.tell?.(place.position, place.component, { rule });
  return false;
}

function compileTotal(plan: Extract<ElementPlan, { kind: 'computed' }>, place: Place): WriteElement {
  const compute = compileCompute(plan.rule, plan.path);
  const rule = `${plan.rule}(${plan.path.join('.')})`;
  return (writing, draft) => {
    putRule(writing, draft, place, compute(writing.document), rule);
    return true;
  };
}

function compileFieldWriter(plan: FieldPlan, place: Place): WriteElement {
  if (!plan.claim.written) return () => false;
  const { path, keys } = plan.field;
  const get = compileGet(keys);
  const convert = compileConvert(plan.conversion);
  return (writing, draft, item, prefix) => {
    const value = get(item);
    if (value === undefined && plan.default === undefined) return false;
    const text = convert(writing, value ?? plan.default, item, prefix + path);
    if (text === undefined || text === '') return false;
    if (!isFree(draft, place)) {
      report(
        writing,
        prefix + path,
        `its place already holds the unmapped value ${JSON.stringify(draft[place.position])}`,
      );
      return false;
    }
    put(draft, place, text);
    writing.tell?.(
      place.position,
      place.component,
      value === undefined ? { rule: 'default' } : { path: prefix + path },
    );
    return value !== undefined;
  };
}

type Convert = (writing: Writing, value: unknown, item: Item, path: string) => string | undefined;

function compileConvert(conversion: Conversion): Convert {
  const { as } = conversion;
  const write = compileWriteText(conversion);
  const encode = as.kind === 'table' ? compileEncode(as) : undefined;
  return (writing, value, item, path) => {
    if (typeof value !== 'string') {
      report(writing, path, `${JSON.stringify(value)} is not text`);
      return undefined;
    }
    const code = encode === undefined ? value : encode(writing, value, item, path);
    if (code === undefined) return undefined;
    const text = write(code);
    if (text === undefined)
      report(writing, path, `"${value}" cannot be written: expected ${describeConversion(as)}`);
    return text;
  };
}

/** The code kept beside the name wins, since several codes may have one name; it must not contradict it. */
function compileEncode(
  as: Extract<Conversion['as'], { kind: 'table' }>,
): (writing: Writing, name: string, item: Item, path: string) => string | undefined {
  const { nameOf, codeOf } = as.table;
  const getCode = compileGet(as.code.keys);
  return (writing, name, item, path) => {
    const kept = getCode(item);
    if (kept === undefined) {
      const code = codeOf.get(name);
      if (code === undefined)
        report(
          writing,
          path,
          `"${name}" cannot be written: expected ${describeConversion(as)}, or its code in ${as.code.path}`,
        );
      return code;
    }
    const meant = nameOf.get(String(kept)) ?? 'other';
    if (meant !== name)
      report(writing, path, `"${name}" contradicts ${as.code.path} "${String(kept)}", which is ${meant}`);
    return String(kept);
  };
}

function report(writing: Writing, path: string, message: string): void {
  writing.problems.push({ path, message });
}

/** Pairs fill the free places: one half of a pair that could not be read stands unmapped in its own. */
function compilePairsWriter(plan: Extract<ElementPlan, { kind: 'pairs' }>): WriteElement {
  const { from, to, field, claim } = plan;
  const get = compileGet(field.keys);
  return (writing, draft, item, prefix) => {
    if (!claim.written) return false;
    const pairs = listAt(get, item) as readonly Item[];
    let position = from;
    for (const [i, pair] of pairs.entries()) {
      while (position < to && (draft[position] !== undefined || draft[position + 1] !== undefined))
        position += 2;
      const path = `${prefix}${field.path}[${i}]`;
      if (position >= to) {
        report(writing, path, `there is no place for more than ${(to - from + 1) / 2} pairs`);
        break;
      }
      draft[position] = String(pair['qualifier'] ?? '');
      draft[position + 1] = String(pair['value'] ?? '');
      writing.tell?.(position, 0, { path: `${path}.qualifier` });
      writing.tell?.(position + 1, 0, { path: `${path}.value` });
    }
    return pairs.length > 0;
  };
}

function compileRunWriter(plan: Extract<ElementPlan, { kind: 'run' }>): WriteElement {
  const { from, to, field, claim } = plan;
  const get = compileGet(field.keys);
  const convert = compileConvert(plan.conversion);
  return (writing, draft, item, prefix) => {
    if (!claim.written) return false;
    const list = listAt(get, item);
    let position = from;
    for (const [i, value] of list.entries()) {
      const path = `${prefix}${field.path}[${i}]`;
      while (position <= to && draft[position] !== undefined) position++;
      if (position > to) {
        report(writing, path, `there is no place for more than ${to - from + 1} values`);
        break;
      }
      const text = convert(writing, value, item, path);
      if (text === undefined) continue;
      draft[position] = text;
      writing.tell?.(position, 0, { path });
    }
    return list.length > 0;
  };
}

/** The item here is one chunk of a list of text, taken from the front. */
function compileValueWriter(conversion: Conversion, place: Place): WriteElement {
  const convert = compileConvert(conversion);
  return (writing, draft, item, prefix) => {
    const chunk = item as unknown as TextChunk;
    const index = chunk.next;
    const value = chunk.texts[index];
    if (value === undefined || !isFree(draft, place)) return false;
    chunk.next++;
    const path = `${prefix}[${index}]`;
    const text = convert(writing, value, item, path);
    if (text === undefined) return false;
    put(draft, place, text);
    writing.tell?.(place.position, place.component, { path });
    return true;
  };
}

/** A list of text on its way into segments. */
export type TextChunk = { readonly texts: readonly unknown[]; next: number };
