import type { Clock } from '../util/clock.ts';

/** The editor's secret storage. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
}

const key = 'agentrq.personToken';
/** How long the secret storage may take while the editor answers other calls. Unlocking a keyring may need the user, so this is long. */
const patienceMs = 10_000;

interface UserTokenDeps {
  secrets: Secrets;
  newToken: () => string;
  /** Asks the editor for something else, and resolves with its answer. */
  ping: () => PromiseLike<unknown>;
  clock: Pick<Clock, 'after'>;
  tell: (error: unknown) => void;
}

/**
 * The user's token for REST and the event stream, generated once and stored in the editor's secret storage. If that fails or does not
 * respond, as without a keyring, a token for this session is used and the user is told once.
 */
export function createUserToken({ secrets, newToken, ping, clock, tell }: UserTokenDeps): () => Promise<string> {
  let token: Promise<string> | undefined;

  async function kept(): Promise<string> {
    const known = await secrets.get(key);
    if (known !== undefined) return known;
    const made = newToken();
    await secrets.store(key, made);
    return made;
  }

  /** A window that starts on a busy machine answers nothing for longer than the patience, which says nothing about its secret storage. */
  async function tooLong(): Promise<never> {
    await ping();
    await new Promise<void>((resolve) => clock.after(patienceMs, resolve));
    await ping();
    throw new Error('no answer in time');
  }

  async function find(): Promise<string> {
    try {
      return await Promise.race([kept(), tooLong()]);
    } catch (error) {
      tell(error);
      return newToken();
    }
  }

  return () => (token ??= find());
}
