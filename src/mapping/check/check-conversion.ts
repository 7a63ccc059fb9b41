import { suggest } from '../../lib/suggest.ts';
import type { ElementDefinition } from '../../x12/standard/definition.ts';
import { type CodeTable, OTHER } from '../language/codes.ts';
import type { ConversionCall, FieldExpression } from '../language/map-file.ts';
import type { Conversion, FieldPlan } from '../language/plan.ts';
import { describeType, findField, type JsonSchema, listFields } from '../language/schema.ts';
import { claimField, fieldRef } from '../language/scope.ts';
import type { AtSegment } from './checking.ts';

type Checked = Pick<FieldPlan, 'conversion' | 'default' | 'ordinal'>;
type As = Conversion['as'];

const TYPES: Readonly<Record<string, As>> = {
  R: { kind: 'decimal' },
  date: { kind: 'date' },
  date6: { kind: 'date6' },
  time: { kind: 'time' },
  'date-time': { kind: 'date-time' },
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, places) => [`N${places}`, { kind: 'implied', places }]),
  ),
};
const MODIFIERS = ['default', 'keep', 'list', 'ordinal', 'pad', 'pairs', 'trim', 'upper'];

/** What stands after `|`, against the type of the field and of the element. */
export function checkConversion(
  expression: FieldExpression,
  schema: JsonSchema,
  element: ElementDefinition | undefined,
  at: AtSegment,
): Checked | undefined {
  let as: As = { kind: 'text' };
  let table: CodeTable | undefined;
  let sound = true;
  const flags = new Map<string, ConversionCall>();
  for (const call of expression.conversions) {
    const type = Object.hasOwn(TYPES, call.name) ? TYPES[call.name] : undefined;
    if (type !== undefined) as = fitDate(type, element);
    else if (MODIFIERS.includes(call.name)) sound = checkModifier(call, at) && sound;
    else {
      table = findTable(call, at);
      sound = table !== undefined && sound;
    }
    flags.set(call.name, call);
  }
  if (table !== undefined) as = checkTable(expression, schema, table, flags.get('keep'), at) ?? as;
  else if (sound) sound = checkType(expression, schema, as, element, at);
  if (!sound) return undefined;
  const pad = flags.get('pad');
  return {
    conversion: {
      trim: flags.has('trim'),
      upper: flags.has('upper'),
      pad: pad === undefined ? undefined : { width: Number(pad.args[0]), fill: pad.args[1] ?? '0' },
      as,
    },
    default: flags.get('default')?.args.join(' '),
    ordinal: flags.has('ordinal'),
  };
}

/** Before 004010 an element of type DT has six digits: one map serves both. */
function fitDate(as: As, element: ElementDefinition | undefined): As {
  return as.kind === 'date' && element?.type === 'DT' && element.max === 6 ? { kind: 'date6' } : as;
}

function findTable(call: ConversionCall, at: AtSegment): CodeTable | undefined {
  const { say, hinder, codes } = at.checking;
  const table = codes.tables.get(call.name);
  if (table !== undefined) return table;
  if (codes.isBroken(call.name)) {
    hinder();
    return undefined;
  }
  const known = [...Object.keys(TYPES), ...MODIFIERS, ...codes.tables.keys()];
  say(call.place, `there is no conversion or code table \`${call.name}\`${suggest(call.name, known)}`);
  return undefined;
}

function checkModifier(call: ConversionCall, at: AtSegment): boolean {
  const { name, args, place } = call;
  const right: Readonly<Record<string, [boolean, string]>> = {
    default: [args.length > 0, '`default VALUE`, the value as the field would hold it'],
    keep: [args.length === 1, '`keep FIELD`, the field that keeps the code'],
    pad: [
      /^[1-9]\d?$/.test(args[0] ?? '') && (args[1] ?? '0').length === 1,
      '`pad WIDTH` or `pad WIDTH CHARACTER`',
    ],
    list: [args.length === 1, '`list NUMBER`'],
  };
  const [good, form] = right[name] ?? [args.length === 0, `\`${name}\` alone`];
  if (!good) at.checking.say(place, `write ${form}`);
  return good;
}

function checkType(
  expression: FieldExpression,
  schema: JsonSchema,
  as: As,
  element: ElementDefinition | undefined,
  at: AtSegment,
): boolean {
  const { say } = at.checking;
  const { path } = expression;
  const place = expression.conversions[0]?.place ?? expression.place;
  if (schema.enum !== undefined) {
    say(
      place,
      `\`${path}\` holds only ${schema.enum.join(', ')}: it needs a code table, such as \`${path} | TABLE\``,
    );
    return false;
  }
  const wanted = schema.format ?? 'text';
  const given = kindOf(as);
  if (wanted !== given && !(wanted === 'date' && given === 'date6')) {
    say(place, `\`${path}\` is a ${describeType(schema)}; ${rightForm(path, wanted, element)}`);
    return false;
  }
  const type = element?.type ?? 'AN';
  const implied = as.kind === 'implied' ? `N${as.places}` : undefined;
  const numbered = /^N\d$/.test(type) && given === 'decimal';
  const fits = numbered ? implied === type : implied === undefined || type === 'AN' || type === 'ID';
  const dateFits = given === 'text' || given === 'decimal' || ['AN', 'ID', 'DT', 'TM'].includes(type);
  if (fits && dateFits) return true;
  say(
    place,
    `element ${element?.id} (${element?.name}) is of type ${type}: write \`${path} | ${typeName(type)}\``,
  );
  return false;
}

function kindOf(as: As): string {
  if (as.kind === 'implied') return 'decimal';
  return as.kind === 'table' ? 'text' : as.kind;
}

function rightForm(path: string, wanted: string, element: ElementDefinition | undefined): string {
  if (wanted === 'text') return `write \`${path}\` alone`;
  return `write \`${path} | ${wanted === 'decimal' ? typeName(element?.type ?? 'R') : wanted}\``;
}

function typeName(type: string): string {
  if (type === 'DT') return 'date';
  if (type === 'TM') return 'time';
  return /^N\d$/.test(type) ? type : 'R';
}

/** The table's names must be values of the field, and a sibling must be able to keep a code it does not know. */
function checkTable(
  expression: FieldExpression,
  schema: JsonSchema,
  table: CodeTable,
  keep: ConversionCall | undefined,
  at: AtSegment,
): As | undefined {
  const { say, bound } = at.checking;
  const place = expression.conversions[0]!.place;
  const wrong = [...table.codeOf.keys(), OTHER].filter((name) => schema.enum?.includes(name) === false);
  if (wrong.length > 0) {
    say(
      place,
      `code table \`${table.name}\` gives ${wrong.join(', ')}, which \`${expression.path}\` cannot hold`,
    );
  }
  if (schema.format !== undefined) {
    say(place, `\`${expression.path}\` is a ${schema.format}, not a code`);
  }
  const sibling = keep?.args[0] ?? `${expression.path}Code`;
  const found = findField(at.scope.schema, sibling);
  if ('missing' in found || found.schema.type !== 'string') {
    const hint = suggest(sibling, listFields(at.scope.schema));
    say(
      keep?.place ?? place,
      `there is no field \`${sibling}\` to keep a code that \`${table.name}\` does not know${hint}`,
    );
    return undefined;
  }
  const code = fieldRef(at.scope, sibling, found.schema);
  claimField(bound, at.scope, code.slot, at.node.index);
  return { kind: 'table', table, code, keep: keep === undefined ? 'unknown' : 'always' };
}
