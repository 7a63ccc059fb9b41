import type { ElementPlan, FieldPlan } from '../language/plan.ts';
import {
  type Draft,
  isFree,
  type Place,
  put,
  report,
  type WriteElement,
  type Writing,
} from '../run/draft.ts';
import { compileConvert } from './compile-convert.ts';
import { compileGroupsWriter, compileRepeatsWriter } from './compile-items-write.ts';
import { compilePairsWriter, compileRunWriter, compileValueWriter } from './compile-list-write.ts';
import { compileCompute, formatTotal, type Total } from './computed.ts';
import { compileGet } from './item.ts';

export function compileElementWriter(plan: ElementPlan, position: number, component = 0): WriteElement {
  const place = { position, component };
  switch (plan.kind) {
    case 'literal':
      return (writing, draft) => putRule(writing, draft, place, plan.value, 'constant');
    case 'fixed':
      return (writing, draft) => putRule(writing, draft, place, plan.value, 'default');
    case 'computed':
      return compileTotal(plan.total, place);
    case 'tree':
      return compileTreeWriter(plan, place);
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
    case 'groups':
      return position === plan.from ? compileGroupsWriter(plan, compileElementWriter) : () => false;
    case 'repeats':
      return compileRepeatsWriter(plan, compileElementWriter);
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

function compileTotal(total: Total, place: Place): WriteElement {
  const compute = compileCompute(total);
  const rule = formatTotal(total);
  return (writing, draft) => {
    putRule(writing, draft, place, compute(writing.document), rule);
    return true;
  };
}

/** HL02 and HL04 as the sender had them are unmapped where they tell no tree, and stand already. */
function compileTreeWriter({ rule }: Extract<ElementPlan, { kind: 'tree' }>, place: Place): WriteElement {
  return (writing, draft, _item, prefix) => {
    const level = writing.level!;
    if (level[rule] === '' || !isFree(draft, place)) return false;
    put(draft, place, level[rule]);
    const origin = rule === 'id' && level.kept ? { path: `${prefix}id` } : { rule: `${rule}()` };
    writing.tell?.(place.position, place.component, origin);
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
