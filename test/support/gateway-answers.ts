import { X12Parser, type X12Segment } from 'node-x12';

/** An answer as a reader that is not ours understands it. */
export type Answer = {
  /** ISA13, ISA15, ISA06 and ISA08. */
  readonly control: string;
  readonly usage: string;
  readonly from: string;
  readonly to: string;
  /** TA101, TA104 and TA105 of each TA1. */
  readonly ta1s: readonly { readonly control: string; readonly status: string; readonly note: string }[];
  readonly groups: readonly { readonly functionalId: string; readonly control: string }[];
  readonly sets: readonly AnswerSet[];
};

export type AnswerSet = {
  readonly set: string;
  readonly control: string;
  readonly group: string;
  /** Tag and elements. */
  readonly segments: readonly (readonly string[])[];
};

/**
 * Reads what the gateway sent with node-x12, whose strict mode checks the counts and control numbers of group and
 * set. It takes no TA1 outside of a group, so those are cut out first.
 */
export function readAnswer(bytes: Uint8Array): Answer {
  const text = Buffer.from(bytes).toString('latin1');
  const element = text[3]!;
  const terminator = text[105]!;
  const segments = text.split(terminator).map((segment) => segment.trim());
  const ta1s = segments.filter((segment) => segment.startsWith(`TA1${element}`));
  const rest = segments.filter((segment) => !ta1s.includes(segment));
  const isa = rest[0]!.split(element);
  const groups = rest.length > 3 ? parseGroups(rest.join(terminator)) : [];
  return {
    control: isa[13]!,
    usage: isa[15]!,
    from: `${isa[5]}:${isa[6]!.trim()}`,
    to: `${isa[7]}:${isa[8]!.trim()}`,
    ta1s: ta1s.map((ta1) => {
      const [, control = '', , , status = '', note = ''] = ta1.split(element);
      return { control, status, note };
    }),
    groups: groups.map(({ functionalId, control }) => ({ functionalId, control })),
    sets: groups.flatMap((group) => group.sets),
  };
}

function parseGroups(text: string) {
  const parsed = new X12Parser(true).parse(text);
  if (!('functionalGroups' in parsed)) throw new Error('one interchange was expected');
  return parsed.functionalGroups.map((group) => {
    const control = readElement(group.header, 6);
    const sets = group.transactions.map(
      ({ header, segments }): AnswerSet => ({
        set: readElement(header, 1),
        control: readElement(header, 2),
        group: control,
        segments: segments.map((segment) => [
          segment.tag,
          ...segment.elements.map((each) => each.value ?? ''),
        ]),
      }),
    );
    return { functionalId: readElement(group.header, 1), control, sets };
  });
}

function readElement(segment: X12Segment, position: number): string {
  return segment.elements[position - 1]?.value ?? '';
}

/** An element of the first segment with this tag, such as `('AK9', 1)`; undefined where there is none. */
export function findElement(set: AnswerSet, tag: string, position: number): string | undefined {
  return set.segments.find((segment) => segment[0] === tag)?.[position];
}

/** BAK03 of every 855: the orders that are answered, in the order of the answers. */
export function listAnsweredOrders(answers: readonly Answer[]): string[] {
  return answers
    .flatMap((answer) => answer.sets)
    .filter((set) => set.set === '855')
    .map((set) => findElement(set, 'BAK', 3) ?? '');
}
