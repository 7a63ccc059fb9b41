/** What a piece of text is, for its colour. */
export type Tone = 'title' | 'id' | 'quiet' | 'value' | 'words' | 'good' | 'warning' | 'error';

export type Paint = (tone: Tone, text: string) => string;

/** SGR parameters of the sixteen colours that every terminal theme makes readable. */
const CODES: Readonly<Record<Tone, string>> = {
  title: '1',
  id: '1;36',
  quiet: '2',
  value: '1',
  words: '32',
  good: '1;32',
  warning: '33',
  error: '31',
};

export const paintNothing: Paint = (_tone, text) => text;

export const paintTerminal: Paint = (tone, text) => (text === '' ? '' : `\x1b[${CODES[tone]}m${text}\x1b[0m`);
