import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CommandLine, Dialog } from './agents/agentProgram.ts';
import type { Stage } from './stage.ts';

/** A program in a terminal that a test can read and type into. */
export interface Terminal {
  /** What is on the screen. */
  screen(): Promise<string>;
  /** Presses keys, as tmux names them: `Enter`, `Escape`, `y`. */
  press(...keys: string[]): Promise<void>;
  /** Types this as it is. */
  type(text: string): Promise<void>;
  /** The program dies as in a crash. */
  kill(): Promise<void>;
  /** The same, with what it has started, but for what has gone into a group of its own. */
  killGroup(): Promise<void>;
}

const run = promisify(execFile);

/** Starts a program in a terminal of its own (`tmux`), which no other has the name of. It ends with the stage. */
export async function openTerminal(
  { command, args, env: extra }: CommandLine,
  { root, folder, env }: Stage,
  name = 'tmux',
): Promise<Terminal> {
  const tmux = async (...rest: string[]): Promise<string> => {
    const { stdout } = await run('tmux', ['-S', join(root, name), '-f', '/dev/null', ...rest], { env: { ...env, ...extra } });
    return stdout;
  };
  const pid = async (): Promise<number> => Number(await tmux('display-message', '-p', '#{pane_pid}'));
  // The program ends, and what it said last stays on the screen.
  await tmux('new-session', '-d', '-x', '160', '-y', '50', '-c', folder, command, ...args, ';', 'set-option', '-w', 'remain-on-exit', 'on');
  return {
    screen: () => tmux('capture-pane', '-p'),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    type: async (text) => void (await tmux('send-keys', '-l', text)),
    kill: async () => void process.kill(await pid(), 'SIGKILL'),
    killGroup: async () => void process.kill(-(await pid()), 'SIGKILL'),
  };
}

const pressAgainMs = 5_000;

/**
 * Presses what a user presses when the program asks, each time that the returned function is called. It returns what was on the screen.
 * @param onDialog hears of each dialog once
 */
export function answerDialogs(
  terminal: Terminal,
  dialogs: readonly Dialog[],
  onDialog: (dialog: Dialog) => void = () => {},
): () => Promise<string> {
  /** When the keys of a dialog were pressed: a program that has just drawn it may not read them yet. */
  const pressed = new Map<Dialog, number>();
  return async () => {
    const screen = await terminal.screen();
    const dialog = dialogs.find(({ shows }) => shows.test(screen));
    const before = dialog && pressed.get(dialog);
    if (dialog !== undefined && (before === undefined || performance.now() - before > pressAgainMs)) {
      if (before === undefined) onDialog(dialog);
      pressed.set(dialog, performance.now());
      await terminal.press(...dialog.keys);
    }
    return screen;
  };
}
