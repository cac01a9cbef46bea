/** Where the editor keeps secrets. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

const key = 'agentrq.personToken';
/** A keyring that is locked may ask the user first. */
const patienceMs = 10_000;

/**
 * The token that opens REST and the event stream: made once, and kept where the editor keeps secrets. Where that fails or never answers, as
 * without a keyring, there is one for this session, which the user is told once.
 */
export function createPersonToken(deps: {
  secrets: Secrets;
  newToken: () => string;
  /** Fires after so many milliseconds. */
  after: (ms: number, fn: () => void) => void;
  tell: (error: unknown) => void;
}): () => Promise<string> {
  const { secrets } = deps;
  let token: Promise<string> | undefined;

  async function kept(): Promise<string> {
    const known = await secrets.get(key);
    if (known !== undefined) return known;
    const made = deps.newToken();
    await secrets.store(key, made);
    return made;
  }

  async function find(): Promise<string> {
    try {
      const tooLong = new Promise<never>((_, reject) => deps.after(patienceMs, () => reject(new Error('no answer in time'))));
      return await Promise.race([kept(), tooLong]);
    } catch (error) {
      deps.tell(error);
      return deps.newToken();
    }
  }

  return () => (token ??= find());
}
