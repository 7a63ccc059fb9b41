/** The part of JSON Schema that the canonical types use. Property order is the output order. */
export type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
};

/** The same schema with every `$ref` replaced by what it names: a recursive type becomes a circle of objects. */
export function resolveRefs(root: JsonSchema): JsonSchema {
  const named = new Map<string, JsonSchema>();
  const visit = (schema: JsonSchema): JsonSchema => {
    if (schema.$ref === undefined) return fill({}, schema);
    const known = named.get(schema.$ref);
    if (known !== undefined) return known;
    const made: JsonSchema = {};
    named.set(schema.$ref, made);
    return fill(made, root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {});
  };
  const fill = (made: JsonSchema, { properties, items, ...rest }: JsonSchema): JsonSchema => {
    const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, visit(field)] as const);
    return Object.assign(made, rest, {
      ...(properties === undefined ? {} : { properties: Object.fromEntries(fields) }),
      ...(items === undefined ? {} : { items: visit(items) }),
    });
  };
  return visit(root);
}

/** A list whose items hold, under `children`, further items of the same kind. */
export function isTree(schema: JsonSchema): boolean {
  return isList(schema) && schema.items!.properties?.['children']?.items === schema.items;
}

/** The schema of `address.city` seen from an object, or the names that would have been right at the first wrong step. */
export function findField(
  from: JsonSchema,
  path: string,
): { schema: JsonSchema } | { missing: string; known: readonly string[] } {
  let schema = from;
  let done = '';
  for (const key of path.split('.')) {
    const known = Object.keys(schema.properties ?? {});
    const next = schema.properties?.[key];
    if (next === undefined) return { missing: key, known: known.map((name) => done + name) };
    schema = next;
    done += `${key}.`;
  }
  return { schema };
}

/** Names of all text, decimal and date fields and of all lists, for suggestions. */
export function listFields(schema: JsonSchema, prefix = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    field.properties === undefined ? [prefix + name] : listFields(field, `${prefix}${name}.`),
  );
}

export function isList(schema: JsonSchema): boolean {
  return schema.type === 'array' && schema.items !== undefined;
}

/** What a person would call it: `decimal`, `date`, `list`, `text`, … */
export function describeType(schema: JsonSchema): string {
  if (isList(schema)) return 'list';
  if (schema.properties !== undefined) return 'group of fields';
  return schema.format ?? 'text';
}
