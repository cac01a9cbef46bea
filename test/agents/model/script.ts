/** The input of a tool; one that depends on what the model was told is made of that. */
export type Input = Record<string, unknown> | ((told: string) => Record<string, unknown>);

/** What the scripted model does in one step. */
export type ScriptedMove =
  | { say: string }
  /** A tool of the hub, by its own name. */
  | { hub: string; input?: Input }
  /** The program's own tool for shell commands. */
  | { shell: string }
  /** Another tool of the program itself. */
  | { own: string; input: Input };

/** One request to the model and its answer. */
export type Step = ScriptedMove & {
  /** What the model must have been told since its last move. */
  told?: RegExp;
  /** What happens before the model moves, once the program has asked it. */
  first?: (told: string) => void | Promise<void>;
};
