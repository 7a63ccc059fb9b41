import fc from 'fast-check';
import type { CompiledMap } from '../../src/mapping/compile/compile-map.ts';
import type {
  Conversion,
  ElementPlan,
  FieldPlan,
  Literal,
  LoopPlan,
  SegmentPlan,
} from '../../src/mapping/language/plan.ts';
import type { JsonSchema } from '../../src/mapping/language/schema.ts';
import type { SetDefinition } from '../../src/x12/standard/definition.ts';

type Doc = Record<string, unknown>;
/** Values by the path of their field in the object at hand. */
type Values = readonly (readonly [string, unknown])[];
type Some = fc.Arbitrary<Values>;

/** Text that no separator of the tests cuts, never blank at the ends, as senders pad; codes are in capitals. */
const text = fc.stringMatching(/^[A-Z0-9äé€](?:[A-Z0-9 ,.äé/-]{0,9}[A-Z0-9])?$/);
const decimal = fc.stringMatching(/^-?(?:0|[1-9]\d{0,6})(?:\.\d{1,4})?$/);
const time = fc.stringMatching(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,2})?)?$/);
const NOTHING: Some = fc.constant([]);

/** Random documents that a map can say in full, made from what it binds: every map has them without being asked. */
export function arbitraryDocument(map: CompiledMap, source: unknown): fc.Arbitrary<Doc> {
  const { plan } = map.read.root;
  const { properties = {}, required = [] } = plan.scope.schema;
  const head = required.includes('source') ? { source } : {};
  return arbitraryItem(plan, map.read.set).map((made) => ({
    kind: properties['kind']!.const,
    ...head,
    ...made,
  }));
}

/** One object of a scope: the document, or an item of a list. */
function arbitraryItem(loop: LoopPlan, set: SetDefinition): fc.Arbitrary<Doc> {
  return fc.tuple(...arbitraryPieces(loop, set)).map((pieces) => build(pieces.flat(), loop.scope.schema));
}

function arbitraryPieces(loop: LoopPlan, set: SetDefinition): Some[] {
  const segments = [...loop.segments.values()].flatMap((choices) => choices.map((one) => ({ one, choices })));
  const loops = [...loop.loops.values()].flatMap((choices) => choices.map((one) => ({ one, choices })));
  const seen = new Set<SegmentPlan>();
  return [
    ...segments.flatMap(({ one, choices }) => {
      if (seen.has(one)) return [];
      seen.add(one);
      return [arbitrarySegment(one, rivalsOf(one, choices), set)];
    }),
    ...loops.flatMap(({ one, choices }) => arbitraryLoop(one, rivalsOf(one, choices), set)),
  ];
}

/** What the bindings that are tried before this one look for. */
function rivalsOf<T extends { readonly literals: readonly Literal[] }>(
  one: T,
  choices: readonly T[],
): readonly Literal[] {
  return choices
    .filter((other) => other.literals.length > one.literals.length)
    .flatMap((other) => other.literals);
}

function arbitraryLoop(loop: LoopPlan, rivals: readonly Literal[], set: SetDefinition): Some[] {
  const opener = [...loop.segments.values()].flat()[0]!;
  if (loop.many) return [arbitrarySegment(opener, rivals, set)];
  if (loop.list === undefined) return arbitraryPieces(loop, set);
  if (!loop.claim.written) return [];
  const { path } = loop.list;
  const most = Math.min(2, set.loops[loop.loop]!.repeat);
  const item = arbitraryItem(loop, set).filter((made) => hasValue(made) && !isRival(made, opener, rivals));
  return [arbitraryList(path, loop.tree ? arbitraryLevel(item, 3) : item, most)];
}

/** An HL with further ones below it. */
function arbitraryLevel(item: fc.Arbitrary<Doc>, depth: number): fc.Arbitrary<Doc> {
  if (depth === 0) return item;
  const below = fc.array(arbitraryLevel(item, depth - 1), { maxLength: 2 });
  return fc.tuple(item, below).map(([one, children]) => (children.length === 0 ? one : { ...one, children }));
}

function arbitrarySegment(segment: SegmentPlan, rivals: readonly Literal[], set: SetDefinition): Some {
  const { list, scope } = segment;
  const most = Math.min(2, set.nodes[segment.node]!.repeat);
  if (list === undefined) {
    const values = arbitraryElements(segment.elements, scope.schema);
    return isAlways(segment, scope.schema) ? values : fc.oneof(NOTHING, values);
  }
  if (!segment.claim.written) return NOTHING;
  if (list.items === undefined) {
    const { elements } = segment;
    const chunk = elements.filter((element) => element?.kind === 'value').length;
    return arbitraryList(list.path, text, most * chunk);
  }
  const { schema } = list.items;
  const item = arbitraryObject(segment.elements, schema).filter(
    (made) => hasValue(made) && !isRival(made, segment, rivals),
  );
  return arbitraryList(list.path, item, most);
}

function arbitraryObject(elements: SegmentPlan['elements'], schema: JsonSchema): fc.Arbitrary<Doc> {
  return arbitraryElements(elements, schema).map((values) => build(values, schema));
}

function arbitraryElements(elements: SegmentPlan['elements'], schema: JsonSchema): Some {
  const seen = new Set<ElementPlan>();
  const pieces = elements.flatMap((element): readonly Some[] => {
    if (element === undefined || seen.has(element)) return [];
    seen.add(element);
    return arbitraryElement(element, schema);
  });
  return fc.tuple(...pieces).map((all) => all.flat());
}

function arbitraryElement(element: ElementPlan, schema: JsonSchema): readonly Some[] {
  switch (element.kind) {
    case 'composite':
      return [arbitraryElements(element.parts, schema)];
    case 'field':
      return element.claim.written ? [arbitraryField(element, schema)] : [];
    case 'pairs': {
      if (!element.claim.written) return [];
      const pair = fc.record({ qualifier: text, value: text }, { noNullPrototype: true });
      const maxLength = Math.min(3, (element.to - element.from + 1) / 2);
      return [arbitraryList(element.field.path, pair, maxLength)];
    }
    case 'groups':
    case 'repeats': {
      if (!element.claim.written) return [];
      const item = arbitraryObject(element.parts, element.field.items!.schema);
      const most = element.kind === 'repeats' ? 2 : (element.to - element.from + 1) / element.parts.length;
      return [arbitraryList(element.field.path, item.filter(hasValue), Math.min(3, most))];
    }
    case 'run':
      if (!element.claim.written) return [];
      return [arbitraryList(element.field.path, text, Math.min(3, element.to - element.from + 1))];
    default:
      return [];
  }
}

function arbitraryList(path: string, item: fc.Arbitrary<unknown>, maxLength: number): Some {
  return fc.array(item, { maxLength }).map((made) => (made.length === 0 ? [] : [[path, made]]));
}

function arbitraryField(plan: FieldPlan, schema: JsonSchema): Some {
  const { path } = plan.field;
  const { as } = plan.conversion;
  const values =
    as.kind === 'table' ? arbitraryCode(path, as) : arbitraryValue(plan.conversion).map(at(path));
  const needed = isRequired(path, schema) || plan.ordinal || plan.default !== undefined;
  return needed ? values : fc.oneof(NOTHING, values);
}

function at(path: string): (value: string) => Values {
  return (value) => [[path, value]];
}

/** A name of the table, with its code where the map keeps it, or a code that the table does not know. */
function arbitraryCode(path: string, as: Extract<Conversion['as'], { kind: 'table' }>): Some {
  const { table, code, keep } = as;
  const known = fc
    .constantFrom(...table.codeOf)
    .map(
      ([name, sent]): Values => [[path, name], ...(keep === 'always' ? ([[code.path, sent]] as const) : [])],
    );
  const unknown = fc
    .stringMatching(/^[A-Z0-9]{2,3}$/)
    .filter((sent) => !table.nameOf.has(sent))
    .map(
      (sent): Values => [
        [path, 'other'],
        [code.path, sent],
      ],
    );
  return fc.oneof({ weight: 3, arbitrary: known }, { weight: 1, arbitrary: unknown });
}

function arbitraryValue({ as, upper, pad }: Conversion): fc.Arbitrary<string> {
  switch (as.kind) {
    case 'decimal':
      return decimal;
    case 'implied':
      return arbitraryImplied(as.places);
    case 'date':
      return arbitraryDate('1900-01-01', '2099-12-31');
    case 'date6':
      return arbitraryDate('1950-01-01', '2049-12-31');
    case 'time':
      return time;
    case 'date-time':
      return fc.tuple(arbitraryDate('1900-01-01', '2099-12-31'), time).map((both) => both.join('T'));
    default:
      if (pad !== undefined) return fc.stringMatching(/^[1-9]\d{0,4}$/);
      return upper ? text.map((value) => value.toUpperCase()) : text;
  }
}

function arbitraryImplied(places: number): fc.Arbitrary<string> {
  const whole = fc.stringMatching(/^-?(?:0|[1-9]\d{0,4})$/);
  if (places === 0) return whole;
  const fraction = fc.stringMatching(new RegExp(`^\\d{${places}}$`));
  return fc.tuple(whole, fraction).map((both) => both.join('.'));
}

function arbitraryDate(min: string, max: string): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
}

/** A segment without which the canonical type would lack something. */
function isAlways(segment: SegmentPlan, schema: JsonSchema): boolean {
  return segment.elements.some(
    (element) =>
      element?.kind === 'field' &&
      (element.ordinal ||
        element.default !== undefined ||
        element.field.keys.every((_, i) => isRequired(element.field.keys.slice(0, i + 1).join('.'), schema))),
  );
}

/** Whether the object that holds the field, once it is there, must have it. */
function isRequired(path: string, schema: JsonSchema): boolean {
  const keys = path.split('.');
  const last = keys.pop()!;
  let holder: JsonSchema | undefined = schema;
  for (const key of keys) holder = holder?.properties?.[key];
  return holder?.required?.includes(last) === true;
}

function isRival(made: Doc, segment: SegmentPlan, rivals: readonly Literal[]): boolean {
  return rivals.some(({ position, value }) => {
    const element = segment.elements[position];
    return element?.kind === 'field' && made[element.field.path] === value;
  });
}

function hasValue(made: Doc): boolean {
  return Object.values(made).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
}

/** The object with nested fields in their places; lists that it must have are there, if empty. */
function build(values: Values, schema: JsonSchema): Doc {
  const made: Doc = {};
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (field.type === 'array' && schema.required?.includes(name)) made[name] = [];
  for (const [path, value] of values) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let holder = made;
    for (const key of keys) {
      holder[key] ??= {};
      holder = holder[key] as Doc;
    }
    holder[last] = value;
  }
  return made;
}
