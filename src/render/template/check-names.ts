import {
  AssignTag,
  CaseTag,
  ForTag,
  IfTag,
  type PropertyAccessToken,
  type Template,
  type Token,
  TypeGuards,
  UnlessTag,
  Value,
} from 'liquidjs';
import { suggest } from '../../lib/suggest.ts';
import { isPartTag } from './part-tag.ts';
import { ANYTHING, itemOf, namesOf, type Shape, type Step, stepInto, textsOf } from './shape.ts';

/** What is wrong with a name, and where in the template, or in a part of it. Rows and columns count from 1. */
export type WrongName = {
  readonly row: number;
  readonly column: number;
  readonly part: string | undefined;
  readonly message: string;
};

type Scope = {
  readonly model: Shape;
  /** Names of loops and `assign`, until the block ends that they stand in. */
  readonly locals: Map<string, Shape>;
  /** Paths that are there in this block, because it was asked. */
  readonly sure: ReadonlySet<string>;
  readonly part: string | undefined;
  readonly words: ReadonlyMap<string, string>;
  readonly say: (token: Token, part: string | undefined, message: string) => void;
};

/** Every name that the model does not have, and every value that may be absent where its absence is not thought of. */
export function checkNames(
  templates: readonly Template[],
  model: Shape,
  words: ReadonlyMap<string, string>,
): readonly WrongName[] {
  const wrong: WrongName[] = [];
  const say: Scope['say'] = (token, part, message) => {
    const [row, column] = token.getPosition() as [number, number];
    wrong.push({ row, column, part, message });
  };
  checkAll(templates, { model, locals: new Map(), sure: new Set(), part: undefined, words, say });
  return wrong;
}

function checkAll(templates: readonly Template[], scope: Scope): void {
  for (const template of templates) checkOne(template, scope);
}

function checkOne(template: Template, scope: Scope): void {
  if (template instanceof IfTag || template instanceof UnlessTag) checkIf(template, scope);
  else if (template instanceof CaseTag) checkCase(template, scope);
  else if (template instanceof ForTag) checkFor(template, scope);
  else if (template instanceof AssignTag) checkAssign(template, scope);
  else if (isPartTag(template)) checkAll(template.templates, { ...enter(scope), part: template.part });
  else checkArguments(template, scope);
}

function checkIf(tag: IfTag | UnlessTag, scope: Scope): void {
  for (const [i, { value, templates }] of tag.branches.entries()) {
    checkValue(value, scope, 'absent');
    const turned = tag instanceof UnlessTag && i === 0;
    checkAll(templates, enter(scope, turned ? [] : pathsSurelyThere(value)));
  }
  const [first] = tag.branches;
  const turned = tag instanceof UnlessTag && tag.branches.length === 1 && first !== undefined;
  checkAll(tag.elseTemplates ?? [], enter(scope, turned ? pathsSurelyThere(first.value) : []));
}

function checkCase({ value, branches, elseTemplates }: CaseTag, scope: Scope): void {
  checkValue(value, scope, 'absent');
  for (const { values, templates } of branches) {
    for (const token of values) checkToken(token, scope, 'absent');
    checkAll(templates, enter(scope, pathsSurelyThere(value)));
  }
  checkAll(elseTemplates, enter(scope));
}

function checkFor(tag: ForTag, scope: Scope): void {
  const list = checkToken(tag.collection, scope, 'needed');
  for (const token of Object.values(tag.hash.hash)) if (token) checkToken(token, scope, 'needed');
  const item = list && itemOf(list);
  if (list !== undefined && item === undefined)
    scope.say(tag.collection, scope.part, `\`${tag.collection.getText()}\` is no list`);
  const inner = bind(bind(enter(scope), tag.variable, item ?? ANYTHING), 'forloop', ANYTHING);
  checkAll(tag.templates, inner);
  checkAll(tag.elseTemplates, enter(scope));
}

function checkAssign(tag: AssignTag, scope: Scope): void {
  const [value] = tag.arguments();
  const shape = value instanceof Value ? checkValue(value, scope, 'needed') : undefined;
  for (const { content } of tag.localScope() as Iterable<{ readonly content: string }>)
    scope.locals.set(content, shape ?? ANYTHING);
}

function checkArguments(template: Template, scope: Scope): void {
  for (const argument of template.arguments?.() ?? []) {
    if (argument instanceof Value) checkValue(argument, scope, 'needed');
    else checkToken(argument, scope, 'needed');
  }
}

/** `absent`: the value may be absent here. */
type Use = 'needed' | 'absent';

/** The type of the value; undefined where it is not known, or made by a filter. */
function checkValue({ initial, filters }: Value, scope: Scope, use: Use): Shape | undefined {
  const first = filters[0]?.name;
  const mayMiss = use === 'absent' || first === 'default' ? 'absent' : 'needed';
  const shapes = initial.postfix.map((token) => checkToken(token, scope, mayMiss));
  for (const argument of filters.flatMap(({ args }) => args)) {
    const token = Array.isArray(argument) ? argument[1] : argument;
    if (token !== undefined) checkToken(token, scope, 'needed');
  }
  const [token] = initial.postfix;
  if (first === 'word' && token !== undefined) checkWord(token, shapes[0], scope);
  return filters.length === 0 && shapes.length === 1 ? shapes[0] : undefined;
}

function checkToken(token: Token, scope: Scope, use: Use): Shape | undefined {
  if (TypeGuards.isRangeToken(token)) {
    checkToken(token.lhs, scope, use);
    checkToken(token.rhs, scope, use);
    return ANYTHING;
  }
  return TypeGuards.isPropertyAccessToken(token) ? checkPath(token, scope, use) : undefined;
}

function checkPath(token: PropertyAccessToken, scope: Scope, use: Use): Shape | undefined {
  let shape = scope.model;
  let path = '';
  for (const [i, prop] of token.props.entries()) {
    const name = 'content' in prop ? String(prop.content) : undefined;
    if (name === undefined) checkToken(prop, scope, 'needed');
    const step: Step | undefined =
      i === 0 && name !== undefined ? findRoot(scope, name) : follow(shape, name);
    if (step === undefined) {
      const known = i === 0 ? [...scope.locals.keys(), ...namesOf(shape)] : namesOf(shape);
      const what = path === '' ? `there is no \`${name}\`` : `\`${path}\` has no \`${name}\``;
      scope.say(token, scope.part, `${what}${suggest(name ?? '', known)}`);
      return undefined;
    }
    path = path === '' ? `${name}` : `${path}.${name ?? '[]'}`;
    if (step.optional && use === 'needed' && !scope.sure.has(path)) {
      scope.say(
        token,
        scope.part,
        `\`${path}\` may be absent: ask with {% if ${path} %}, or give it a default`,
      );
      return undefined;
    }
    shape = step.shape;
  }
  return shape;
}

function checkWord(token: Token, shape: Shape | undefined, { words, part, say }: Scope): void {
  const said = TypeGuards.isQuotedToken(token) ? [token.content] : shape && textsOf(shape);
  for (const text of said ?? []) {
    if (!words.has(text)) say(token, part, `no word is given for \`${text}\`${suggest(text, words.keys())}`);
  }
}

function findRoot({ model, locals }: Scope, name: string): Step | undefined {
  const local = locals.get(name);
  return local === undefined ? stepInto(model, name) : { shape: local, optional: false };
}

/** By a name, by a number, or by what another value says. */
function follow(shape: Shape, name: string | undefined): Step | undefined {
  const named = name === undefined ? undefined : stepInto(shape, name);
  if (named !== undefined) return named;
  if (name !== undefined && !/^\d+$/.test(name)) return undefined;
  const item = itemOf(shape);
  return { shape: item ?? ANYTHING, optional: name !== undefined };
}

function enter(scope: Scope, paths: readonly string[] = []): Scope {
  return { ...scope, locals: new Map(scope.locals), sure: new Set([...scope.sure, ...paths]) };
}

function bind(scope: Scope, name: string, shape: Shape): Scope {
  const sure = new Set([...scope.sure].filter((path) => path !== name && !path.startsWith(`${name}.`)));
  return { ...scope, locals: new Map([...scope.locals, [name, shape]]), sure };
}

/** When the condition holds, these are there: it names them, and nothing in it says `or` or turns it round. */
function pathsSurelyThere({ initial, filters }: Value): readonly string[] {
  const operators = initial.postfix.filter(TypeGuards.isOperatorToken).map(({ operator }) => operator);
  if (filters.length > 0 || operators.some((operator) => ['or', 'not', '!='].includes(operator))) return [];
  return initial.postfix.filter(TypeGuards.isPropertyAccessToken).flatMap(({ props }) => {
    const names = props.map((prop) => ('content' in prop ? String(prop.content) : undefined));
    return names.includes(undefined) ? [] : names.map((_, i) => names.slice(0, i + 1).join('.'));
  });
}
