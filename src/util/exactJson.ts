import { endOfString } from './jsonShape.ts';

// JSON whose numbers come out as they went in. JSON.parse makes 12345678901234567890 or 1.0 another number, and a client that gets it back
// may not recognise it. So a number that would change is read as a string that holds its digits behind a mark.

/** Random, so that no text from outside is taken for a number. */
const mark = `number ${crypto.randomUUID()} `;
const markedText = new RegExp(`"${mark}([-+.\\deE]+)"`, 'g');

const wholeNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const digitsOfNumber = /-?\d[-+.\deE]*/y;
/** A quick look that may be wrong about what stands in strings: at no number but these is there anything to keep. */
const mayChange = /[:,[\s](?:-?\d{16}|-?\d+[.eE]|-0)|^(?:-?\d{16}|-?\d+[.eE]|-0)/;

/** Reads JSON; what JSON.parse would change of its numbers is marked. @throws SyntaxError */
export function parseExact(json: string): unknown {
  return JSON.parse(mayChange.test(json) ? markNumbers(json) : json);
}

/** Writes what `parseExact` has read, or what was made of it. */
export function writeExact(value: unknown): string {
  return unmark(JSON.stringify(value));
}

/** The same for JSON that was written by somebody else. */
export function unmark(json: string): string {
  return json.includes(mark) ? json.replaceAll(markedText, '$1') : json;
}

/** Stands before every number that is marked, for code that searches bytes. */
export const numberMark: string = mark;

/** A text as it is, and anything else as JSON. */
export function exactText(value: unknown): string {
  return typeof value === 'string' && markedDigits(value) === undefined ? value : writeExact(value);
}

/** Would `JSON.parse` change a number of this? It may say so without need. */
export function mayChangeNumbers(json: string): boolean {
  return mayChange.test(json);
}

/** The digits of a number that was marked. */
export function markedDigits(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : undefined;
}

/** A number as it stands in JSON, marked. */
export function markNumber(digits: string): string {
  return mark + digits;
}

function markNumbers(json: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === 0x22) {
      index = endOfString(json, index);
      continue;
    }
    if (code !== 0x2d && (code < 0x30 || code > 0x39)) continue;
    digitsOfNumber.lastIndex = index;
    const [digits] = digitsOfNumber.exec(json) ?? [];
    if (digits === undefined) continue;
    if (isChanged(digits)) {
      parts.push(json.slice(from, index), JSON.stringify(markNumber(digits)));
      from = index + digits.length;
    }
    index += digits.length - 1;
  }
  return parts.join('') + json.slice(from);
}

/** What is no number stays, for the parser to refuse. */
function isChanged(digits: string): boolean {
  return wholeNumber.test(digits) && String(Number(digits)) !== digits;
}
