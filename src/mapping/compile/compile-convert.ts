import type { Conversion } from '../language/plan.ts';
import { report, type Writing } from '../run/draft.ts';
import { compileWriteText, describeConversion } from './convert-write.ts';
import { compileGet, type Item } from './item.ts';

/** The text of a value of the document; what cannot be written is reported. */
export type Convert = (writing: Writing, value: unknown, item: Item, path: string) => string | undefined;

export function compileConvert(conversion: Conversion): Convert {
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
