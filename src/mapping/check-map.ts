import { type Mistake, mistake, sortMistakes } from '../lib/mistake.ts';
import { suggest } from '../lib/suggest.ts';
import type { LoopNode, SegmentNode, SetDefinition } from '../x12/definition.ts';
import { checkEach } from './check-each.ts';
import { checkSegment } from './check-segment.ts';
import type { CheckContext, Checking } from './checking.ts';
import { compileNarrowing } from './compile-narrowing.ts';
import { type Entry, formatStep, type MapFile } from './map-file.ts';
import type { LoopPlan, MapPlan, ScopePlan, SegmentPlan } from './plan.ts';
import { isList } from './schema.ts';
import { claimField, fieldRef, newScope, settleClaims } from './scope.ts';

/** Every mistake of a resolved map; `plan` is there when there is none and nothing else hinders it. */
export function checkMap(
  map: MapFile,
  context: CheckContext,
): { plan: MapPlan | undefined; mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  let hindered = false;
  const checking: Checking = {
    ...context,
    say: (place, message) => void mistakes.push(mistake(place, message)),
    hinder: () => {
      hindered = true;
    },
    bound: [],
  };
  const { set } = context;
  if (map.set !== undefined && map.set.text !== set.set) {
    checking.say(map.set.place, `the map is for set ${map.set.text}, not for ${set.set}`);
  }
  const scope = newScope('', context.document);
  // Filled by the reader itself.
  for (const name of ['source', 'unmapped']) {
    const schema = context.document.properties?.[name];
    if (schema !== undefined) fieldRef(scope, name, schema);
  }
  const root = checkBody(
    map.segments,
    { loop: 0, literals: [], list: undefined, claim: { written: true }, many: false, scope },
    checking,
  );
  settleClaims(checking.bound);
  checkRequired(map, scope, checking);
  const document = context.document.properties?.['kind']?.const ?? map.document?.text ?? '';
  if (map.document !== undefined && map.document.text !== document) {
    checking.say(map.document.place, `\`document: ${map.document.text}\` does not fit ${document}`);
  }
  const narrowed = compileNarrowing(map.narrowing, set, context.standard);
  mistakes.push(...narrowed.mistakes);
  const plan = { document, set, standard: context.standard, root, narrowing: narrowed.program };
  return { plan: mistakes.length === 0 && !hindered ? plan : undefined, mistakes: sortMistakes(mistakes) };
}

type LoopHead = Omit<LoopPlan, 'segments' | 'loops'>;

function checkBody(entries: readonly Entry[], head: LoopHead, checking: Checking): LoopPlan {
  const segments = new Map<number, SegmentPlan[]>();
  const loops = new Map<number, LoopPlan[]>();
  for (const entry of entries) {
    const { nodes, child } = findPlace(entry, head.loop, checking.set);
    if (entry.segments === undefined && nodes.length > 0) {
      const plan = checkSegment(entry, nodes[0]!, head.scope, checking);
      for (const node of nodes) addOnce(segments, node.index, plan, entry, checking);
    } else if (child !== undefined) {
      addOnce(loops, child.index, checkLoop(entry, child, head.scope, checking), entry, checking);
    } else if (!entry.optional) {
      sayUnknown(entry, head.loop, nodes.length > 0, checking);
    }
  }
  return { ...head, segments: sortCandidates(segments), loops: sortCandidates(loops) };
}

function findPlace(
  entry: Entry,
  loop: number,
  set: SetDefinition,
): { nodes: readonly SegmentNode[]; child: LoopNode | undefined } {
  return {
    nodes: set.nodes.filter((node) => node.loop === loop && node.segment === entry.segment),
    child: set.loops.find((other) => other.parent === loop && other.id === entry.segment),
  };
}

/** A loop, or its first segment bound alone as though it were no loop: `PID: [=F, ~, ~, ~, description]`. */
function checkLoop(entry: Entry, child: LoopNode, above: ScopePlan, checking: Checking): LoopPlan {
  const opener = checking.set.nodes[child.firstNode]!;
  if (entry.segments === undefined) {
    const plan = checkSegment(entry, opener, above, checking);
    const texts = plan.list !== undefined && plan.list.items === undefined;
    const scope = plan.list?.items ?? above;
    const alone = texts ? plan : { ...plan, list: undefined };
    return {
      loop: child.index,
      literals: plan.literals,
      list: texts ? undefined : plan.list,
      claim: texts ? { written: true } : plan.claim,
      many: texts,
      scope,
      segments: new Map([[opener.index, [alone]]]),
      loops: new Map(),
    };
  }
  const list = entry.each === undefined ? undefined : checkEach(entry.each, above, checking);
  if (list !== undefined && list.items === undefined) {
    checking.say(
      entry.each!.place,
      `\`${list.path}\` is a list of text: bind it with \`elements:\`, not with a loop`,
    );
  }
  const inner = entry.segments.map((one) =>
    one.segment === entry.segment && one.qualifier === undefined
      ? { ...one, qualifier: entry.qualifier }
      : one,
  );
  const opened = inner.some((one) => one.segment === entry.segment);
  const first: Entry = { ...entry, each: undefined, elements: [], segments: undefined };
  const scope = list?.items ?? above;
  const claim =
    list === undefined ? { written: true } : claimField(checking.bound, above, list.slot, opener.index);
  const head = { loop: child.index, literals: [], list, claim, many: false, scope };
  const body = checkBody(opened ? inner : [first, ...inner], head, checking);
  return { ...body, literals: body.segments.get(opener.index)?.[0]?.literals ?? [] };
}

function addOnce<T extends SegmentPlan | LoopPlan>(
  plans: Map<number, T[]>,
  index: number,
  plan: T,
  entry: Entry,
  checking: Checking,
): void {
  const others = plans.get(index) ?? [];
  const key = JSON.stringify(plan.literals);
  if (others.some((other) => JSON.stringify(other.literals) === key)) {
    checking.say(entry.place, `\`${formatStep(entry)}\` is bound twice here; tell them apart by a qualifier`);
  }
  plans.set(index, [...others, plan]);
}

/** The most particular binding is tried first, whatever the order in the file. */
function sortCandidates<T extends SegmentPlan | LoopPlan>(
  plans: Map<number, T[]>,
): ReadonlyMap<number, readonly T[]> {
  for (const list of plans.values()) list.sort((a, b) => b.literals.length - a.literals.length);
  return plans;
}

function sayUnknown(entry: Entry, loop: number, known: boolean, checking: Checking): void {
  const { set } = checking;
  const where = set.loops[loop]?.path ?? '';
  const inside = where === '' ? `set ${set.set}` : `loop ${where}`;
  if (known) {
    checking.say(entry.place, `\`${entry.segment}\` is not a loop in ${inside}: bind its \`elements:\``);
    return;
  }
  const places = set.nodes
    .filter((node) => node.segment === entry.segment)
    .map((node) => set.loops[node.loop]!.path);
  const elsewhere = [...new Set(places)].map((path) => (path === '' ? 'the top level' : path));
  const here = set.nodes.filter((node) => node.loop === loop || set.loops[node.loop]!.parent === loop);
  const hint =
    elsewhere.length > 0
      ? `; it belongs in ${elsewhere.join(', ')}`
      : suggest(
          entry.segment,
          here.map((n) => n.segment),
        );
  checking.say(entry.place, `there is no segment \`${entry.segment}\` in ${inside}${hint}`);
}

/** Fields that the canonical type demands and no binding fills; lists are filled with none. */
function checkRequired(map: MapFile, root: ScopePlan, checking: Checking): void {
  const place = map.document?.place ?? map.extends?.place ?? { file: map.file, line: 1, column: 1 };
  const visit = (scope: ScopePlan): void => {
    for (const name of scope.schema.required ?? []) {
      const schema = scope.schema.properties![name]!;
      const envelope = scope === root && name === 'source';
      if (isList(schema) || schema.const !== undefined || envelope || scope.fields.has(name)) continue;
      const nested = [...scope.fields.keys()].some((path) => path.startsWith(`${name}.`));
      if (!nested)
        checking.say(place, `nothing in the map fills \`${scope.path}${name}\`, which every document has`);
    }
    // An item scope without fields is that of `| pairs` or of `unmapped`.
    for (const { items } of scope.fields.values())
      if (items !== undefined && items.fields.size > 0) visit(items);
  };
  visit(root);
}
