import type { FunctionalAcknowledgement } from './functional-acknowledgement.ts';

type SetNote = NonNullable<FunctionalAcknowledgement['sets']>[number];
type SegmentNote = NonNullable<SetNote['segments']>[number];
type ElementNote = NonNullable<SegmentNote['elements']>[number];
type Words = Readonly<Record<string, string>>;

/* X12 716, 715, 718 and 720. The codes of each that a 999 adds are about an implementation guide. */
const GROUP: Words = {
  '1': 'the group is not supported',
  '2': 'the version of the group is not supported',
  '3': 'the trailer of the group is missing',
  '4': 'the control numbers of the group differ',
  '5': 'the number of sets differs from what is in the group',
  '6': 'the control number of the group breaks the standard',
};
const SET: Words = {
  '1': 'the set is not supported',
  '2': 'the trailer of the set is missing',
  '3': 'the control numbers of the set differ',
  '4': 'the number of segments differs from what is in the set',
  '5': 'segments have errors',
  '6': 'the set identifier is missing or wrong',
  '7': 'the control number of the set is missing or wrong',
};
const SEGMENT: Words = {
  '1': 'the segment is unknown',
  '2': 'the segment is unexpected',
  '3': 'the mandatory segment is missing',
  '4': 'the loop comes too often',
  '5': 'the segment comes too often',
  '6': 'the segment is not in the set',
  '7': 'the segment is out of order',
  '8': 'elements have errors',
};
const ELEMENT: Words = {
  '1': 'a mandatory element is missing',
  '2': 'an element is missing that others ask for',
  '3': 'there are too many elements',
  '4': 'it is too short',
  '5': 'it is too long',
  '6': 'it has a character that is not allowed',
  '7': 'the code is not in its list',
  '8': 'it is no date',
  '9': 'it is no time',
  '10': 'elements exclude one another',
};

/** Why a 997 or 999 refused a set, with the places that it names; '' where it does not say. */
export function describeNotes({ segments = [], codes = [] }: SetNote): string {
  const places = segments.flatMap((note) => {
    const { elements = [] } = note;
    return elements.length > 0 ? elements.map((one) => describeElement(note, one)) : [describeSegment(note)];
  });
  // That segments have errors is said by the segments.
  const whole = codes.filter((code) => code !== '5' || places.length === 0);
  return [...whole.map((code) => say(SET, code)), ...places].join('; ');
}

export function describeGroupCodes({ codes = [] }: Pick<FunctionalAcknowledgement, 'codes'>): string {
  return codes.map((code) => say(GROUP, code)).join('; ');
}

function describeSegment({ segment, position, code }: SegmentNote): string {
  return `${segment}, segment ${position}${code === undefined ? '' : `: ${say(SEGMENT, code)}`}`;
}

/** `IT1-04, segment 6: it is too long ("12.345678901")`. */
function describeElement(note: SegmentNote, element: ElementNote): string {
  const { position, component, code, value } = element;
  const at = `${note.segment}-${position.padStart(2, '0')}${component === undefined ? '' : `-${component}`}`;
  const stood = value === undefined ? '' : ` ("${value}")`;
  return `${at}, segment ${note.position}: ${say(ELEMENT, code)}${stood}`;
}

function say(words: Words, code: string): string {
  return Object.hasOwn(words, code) ? words[code]! : `code ${code}`;
}
