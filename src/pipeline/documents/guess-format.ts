/** What a file that is no X12 looks like, by how it begins; undefined where nothing can be said. */
export function guessFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head).toString('latin1').replace(/^ï»¿/, '').trimStart();
  return FORMATS.find(({ begins }) => begins.test(text))?.name;
}

const FORMATS: readonly { readonly begins: RegExp; readonly name: string }[] = [
  { begins: /^(UNA.{6}\s*)?UNB[^A-Za-z0-9]/, name: 'EDIFACT' },
  { begins: /^STX=/, name: 'TRADACOMS' },
  { begins: /^EDI_DC40/, name: 'an SAP IDoc' },
  { begins: /^</, name: 'XML' },
  { begins: /^[{[]/, name: 'JSON' },
  { begins: /^%PDF-/, name: 'a PDF' },
  { begins: /^PK\x03\x04/, name: 'a ZIP archive or a spreadsheet' },
  { begins: /^(Received|Return-Path|From|MIME-Version|Delivered-To|Date|Subject): /i, name: 'a mail' },
];
