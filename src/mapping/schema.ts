/** The part of JSON Schema that the canonical types use. Property order is the output order. */
export type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly format?: string;
};

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
