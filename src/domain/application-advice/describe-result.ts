import type { AdviceError, AdviceResult } from './application-advice.ts';

type Outcome = AdviceResult['outcome'];

const SAID: Readonly<Record<Outcome, string>> = {
  accepted: 'accepted',
  'accepted-with-changes': 'accepted with changes',
  'accepted-with-errors': 'accepted with errors',
  'partly-accepted': 'accepted only in part',
  rejected: 'rejected',
  other: 'answered with a code that we do not know',
};

/** Whether a person must act: part of it, or all, was not taken, or nobody knows. */
export function isRejection({ outcome }: Pick<AdviceResult, 'outcome'>): boolean {
  return outcome === 'rejected' || outcome === 'partly-accepted' || outcome === 'other';
}

/** What the partner says of a document, with every reason: `rejected: unit price invalid …; …`. */
export function describeResult(result: AdviceResult): string {
  const { outcome, outcomeCode, errors = [], industryCodes = [] } = result;
  const listed = industryCodes.flatMap(({ codes = [] }) =>
    codes.flatMap(({ code, related = [] }) =>
      code === undefined ? [] : [`code ${code}${inBrackets(related)}`],
    ),
  );
  const reasons = [...errors.map(describeError), ...listed];
  const said = outcome === 'other' ? `${SAID.other} (OTI01 ${outcomeCode})` : SAID[outcome];
  if (reasons.length > 0) return `${said}: ${reasons.join('; ')}`;
  return isRejection(result) ? `${said}, and gives no reason` : said;
}

/** TED with its notes: what, where, what stood there, what they took instead. */
function describeError(error: AdviceError): string {
  const {
    condition,
    conditionCode,
    text,
    value,
    newValue,
    contexts = [],
    remarks = [],
    related = [],
  } = error;
  const words = ['other', 'unlisted'].includes(condition)
    ? `code ${conditionCode}`
    : condition.replaceAll('-', ' ');
  const stood = value === undefined ? '' : `, where "${value}" stands`;
  const took = newValue === undefined ? '' : `, and they took "${newValue}"`;
  const about = contexts.flatMap(({ names }) =>
    names.flatMap(({ name, value: of }) => (of === undefined ? [] : [`${name} ${of}`])),
  );
  const notes = [
    ...about,
    ...remarks.map(({ text: note }) => note),
    ...related.map(({ text: note }) => note),
  ];
  return `${words}${text === undefined ? '' : `, "${text}"`}${placeOf(error)}${stood}${took}${inBrackets(notes)}`;
}

/** `at IT1-04, segment 14`. */
function placeOf({ segment, position, element, component, elementReference }: AdviceError): string {
  const named = segment ?? '';
  const at = element === undefined ? '' : `${named === '' ? 'element ' : '-'}${element.padStart(2, '0')}`;
  const inside = component === undefined ? '' : `-${component}`;
  const of = elementReference === undefined ? '' : ` (data element ${elementReference})`;
  const place = [
    ...(named + at === '' ? [] : [`${named}${at}${inside}${of}`]),
    ...(position === undefined ? [] : [`segment ${position}`]),
  ];
  return place.length === 0 ? '' : ` at ${place.join(', ')}`;
}

function inBrackets(notes: readonly (string | { readonly text: string })[]): string {
  const texts = notes.map((note) => (typeof note === 'string' ? note : note.text));
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`;
}
