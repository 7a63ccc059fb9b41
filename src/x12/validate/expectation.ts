import type { CompiledElement } from '../standard/compile.ts';
import type { ElementCode } from './policy.ts';

/** What a value should have been, for a person: `R 1/15 expects digits with at most one decimal point`. */
export function expectation(element: CompiledElement, code: ElementCode): string {
  const { definition } = element;
  if (definition === undefined) return 'it breaks its definition';
  const shape = `${definition.type} ${definition.min}/${definition.max}`;
  switch (code) {
    case '4':
      return `${shape} expects at least ${definition.min} ${unit(definition.type)}`;
    case '5':
      return `${shape} expects at most ${definition.max} ${unit(definition.type)}`;
    case '6':
      return `${shape} expects ${characters(definition.type)}`;
    case '7':
      return nameCodes(element);
    case '8':
      return `${shape} expects a day of the calendar as ${definition.max === 6 ? 'YYMMDD' : 'CCYYMMDD'}`;
    case '9':
      return `${shape} expects a time as HHMM or HHMMSS`;
    default:
      return `${shape} expected`;
  }
}

function unit(type: string): string {
  return type === 'R' || type.startsWith('N') ? 'digits' : 'characters';
}

function characters(type: string): string {
  if (type === 'R') return 'digits with at most one decimal point';
  if (type.startsWith('N')) return 'digits only, the decimal point is implied';
  return 'printable characters of the agreed character set, none of them a separator';
}

const MOST_NAMED = 12;

function nameCodes(element: CompiledElement): string {
  const codes = [...(element.definition?.codes?.keys() ?? [])];
  const named = codes.slice(0, MOST_NAMED).join(', ');
  return codes.length > MOST_NAMED
    ? `one of ${codes.length} codes expected, such as ${named}`
    : `one of ${named} expected`;
}
