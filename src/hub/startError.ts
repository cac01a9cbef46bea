/** Why a hub did not start. */
export type StartErrorCode =
  /** Another hub listens on the port. */
  | 'port-taken-by-hub'
  /** Some other program listens on the port. */
  | 'port-taken'
  | 'listen-failed'
  | 'home-not-writable'
  /** Another hub, on another port, uses the home folder. */
  | 'home-taken'
  | 'sqlite-missing'
  | 'database-failed'
  /** A newer version of AgentRQ wrote the database. */
  | 'database-newer'
  /** The database could not be brought to the schema of this version; it is as it was. */
  | 'migration-failed';

/** The hub did not start. The message is a sentence for the person, with the next step. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
