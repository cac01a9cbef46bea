const idPattern = /^[0-9A-Za-z]{11}$/;

/** The request in the state that its page saved; `undefined` if it has none. */
export function readSavedRequest(state: unknown): string | undefined {
  const id = typeof state === 'object' && state !== null && 'only' in state ? state.only : undefined;
  return typeof id === 'string' && idPattern.test(id) ? id : undefined;
}
