import { exactText, markedDigits, parseExact } from '../../util/exactJson.ts';

// The input of a tool is kept as text, and given back to the letter.

/** JSON, unless it is a text already. */
export function inputText(input: unknown): string {
  return exactText(input);
}

/** The input as it came. */
export function inputOf(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}

/** What stands in it, for reading: numbers of JavaScript's, and texts that are UTF-8. */
export function plainInput(value: unknown): unknown {
  if (typeof value === 'string') {
    const digits = markedDigits(value);
    return digits === undefined ? value.toWellFormed() : Number(digits);
  }
  if (Array.isArray(value)) return value.map(plainInput);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainInput(member)]));
}
