export type Symbology = 'gs1-128' | 'code-128' | 'qr';

const NAMES = { 'gs1-128': 'GS1-128', 'code-128': 'Code 128', qr: 'QR code' } as const;

/** What was to be printed as a barcode cannot be one: the content, what is wrong, what would be right. */
export class WrongBarcode extends Error {
  override readonly name = 'WrongBarcode';

  constructor(symbology: Symbology, text: string, why: string) {
    super(`${NAMES[symbology]} ${JSON.stringify(text)}: ${why}`);
  }
}
