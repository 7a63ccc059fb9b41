import { z } from 'zod';

/** What is known of the type of a model, from its JSON Schema: which names lead on, and which may lead nowhere. */
export type Shape = {
  readonly schema: JsonSchema;
  /** Where `$ref` is looked up. */
  readonly root: JsonSchema;
};

type JsonSchema = z.core.JSONSchema.BaseSchema;

export type Step = { readonly shape: Shape; readonly optional: boolean };

/** Of a value of which nothing is known. */
export const ANYTHING: Shape = { schema: {}, root: {} };

export function shapeOf(schema: z.ZodType): Shape {
  const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema;
  return { schema: root, root };
}

/** Undefined where no value of this type has such a name. */
export function stepInto(shape: Shape, name: string): Step | undefined {
  const variants = listVariants(shape);
  const steps = variants.map((schema) => stepIntoVariant({ ...shape, schema }, name));
  const found = steps.filter((step) => step !== undefined);
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    shape: found.length === 1 ? first.shape : joinShapes(found.map((step) => step.shape)),
    optional: found.length < variants.length || found.some((step) => step.optional),
  };
}

/** Of the items of a list; undefined where it is none. */
export function itemOf(shape: Shape): Shape | undefined {
  for (const schema of listVariants(shape)) {
    if (isAnything(schema)) return ANYTHING;
    const { items } = schema;
    if (typeof items === 'object' && !Array.isArray(items)) return { ...shape, schema: items };
  }
  return undefined;
}

export function namesOf(shape: Shape): readonly string[] {
  return listVariants(shape).flatMap((schema) => Object.keys(schema.properties ?? {}));
}

/** The only texts that it may be, where they are known. */
export function textsOf(shape: Shape): readonly string[] | undefined {
  const texts = listVariants(shape).flatMap(({ enum: some, const: one }) => some ?? [one]);
  return texts.every((text) => typeof text === 'string') ? texts : undefined;
}

function stepIntoVariant(shape: Shape, name: string): Step | undefined {
  const { schema } = shape;
  if (isAnything(schema)) return { shape: ANYTHING, optional: false };
  const property = schema.properties?.[name];
  if (typeof property === 'object')
    return { shape: { ...shape, schema: property }, optional: schema.required?.includes(name) !== true };
  const { additionalProperties: others } = schema;
  if (typeof others === 'object') return { shape: { ...shape, schema: others }, optional: true };
  return stepIntoUsual(shape, name);
}

/** What Liquid knows of every list and text. */
function stepIntoUsual(shape: Shape, name: string): Step | undefined {
  const { type } = shape.schema;
  if (name === 'size' && (type === 'array' || type === 'string')) return { shape: ANYTHING, optional: false };
  const item = type === 'array' && (name === 'first' || name === 'last') ? itemOf(shape) : undefined;
  return item && { shape: item, optional: true };
}

function listVariants({ schema, root }: Shape): readonly JsonSchema[] {
  const { $ref: ref } = schema;
  if (ref !== undefined) return listVariants({ schema: resolve(root, ref), root });
  const some = schema.anyOf ?? schema.oneOf;
  if (some === undefined) return [schema];
  return some.flatMap((one) => (typeof one === 'object' ? listVariants({ schema: one, root }) : []));
}

function resolve(root: JsonSchema, ref: string): JsonSchema {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((schema, key) => (schema as Readonly<Record<string, unknown>>)[key], root) as JsonSchema;
}

function joinShapes(shapes: readonly Shape[]): Shape {
  return { schema: { anyOf: shapes.map(({ schema }) => schema) }, root: shapes[0]!.root };
}

function isAnything({ type, properties, enum: texts, const: text }: JsonSchema): boolean {
  return type === undefined && properties === undefined && texts === undefined && text === undefined;
}
