/** For what must not fail in a test: the failure goes up to it. */
export function unexpected(error: unknown): never {
  throw error;
}
