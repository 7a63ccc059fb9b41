/**
 * The segments of an interchange, ISA first, cut at the separators that its ISA shows and by nothing of ours. Blanks
 * and line ends ahead of a segment are no part of it. Latin-1 view.
 */
export function cutInterchange(text: string): string[][] {
  const element = text[3]!;
  const isa = text.split(element, 16);
  const start = isa.join(element).length + 2;
  const shown = text.slice(start, start + text.slice(start).search(/(GS|TA1|ISB|IEA)\W/));
  // A line end behind a terminator of another kind is for people.
  const terminator = shown.trim() || shown.slice(0, 1);
  // Of several signs that end each segment the last may be cut off.
  const whole = text.endsWith(terminator) ? text : text.replace(new RegExp(`\\${terminator[0]}$`), '');
  const rest = whole.slice(start + shown.length).split(terminator);
  const rows = rest.map((segment) => segment.trimStart().split(element)).filter(([id]) => id !== '');
  return [[...isa, text[start - 1]!], ...rows];
}
