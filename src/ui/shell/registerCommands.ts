import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { CommandId } from '../ids.ts';

/**
 * The handler of a command, with its arguments: a tree row, a target, or nothing; some menus pass several. The caller shows failures.
 */
export type Command = (argument: unknown, ...more: readonly unknown[]) => Promise<void>;

/** Registers every command of the manifest. A command that fails shows that to the user; it never rejects. */
export function registerCommands(commands: { readonly [K in CommandId]: Command }, report: (error: unknown) => void): Disposable {
  const store = new DisposableStore();
  for (const [id, command] of Object.entries(commands)) {
    const run = async (argument: unknown, ...more: unknown[]): Promise<void> => {
      try {
        await command(argument, ...more);
      } catch (error) {
        report(error);
      }
    };
    store.add(vscode.commands.registerCommand(id, run));
  }
  return store;
}
