/**
 * The segments of an interchange, ISA first, cut at the separators that its ISA shows and by nothing of ours. Blanks
 * and line ends around segments are no part of them.
 */
export function cutInterchange(text: string): string[][] {
  const element = text[3]!;
  const isa = text.split(element, 16);
  const end = isa.join(element).length + 1;
  const [component = '', ...between] = text.slice(end, text.slice(end).search(/(GS|TA1|ISB|IEA)\W/) + end);
  // A line end behind a terminator of another kind is for people.
  const terminator = between.join('').trim() || (between[0] ?? '');
  const rest = text.slice(end + 1 + between.length).split(terminator);
  const rows = rest.map((segment) => segment.trim().split(element)).filter(([id]) => id !== '');
  return [[...isa, component], ...rows];
}
