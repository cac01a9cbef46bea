/**
 * Whether two inputs of a tool, as text, are the same but for the order of the members: Claude Code asks with the order of the tool's
 * schema, and reports with that of the model. For telling what is over, never for a verdict or for what makes two asks the same.
 */
export function isSameInput(left: string, right: string): boolean {
  return left === right || inOrder(left) === inOrder(right);
}

/** The text with the members of all objects in one order; what isn't JSON stays as it is. */
function inOrder(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_name, value: unknown) => (isObject(value) ? sorted(value) : value));
  } catch {
    return text;
  }
}

function sorted(members: object): object {
  return Object.fromEntries(Object.entries(members).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
