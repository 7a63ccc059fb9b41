import { X12Parser, type X12Segment } from 'node-x12';

/**
 * Tag and elements of every segment from the first GS to the last GE, as node-x12 reads them; its strict mode checks
 * the counts and control numbers of groups and sets. ISA and IEA are left out: it takes the zeros off IEA02. So are
 * TA1 segments, which it takes only inside a group, where none belongs.
 */
export function readWithNodeX12(text: string): string[][] {
  const [element, terminator] = [text[3]!, text[105]!];
  const segments = text.split(terminator);
  const rest = segments.filter((segment) => !segment.trimStart().startsWith(`TA1${element}`));
  if (!rest.some((segment) => segment.trimStart().startsWith(`GS${element}`))) return [];
  const parsed = new X12Parser(true).parse(rest.join(terminator));
  // Several interchanges come as an Array of theirs, whose map and flatMap throw.
  const interchanges = 'interchanges' in parsed ? Array.from(parsed.interchanges) : [parsed];
  return interchanges.flatMap(({ functionalGroups }) =>
    functionalGroups.flatMap((group) => [
      rowOf(group.header),
      ...group.transactions.flatMap((set) => [
        rowOf(set.header),
        ...set.segments.map(rowOf),
        rowOf(set.trailer),
      ]),
      rowOf(group.trailer),
    ]),
  );
}

function rowOf(segment: X12Segment): string[] {
  return [segment.tag, ...segment.elements.map((element) => element.value)];
}
