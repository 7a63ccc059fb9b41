import type { SetDefinition } from '../standard/definition.ts';
import type { NewSegment } from './damage.ts';
import { isWithin } from './instances.ts';
import type { Finding } from './outcome.ts';
import { loopIdOf } from './source.ts';

/** What a partner's guide demands of a set beyond the standard. */
export type AgreedRule = {
  readonly kind: 'require' | 'forbid' | 'codes';
  readonly segment: string;
  /** First element of the segments that are meant, where it is not all of them. */
  readonly qualifier: string | undefined;
  /** Places that the segment may take. */
  readonly nodes: ReadonlySet<number>;
  /** Loop in each turn of which a required segment must be; 0 for the set. */
  readonly loop: number;
  /** Element; undefined for the segment itself. */
  readonly element: number | undefined;
  readonly reference: string | undefined;
  readonly codes: ReadonlySet<string>;
};

/** What the rules find wrong with a set. */
export function judgeByRules(
  set: SetDefinition,
  rules: readonly AgreedRule[],
  segments: readonly NewSegment[],
): Finding[] {
  return rules.flatMap((rule) => {
    if (rule.kind === 'require' && rule.element === undefined) return findMissing(set, rule, segments);
    return segments.flatMap((segment, s) =>
      isMeant(rule, segment) ? judgeSegment(set, rule, segment, s) : [],
    );
  });
}

export function isMeant({ nodes, qualifier }: AgreedRule, { node, elements }: NewSegment): boolean {
  return (
    node !== undefined && nodes.has(node.index) && (qualifier === undefined || elements[0] === qualifier)
  );
}

function judgeSegment(set: SetDefinition, rule: AgreedRule, segment: NewSegment, s: number): Finding[] {
  const place = {
    segment: segment.id,
    position: s + 1,
    loop: loopIdOf(set, segment.node!),
    agreed: true,
  } as const;
  const { element: position, reference } = rule;
  if (position === undefined) return [{ ...place, code: '2' }];
  const value = segment.elements[position - 1] ?? '';
  const wrong = {
    require: value === '',
    forbid: value !== '',
    codes: value !== '' && !rule.codes.has(value),
  };
  if (!wrong[rule.kind]) return [];
  const code = ({ require: '1', forbid: '10', codes: '7' } as const)[rule.kind];
  return [
    { ...place, code: '8', element: { position, reference, code, value: value === '' ? undefined : value } },
  ];
}

/**
 * Told at the segment with which the turn of the loop has ended, SE at the latest. Of a set that lost its SE nobody knows
 * what else it lost.
 */
function findMissing(set: SetDefinition, rule: AgreedRule, segments: readonly NewSegment[]): Finding[] {
  const opener = set.loops[rule.loop]!.firstNode;
  const findings: Finding[] = [];
  const missAt = (s: number) => {
    const loop = rule.loop === 0 ? undefined : set.loops[rule.loop]!.id;
    findings.push({ segment: rule.segment, position: s + 1, loop, code: '3', agreed: true });
  };
  let begin = rule.loop === 0 ? 0 : undefined;
  segments.forEach(({ node }, s) => {
    if (rule.loop === 0 || node === undefined) return;
    const ends = node.index === opener || !isWithin(set, node, rule.loop);
    if (begin !== undefined && ends && !segments.slice(begin, s).some((one) => isMeant(rule, one))) missAt(s);
    if (ends) begin = node.index === opener ? s : undefined;
  });
  const whole = segments.at(-1)?.id === 'SE';
  if (whole && begin !== undefined && !segments.slice(begin).some((one) => isMeant(rule, one)))
    missAt(segments.length - 1);
  return findings;
}
