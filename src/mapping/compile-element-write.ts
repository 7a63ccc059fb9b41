import { compileConvert } from './compile-convert.ts';
import { compilePairsWriter, compileRunWriter, compileValueWriter } from './compile-list-write.ts';
import { compileCompute } from './computed.ts';
import { type Draft, isFree, type Place, put, report, type WriteElement, type Writing } from './draft.ts';
import { compileGet } from './item.ts';
import type { ElementPlan, FieldPlan } from './plan.ts';

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
