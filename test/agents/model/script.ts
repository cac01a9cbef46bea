/** What the scripted model does in one step. Input that depends on what it was told is made of that. */
export type ScriptedMove =
  | { say: string }
  /** A tool of the hub, by its own name. */
  | { hub: string; input?: Record<string, unknown> | ((told: string) => Record<string, unknown>) }
  /** The program's own tool for shell commands. */
  | { shell: string }
  /** Another tool of the program itself. */
  | { own: string; input: Record<string, unknown> };

/** One request to the model and its answer. */
export type Step = ScriptedMove & {
  /** What the model must have been told since its last move. */
  told?: RegExp;
  /** What happens before the model moves, once the program has asked it. */
  first?: (told: string) => void | Promise<void>;
};
