import type { EnvelopeOddity } from '../../src/x12/tolerate/tolerance.ts';
import { ISA_LENGTH, interchange, order } from './support.ts';

export const sound = interchange();
const wrapped = interchange({ sets: [order('0001'), order('0002')] }).replace(/(.{80})/g, '$1\r\n');

export type Case = {
  readonly given: string;
  readonly oddity: EnvelopeOddity;
  readonly bytes: string;
  /** Byte at which it is told. */
  readonly at: number;
  /** How it should have been sent, where that is not the sound sample, once for each interchange. */
  readonly meant?: string;
  /** TA105 when it is refused; absent where there is no interchange that could be. */
  readonly note?: string;
};

/** Interchanges that stray from the standard, one way each. */
export const CASES: readonly Case[] = [
  { given: 'a BOM', oddity: 'byte-order-mark', bytes: `\xef\xbb\xbf${sound}`, at: 0, note: '022' },
  {
    given: 'a BOM between two interchanges',
    oddity: 'byte-order-mark',
    bytes: `${sound}\r\n\xef\xbb\xbf${interchange({ control: '000000002' })}`,
    at: sound.length + 2,
    note: '022',
  },
  { given: 'a mail head before it', oddity: 'junk', bytes: `From: x\n\n${sound}`, at: 0, note: '022' },
  {
    given: 'words between two interchanges',
    oddity: 'junk',
    bytes: `${sound}\nend of file 1\n${interchange({ control: '000000002' })}`,
    at: sound.length + 1,
    note: '022',
  },
  { given: 'words behind it', oddity: 'junk', bytes: `${sound}\n-- end --`, at: sound.length + 1 },
  { given: 'NULs before it', oddity: 'padding', bytes: `\0\0${sound}`, at: 0, note: '022' },
  { given: 'Ctrl-Z behind it', oddity: 'padding', bytes: `${sound}\r\n\x1a`, at: sound.length + 2 },
  { given: 'a block filled with NUL', oddity: 'padding', bytes: sound.padEnd(2048, '\0'), at: sound.length },
  { given: 'an unpadded ISA', oddity: 'unpadded-isa', bytes: sound.replace(/ +/g, ''), at: 0, note: '022' },
  {
    given: 'U as ISA11 of 00501',
    oddity: 'wrong-isa11',
    bytes: interchange({ version: '00501' }),
    at: 0,
    note: '016',
  },
  {
    given: 'another letter as ISA11 of 00501',
    oddity: 'wrong-isa11',
    bytes: interchange({ version: '00501', isa11: 'R' }),
    at: 0,
    note: '016',
  },
  ...['^', '>', ':'].map((isa11) => ({
    given: `${isa11} as ISA11 of 00401`,
    oddity: 'wrong-isa11' as const,
    bytes: interchange({ isa11 }),
    at: 0,
    note: '016',
  })),
  {
    given: 'lines of 80 characters',
    oddity: 'wrapped-lines',
    bytes: wrapped,
    meant: wrapped.replaceAll('\r\n', ''),
    at: 0,
    note: '024',
  },
  {
    given: 'lines of 64 characters',
    oddity: 'wrapped-lines',
    bytes: sound.replace(/(.{64})/g, '$1\n'),
    at: 0,
    note: '024',
  },
  {
    given: 'a blank line between segments',
    oddity: 'blank-lines',
    bytes: sound.replaceAll('~', '~\n').replace('~\nN1', '~\n\nN1'),
    at: sound.replaceAll('~', '~\n').indexOf('\nN1'),
    note: '024',
  },
  {
    given: 'a blank line of CRLF in a file of CRLF',
    oddity: 'blank-lines',
    bytes: sound.replaceAll('~', '~\r\n').replace('\r\nN1', '\r\n\r\nN1'),
    at: sound.replaceAll('~', '~\r\n').indexOf('\r\nN1'),
    note: '024',
  },
  {
    given: 'a blank line in a file of lines',
    oddity: 'blank-lines',
    bytes: sound.replaceAll('~', '\n').replace('\nN1', '\n\nN1'),
    at: sound.replaceAll('~', '\n').indexOf('N1'),
    note: '024',
  },
  {
    given: 'an indented segment',
    oddity: 'blank-lines',
    bytes: sound.replace('~N1', '~\n  N1'),
    at: sound.indexOf('N1*'),
    note: '024',
  },
  {
    given: 'some segments ended by a line feed alone',
    oddity: 'mixed-terminators',
    bytes: sound.replace('~PO1', '\nPO1').replace('~CTT', '\r\nCTT'),
    at: sound.indexOf('~PO1'),
    note: '004',
  },
  {
    given: 'the trailers ended by line feeds',
    oddity: 'mixed-terminators',
    bytes: sound.replace('~SE', '\nSE').replace('~GE', '\nGE').replace('~IEA', '\nIEA'),
    at: sound.indexOf('~SE'),
    note: '004',
  },
  {
    given: 'a line end before the terminator',
    oddity: 'mixed-terminators',
    bytes: sound.replace('~PO1', '\r\n~PO1'),
    at: sound.indexOf('~PO1'),
    note: '004',
  },
  {
    given: 'CRLF here and there in a file of lines',
    oddity: 'mixed-terminators',
    bytes: sound.replaceAll('~', '\n').replace('\nPO1', '\r\nPO1').replace('\nGE', '\r\nGE'),
    at: sound.indexOf('~PO1'),
    note: '004',
  },
  {
    given: 'LF here and there in a file of CRLF lines',
    oddity: 'mixed-terminators',
    bytes: sound.replaceAll('~', '\r\n').replace('\r\nPO1', '\nPO1'),
    at: sound.replaceAll('~', '\r\n').indexOf('\r\nPO1'),
    note: '004',
  },
  {
    given: 'an IEA without its terminator',
    oddity: 'missing-last-terminator',
    bytes: sound.slice(0, -1),
    at: sound.length - 1,
    note: '023',
  },
  ...['\n', '\r\n', '  ', '\0\0', '\x1a'].map((end) => ({
    given: `an IEA with ${JSON.stringify(end)} for its terminator`,
    oddity: 'missing-last-terminator' as const,
    bytes: sound.slice(0, -1) + end,
    at: sound.length - 1,
    note: '023',
  })),
  {
    given: 'an IEA without its terminator before another ISA',
    oddity: 'missing-last-terminator',
    bytes: sound.slice(0, -1) + interchange({ control: '000000002' }),
    at: sound.length - 1,
    note: '023',
  },
  { given: 'isa', oddity: 'lower-case-ids', bytes: sound.replace('ISA', 'isa'), at: 0, note: '022' },
  {
    given: 'qualifiers of the ISA in lower case',
    oddity: 'lower-case-ids',
    bytes: sound.replaceAll('*ZZ*', '*zz*'),
    at: 0,
    note: '022',
  },
  {
    given: 'the whole envelope in lower case',
    oddity: 'lower-case-ids',
    bytes: sound.replace(/(?<=^|~)(ISA|GS|ST|SE|GE|IEA)\*/g, (id) => id.toLowerCase()),
    at: 0,
    note: '022',
  },
  {
    given: 'gs and ge',
    oddity: 'lower-case-ids',
    bytes: sound.replace('GS*', 'gs*').replace('GE*', 'ge*'),
    at: ISA_LENGTH,
    note: '024',
  },
  {
    given: 'st and se',
    oddity: 'lower-case-ids',
    bytes: sound.replace('ST*850', 'st*850').replace('SE*', 'se*'),
    at: sound.indexOf('ST*850'),
    note: '024',
  },
  {
    given: 'po as GS01',
    oddity: 'lower-case-ids',
    bytes: sound.replace('GS*PO', 'GS*po'),
    at: ISA_LENGTH + 3,
    note: '024',
  },
  {
    given: 'ids padded in the GS',
    oddity: 'padded-elements',
    bytes: sound.replace('*ACMEIND*HOUSE*', '*ACMEIND        *HOUSE          *'),
    at: ISA_LENGTH,
    note: '024',
  },
  {
    given: 'spaces in the GE',
    oddity: 'padded-elements',
    bytes: sound.replace('GE*1*1', 'GE* 1 *1 '),
    at: sound.indexOf('GE*'),
    note: '024',
  },
  {
    given: 'separators behind the GS',
    oddity: 'trailing-separators',
    bytes: sound.replace('*X*004010', '*X*004010**'),
    at: ISA_LENGTH,
    note: '024',
  },
  {
    given: 'a separator behind the IEA',
    oddity: 'trailing-separators',
    bytes: sound.replace('IEA*1*000000001', 'IEA*1*000000001*'),
    at: sound.indexOf('IEA'),
    note: '024',
  },
];
