/** The editor's secret storage. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

const key = 'agentrq.personToken';
/** How long the secret storage may take while the editor answers other calls. Unlocking a keyring may need the user, so this is long. */
const patienceMs = 10_000;

/**
 * The user's token for REST and the event stream, generated once and stored in the editor's secret storage. If that fails or does not
 * respond, as without a keyring, a token for this session is used and the user is told once.
 */
export function createUserToken(deps: {
  secrets: Secrets;
  newToken: () => string;
  /** Asks the editor for something else, and resolves with its answer. */
  ping: () => PromiseLike<unknown>;
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

  /** A window that starts on a busy machine answers nothing for longer than the patience, which says nothing about its secret storage. */
  async function tooLong(): Promise<never> {
    await deps.ping();
    await new Promise<void>((resolve) => deps.after(patienceMs, resolve));
    await deps.ping();
    throw new Error('the secret storage did not answer in time');
  }

  async function find(): Promise<string> {
    try {
      return await Promise.race([kept(), tooLong()]);
    } catch (error) {
      deps.tell(error);
      return deps.newToken();
    }
  }

  return () => (token ??= find());
}
