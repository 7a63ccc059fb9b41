import type { ElementProblem, SegmentProblem } from '../../x12/interchange/report.ts';
import { element, elementOffset, type Segments } from '../../x12/scan/segments.ts';
import type { SetDefinition } from '../../x12/standard/definition.ts';
import type { NarrowingProgram, Rule } from '../compile/compile-narrowing.ts';
import { formatAddress, formatStep, type Step } from '../language/map-file.ts';

/** The breaches of a partner's guide, in the shape of the validator's own problems. */
export function checkNarrowing(
  program: NarrowingProgram,
  segments: Segments,
  nodes: Int32Array,
): readonly SegmentProblem[] {
  const problems = program.rules.flatMap((rule) =>
    rule.kind === 'require' && rule.address.element === undefined
      ? findMissing(program.set, rule, segments, nodes)
      : findWrong(program.set, rule, segments, nodes),
  );
  return problems.sort((a, b) => a.position - b.position);
}

function findWrong(
  set: SetDefinition,
  rule: Rule,
  segments: Segments,
  nodes: Int32Array,
): readonly SegmentProblem[] {
  const { address, kind } = rule;
  const problems: SegmentProblem[] = [];
  for (let s = 0; s < segments.count; s++) {
    if (!rule.nodes.has(nodes[s]!) || !hasQualifier(segments, s, address.step)) continue;
    const place = describePlace(set, segments, nodes, s);
    if (address.element === undefined) {
      const message = `${formatStep(address.step)} is not used by this partner`;
      problems.push({ ...place, code: '2', implementation: 'I4', message, elements: [] });
      continue;
    }
    const value = element(segments, s, address.element);
    const wrong =
      kind === 'require'
        ? value === ''
        : kind === 'forbid'
          ? value !== ''
          : value !== '' && !rule.codes.has(value);
    if (!wrong) continue;
    const elements = [describeElement(rule, segments, s, value)];
    problems.push({
      ...place,
      code: '8',
      message: `${address.step.segment} has elements in error`,
      elements,
    });
  }
  return problems;
}

function describeElement(rule: Rule, segments: Segments, s: number, value: string): ElementProblem {
  const position = rule.address.element!;
  const name = formatAddress({ ...rule.address, loops: [] });
  const said = {
    require: ['1', '1', `${name} is mandatory for this partner`],
    forbid: ['10', 'I10', `${name} is not used by this partner, and holds "${value}"`],
    codes: ['7', 'I6', `${name} is "${value}"; this partner allows ${[...rule.codes].join(', ')}`],
  } as const;
  const [code, implementation, message] = said[rule.kind];
  return {
    position,
    component: undefined,
    repetition: undefined,
    reference: rule.reference,
    code,
    implementation,
    value: value === '' ? undefined : value,
    offset: elementOffset(segments, s, position),
    message,
  };
}

/** A segment that each instance of its loop must hold; told where the instance ends. */
function findMissing(
  set: SetDefinition,
  rule: Rule,
  segments: Segments,
  nodes: Int32Array,
): readonly SegmentProblem[] {
  const problems: SegmentProblem[] = [];
  const opener = set.loops[rule.loop]!.firstNode;
  let open = rule.loop === 0;
  let found = false;
  const close = (s: number): void => {
    if (open && !found) {
      const { segment } = rule.address.step;
      const message = `${formatAddress(rule.address)} is missing: it is mandatory for this partner`;
      const place = {
        segment,
        position: s + 1,
        loop: loopId(set, rule.loop),
        offset: elementOffset(segments, s, 0),
      };
      problems.push({ ...place, code: '3', implementation: '3', message, elements: [] });
    }
    open = false;
    found = false;
  };
  for (let s = 0; s < segments.count; s++) {
    const node = nodes[s]!;
    if (rule.loop !== 0 && node >= 0) {
      if (node === opener || !isWithin(set, node, rule.loop)) close(s);
      if (node === opener) open = true;
    }
    if (open && rule.nodes.has(node) && hasQualifier(segments, s, rule.address.step)) found = true;
  }
  // A set that was cut off has lost its SE: what else it has lost, nobody knows.
  if (nodes[segments.count - 1] === set.nodes.length - 1) close(segments.count - 1);
  return problems;
}

function isWithin(set: SetDefinition, node: number, loop: number): boolean {
  for (let at: number | undefined = set.nodes[node]!.loop; at !== undefined; at = set.loops[at]!.parent) {
    if (at === loop) return true;
  }
  return false;
}

function hasQualifier(segments: Segments, s: number, { qualifier }: Step): boolean {
  return qualifier === undefined || element(segments, s, 1) === qualifier;
}

function describePlace(
  set: SetDefinition,
  segments: Segments,
  nodes: Int32Array,
  s: number,
): Pick<SegmentProblem, 'segment' | 'position' | 'loop' | 'offset'> {
  const node = set.nodes[nodes[s]!]!;
  const loop = loopId(set, node.loop);
  return { segment: node.segment, position: s + 1, loop, offset: elementOffset(segments, s, 0) };
}

/** AK303 has room for the id of a loop, and none for its path. */
function loopId(set: SetDefinition, loop: number): string | undefined {
  return loop === 0 ? undefined : set.loops[loop]!.id;
}
