import { UnreadableFile } from './mistakes.ts';

/** The text of one object of a JSON file, and the line on which it begins. */
export type JsonElement = { readonly line: number; readonly text: string };

const NOTABLE = /["{}[\]\n]/g;
const SPACE = /^[\s,]*$/;

/** Cuts an array of objects, or one object after the other, into the texts of its objects. */
export async function* splitJson(pieces: AsyncIterable<string>): AsyncGenerator<JsonElement[]> {
  const splitter = new JsonSplitter();
  for await (const piece of pieces) yield splitter.take(piece);
  splitter.end();
}

/** Follows quotes and braces only; whether what lies between is JSON, `JSON.parse` tells. */
class JsonSplitter {
  #text = '';
  /** How far it is gone through. */
  #at = 0;
  #line = 1;
  #depth = 0;
  #inArray = false;
  #ended = false;
  #start = 0;
  #startLine = 1;

  take(piece: string): JsonElement[] {
    const elements: JsonElement[] = [];
    const text = this.#text.slice(this.#start) + piece;
    let at = this.#at - this.#start;
    let start = 0;
    NOTABLE.lastIndex = at;
    for (let match = NOTABLE.exec(text); match !== null; match = NOTABLE.exec(text)) {
      const mark = match[0];
      if (mark === '"') {
        const close = findClose(text, match.index + 1);
        // The rest of the string has not come yet.
        if (close < 0) {
          at = match.index;
          break;
        }
        NOTABLE.lastIndex = close + 1;
      } else if (mark === '\n') this.#line += 1;
      else if (this.#depth === 0) {
        this.#checkBetween(text.slice(start, match.index));
        this.#open(mark);
        start = mark === '{' ? match.index : match.index + 1;
      } else if (mark === '{' || mark === '[') this.#depth += 1;
      else {
        this.#depth -= 1;
        if (this.#depth === 0) {
          elements.push({ line: this.#startLine, text: text.slice(start, NOTABLE.lastIndex) });
          start = NOTABLE.lastIndex;
        }
      }
      at = NOTABLE.lastIndex;
    }
    this.#text = text;
    this.#at = at;
    this.#start = start;
    return elements;
  }

  /** A mark outside of all objects. */
  #open(mark: string): void {
    if (mark === '{' && !this.#ended) {
      this.#depth = 1;
      this.#startLine = this.#line;
    } else if (mark === '[' && !this.#inArray && !this.#ended) this.#inArray = true;
    else if (mark === ']' && this.#inArray) [this.#inArray, this.#ended] = [false, true];
    else this.#refuse(`there is a ${mark} where an object { … } was expected`);
  }

  #checkBetween(text: string): void {
    if (!SPACE.test(text))
      this.#refuse(
        `expected an object { … }, not ${text
          .replaceAll(/[\s,]+/g, ' ')
          .trim()
          .slice(0, 40)}`,
      );
  }

  end(): void {
    if (this.#depth > 0) this.#refuse('the file ends inside of the object that begins here', this.#startLine);
    this.#checkBetween(this.#text.slice(this.#start));
    if (this.#inArray) this.#refuse('the file ends before the array is closed with ]');
  }

  #refuse(message: string, line = this.#line): never {
    throw new UnreadableFile({ line, message: `this is no JSON array of objects: ${message}` });
  }
}

/** Where the string that begins before `from` ends; a quote after a backslash does not end it. */
function findClose(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '\\') at += 1;
    else if (mark === '"') return at;
  }
  return -1;
}
