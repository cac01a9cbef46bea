import { inEnglish, type Sentence, translatable } from '../../util/sentence.ts';

/** Why a hub did not start. */
export type StartErrorCode =
  /** The hub of this home folder runs elsewhere: `url` says where, and it has proven itself. */
  | 'hub-runs'
  /** A hub of another user or another home folder has the port that was set. */
  | 'port-taken-by-hub'
  /** Some other program has the port that was set. */
  | 'port-taken'
  /** No port was set, and the usual ones are all taken. */
  | 'ports-taken'
  | 'listen-failed'
  | 'home-not-writable'
  /** The file system of the home folder can't lock files. */
  | 'home-cannot-lock'
  /** Another hub uses the home folder, and has not proven in time that it is one. */
  | 'home-taken'
  | 'sqlite-missing'
  | 'database-failed'
  /** A newer version of AgentRQ wrote the database. */
  | 'database-newer'
  /** The database could not be brought to the schema of this version; it is as it was. */
  | 'migration-failed';

/** The hub did not start. The message is a sentence for the user, with the next step. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;
  /** The port or the address that it is about. */
  readonly port: number | undefined;
  readonly url: string | undefined;

  /** The message, as it can be put into the user's language. */
  readonly sentence: Sentence;

  constructor(code: StartErrorCode, sentence: Sentence, { port, url, ...options }: ErrorOptions & { port?: number; url?: string } = {}) {
    super(inEnglish(sentence), options);
    this.code = code;
    this.sentence = sentence;
    this.port = port;
    this.url = url;
  }
}

/** Without locks two hubs would write to one database. */
export function cannotLock(home: string, cause?: unknown): StartError {
  return new StartError(
    'home-cannot-lock',
    translatable(
      'The file system of {0} can’t lock files, which the hub needs. In the setting agentrq.hub.home, choose a folder on a disk of this machine, then restart the hub.',
      home,
    ),
    { cause },
  );
}
