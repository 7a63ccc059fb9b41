import { type Mistake, mistake, sortMistakes } from '../../lib/mistake.ts';
import { suggest } from '../../lib/suggest.ts';
import type { LoopNode, SegmentNode, SetDefinition } from '../../x12/standard/definition.ts';
import { compileNarrowing } from '../compile/compile-narrowing.ts';
import { type Entry, formatStep, type MapFile } from '../language/map-file.ts';
import type { FieldRef, LoopPlan, MapPlan, ScopePlan, SegmentPlan } from '../language/plan.ts';
import { isList, resolveRefs } from '../language/schema.ts';
import { claimField, fieldRef, newClaim, newScope, settleClaims } from '../language/scope.ts';
import { addOnce, checkCrowds, sortCandidates } from './check-crowds.ts';
import { checkEach } from './check-each.ts';
import { checkSegment } from './check-segment.ts';
import { checkTree, checkTreeOpener } from './check-tree.ts';
import type { CheckContext, Checking } from './checking.ts';

/** Every mistake of a resolved map; `plan` is there when there is none and nothing else hinders it. */
export function checkMap(
  map: MapFile,
  context: CheckContext,
): { plan: MapPlan | undefined; mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  let hindered = false;
  const checking: Checking = {
    ...context,
    document: resolveRefs(context.document),
    say: (place, message) => void mistakes.push(mistake(place, message)),
    hinder: () => {
      hindered = true;
    },
    bound: [],
    crowded: [],
  };
  const { set } = context;
  const type = checking.document;
  if (map.set !== undefined && map.set.text !== set.set) {
    checking.say(map.set.place, `the map is for set ${map.set.text}, not for ${set.set}`);
  }
  const scope = newScope('', type);
  // Filled by the reader itself.
  for (const name of ['source', 'unmapped']) {
    const schema = type.properties?.[name];
    if (schema !== undefined) fieldRef(scope, name, schema);
  }
  const root = checkBody(
    map.segments,
    { loop: 0, literals: [], list: undefined, claim: newClaim(), tree: false, many: false, scope },
    checking,
  );
  settleClaims(checking.bound);
  checkCrowds(checking);
  checkRequired(map, scope, checking);
  const document = type.properties?.['kind']?.const ?? map.document?.text ?? '';
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
    checkTreeOpener(entry, plan, false, checking);
    const texts = plan.list !== undefined && plan.list.items === undefined;
    const scope = plan.list?.items ?? above;
    const alone = texts ? plan : { ...plan, list: undefined };
    return {
      loop: child.index,
      literals: plan.literals,
      list: texts ? undefined : plan.list,
      claim: texts ? newClaim() : plan.claim,
      tree: false,
      many: texts,
      scope,
      segments: new Map([[opener.index, [alone]]]),
      loops: new Map(),
    };
  }
  const list = checkLoopList(entry, child, above, checking);
  const inner = entry.segments.map((one) =>
    one.segment === entry.segment && one.qualifier === undefined
      ? { ...one, qualifier: entry.qualifier }
      : one,
  );
  const opened = inner.some((one) => one.segment === entry.segment);
  const first: Entry = { ...entry, each: undefined, tree: undefined, elements: [], segments: undefined };
  const scope = list?.items ?? above;
  const claim = list === undefined ? newClaim() : claimField(checking.bound, above, list.slot, opener.index);
  const tree = entry.tree !== undefined;
  const head = { loop: child.index, literals: [], list, claim, tree, many: false, scope };
  // Without the list there is nothing that the fields inside could belong to.
  if (list === undefined && (tree || entry.each !== undefined))
    return { ...head, segments: new Map(), loops: new Map() };
  const body = checkBody(opened ? inner : [first, ...inner], head, checking);
  const [opening, ...others] = body.segments.get(opener.index) ?? [];
  if (opening?.list !== undefined || others.length > 0) {
    const where = `the first segment of loop ${formatStep(entry)}`;
    checking.say(
      entry.place,
      `${where} is bound once, by its elements; \`each:\` and a qualifier stand at the loop`,
    );
  }
  checkTreeOpener(entry, opening, tree, checking);
  return { ...body, literals: opening?.literals ?? [] };
}

function checkLoopList(
  entry: Entry,
  child: LoopNode,
  above: ScopePlan,
  checking: Checking,
): FieldRef | undefined {
  if (entry.tree !== undefined) return checkTree(entry, entry.tree, child, above, checking);
  if (entry.each === undefined) return undefined;
  const list = checkEach(entry.each, above, checking);
  if (list !== undefined && list.items === undefined) {
    checking.say(
      entry.each.place,
      `\`${list.path}\` is a list of text: bind it with \`elements:\`, not with a loop`,
    );
  }
  return list;
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
