import { once } from 'node:events';
import { X12parser } from 'x12-parser';

/**
 * Tag and elements of every segment from the first GS to the last GE, as npm x12-parser reads them. It hands out the
 * components of an element as fields of their own, and the line end behind the last terminator as a segment.
 */
export async function readWithX12Parser(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  const parser = new X12parser('latin1');
  parser.on('data', (segment: Record<string, string>) => rows.push(rowOf(segment, text[104]!)));
  const ended = once(parser, 'end');
  parser.end(Buffer.from(text, 'latin1'));
  await ended;
  return rows.filter(([name]) => name !== '' && !OUTSIDE.has(name!));
}

const OUTSIDE = new Set(['ISA', 'IEA', 'TA1', 'ISB', 'ISE']);

function rowOf(segment: Record<string, string>, component: string): string[] {
  const row = [segment['name']!];
  for (let e = 1; `${e}` in segment; e++) {
    let value = segment[e]!;
    for (let c = 1; `${e}-${c}` in segment; c++) value += component + segment[`${e}-${c}`];
    row.push(value);
  }
  return row;
}
