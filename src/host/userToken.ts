/** The editor's secret storage. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

const key = 'agentrq.personToken';
/** Unlocking a keyring may need the user, so this is long. */
const patienceMs = 10_000;

/**
 * The user's token for REST and the event stream, generated once and stored in the editor's secret storage. If that fails or does not
 * respond, as without a keyring, a token for this session is used and the user is told once.
 */
export function createUserToken(deps: {
  secrets: Secrets;
  newToken: () => string;
  /** Calls `fn` after `ms` milliseconds. */
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
