import type { Digest } from './digest.ts';
import type { Piece } from './view.ts';

/** Whether a set of this control number, ST02, is in the file. */
export function holdsSet({ judged }: Digest, control: string): boolean {
  return [...judged.values()].some(({ report }) =>
    report.groups.some(({ sets }) => sets.some((set) => set.control === control)),
  );
}

/** The sets of one control number, each under its interchange and group. */
export function* onlySet(pieces: Iterable<Piece>, digest: Digest, control: string): Generator<Piece> {
  let holding: readonly number[] = [];
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'interchange': {
        const groups = digest.judged.get(piece.segment.offset)?.report.groups ?? [];
        holding = groups.flatMap(({ header, sets }) =>
          sets.some((set) => set.control === control) ? [header.offset] : [],
        );
        if (holding.length > 0) yield piece;
        break;
      }
      case 'group':
        if (holding.includes(piece.segment.offset)) yield piece;
        break;
      case 'set':
        if (piece.control === control) yield piece;
        break;
      case 'end':
        if (holding.length > 0) yield piece;
        break;
    }
  }
}
