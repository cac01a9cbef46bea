// How deep and how rich a JSON text is, before it is parsed: what walks through a value may take more than the text was worth.

/** The most that a body may hold. */
const maxDepth = 32;
const maxElements = 20_000;

/** Says what is too much about a JSON text; `undefined` if nothing is. Whether it is JSON is for the parser to say. */
export function findJsonLimitViolation(json: string): 'depth' | 'elements' | undefined {
  let depth = 0;
  let elements = 0;
  for (let index = 0; index < json.length; index += 1) {
    switch (json.charCodeAt(index)) {
      case 0x22: // "
        index = endOfString(json, index);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        elements += 1;
        if (depth > maxDepth) return 'depth';
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        elements += 1;
        break;
    }
    if (elements > maxElements) return 'elements';
  }
  return undefined;
}

/** Where the string that begins at `start` ends. */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}
