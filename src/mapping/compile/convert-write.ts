import { isDecimal } from '../../lib/decimal.ts';
import type { Conversion } from '../language/plan.ts';

/** The text of an element for the value of a field, or undefined where the value cannot be written so. */
export type WriteText = (value: string) => string | undefined;

export function compileWriteText(conversion: Conversion): WriteText {
  const { trim, upper, pad, as } = conversion;
  const format = compileFormat(as);
  if (!trim && !upper && pad === undefined) return format;
  return (value) => {
    let text = format(value);
    if (text === undefined) return undefined;
    if (trim) text = text.trim();
    if (upper) text = text.toUpperCase();
    return pad === undefined ? text : text.padStart(pad.width, pad.fill);
  };
}

/** For the message when a value cannot be written. */
export function describeConversion(as: Conversion['as']): string {
  switch (as.kind) {
    case 'implied':
      return `a number of at most ${as.places} decimal places`;
    case 'decimal':
      return 'a plain number';
    case 'table':
      return `a name in the code table ${as.table.name}`;
    default:
      return `a ${as.kind} such as ${EXAMPLES[as.kind]}`;
  }
}

const EXAMPLES = {
  text: 'ABC',
  date: '2024-01-31',
  date6: '2024-01-31',
  time: '09:30',
  'date-time': '2024-01-31T09:30',
} as const;

function compileFormat(as: Conversion['as']): WriteText {
  switch (as.kind) {
    case 'text':
    case 'table':
      return (value) => value;
    case 'decimal':
      return (value) => (isDecimal(value) ? value : undefined);
    case 'implied':
      return (value) => formatImplied(value, as.places);
    case 'date':
      return formatDate;
    case 'date6':
      return formatDate6;
    case 'time':
      return formatTime;
    case 'date-time':
      return formatDateTime;
  }
}

function formatDate(value: string): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return match === null ? undefined : `${match[1]}${match[2]}${match[3]}`;
}

/** Only the hundred years that six digits can tell apart. */
function formatDate6(value: string): string | undefined {
  return value >= '1950' && value < '2050' ? formatDate(value)?.slice(2) : undefined;
}

function formatTime(value: string): string | undefined {
  const match = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,2}))?)?$/.exec(value);
  return match === null ? undefined : `${match[1]}${match[2]}${match[3] ?? ''}${match[4] ?? ''}`;
}

function formatDateTime(value: string): string | undefined {
  const [day = '', hour = ''] = value.split('T');
  const date = formatDate(day);
  const time = formatTime(hour);
  return date === undefined || time === undefined ? undefined : date + time;
}

/** Nothing is rounded: `1.234` is no N2. */
function formatImplied(value: string, places: number): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value);
  if (match === null || !isDecimal(value)) return undefined;
  const fraction = match[3] ?? '';
  if (/[^0]/.test(fraction.slice(places))) return undefined;
  if (places === 0) return `${match[1] === '-' ? '-' : ''}${match[2] || '0'}`;
  const digits = (match[2]! + fraction.slice(0, places).padEnd(places, '0')).replace(/^0+(?=\d)/, '');
  return `${match[1] === '-' ? '-' : ''}${digits}`;
}
