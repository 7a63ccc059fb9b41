import { describeLine } from './describe-line.ts';
import type { Decided, ExplainedDocument, ExplainedElement } from './explain-document.ts';
import type { ExplainedPaper } from './explain-paper.ts';
import { labelled, sayMoment } from './phrases.ts';

/** Each element with the field that it was read into, or written from; then how that was decided. */
export function describeDocument({ document, notes, elements, decided }: ExplainedDocument): string[] {
  const { direction, set, control, version, partner, file, at, id } = document;
  const way = direction === 'in' ? `from ${partner}, came` : `to ${partner}, went`;
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const atWidth = widest(elements.map((one) => one.at));
  const textWidth = Math.min(40, widest(elements.map(sayText)));
  return [
    `${set} ${control} ${way} ${sayMoment(at)} in ${file}, ${version}  [${id}]`,
    ...notes.map((note) => `  note: ${note}`),
    ...elements.map(
      (one) =>
        `  ${one.at.padEnd(atWidth)}  ${sayText(one).padEnd(textWidth)}  byte ${one.offset}  ${sayOrigin(one, direction)}`,
    ),
    ...(decided === undefined ? [] : ['', ...describeDecided(decided, direction)]),
  ];
}

function describeDecided(
  { poNumber, version, outcome, reasons, line, currency }: Decided,
  direction: 'in' | 'out',
): string[] {
  const order = `order ${poNumber}, version ${version}: ${outcome.replaceAll('-', ' ')}`;
  return [
    `${direction === 'in' ? 'decided of it' : 'it follows from'} ${order}`,
    ...labelled(
      'because',
      reasons.map(({ text }) => text),
    ),
    ...(line === undefined ? [] : describeLine(line, currency, true)),
  ];
}

/** Each figure of a paper, and where it came from. */
export function describePaper({ title, figures }: ExplainedPaper): string[] {
  const width = Math.min(48, Math.max(...figures.map(({ path }) => path.length)));
  return [
    title,
    ...figures.map(
      ({ path, value, from }) =>
        `  ${path.padEnd(width)}  "${value}"${from === undefined ? '' : `  ← ${from}`}`,
    ),
  ];
}

function sayText({ text }: ExplainedElement): string {
  return `"${text}"`;
}

function sayOrigin({ path, value, rule, text, from }: ExplainedElement, direction: 'in' | 'out'): string {
  if (path === undefined) return RULES[rule ?? ''] ?? `the map says ${rule}`;
  if (path.startsWith('unmapped'))
    return `${direction === 'in' ? 'kept' : 'taken back'} as ${path}: no map names it`;
  const said =
    typeof value === 'object' || value === undefined || value === text ? '' : ` = ${String(value)}`;
  const source = from === undefined ? '' : `: ${from}`;
  return `${direction === 'in' ? '→' : '←'} ${path}${said}${source}`;
}

/** What stands for a value without a field. */
const RULES: Readonly<Record<string, string>> = {
  constant: 'fixed in the map: it tells which segment this is',
  default: 'fixed in the map',
  envelope: 'made with the envelope: set, control number, count of segments',
  unread: 'not read',
};
