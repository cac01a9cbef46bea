import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CommandId } from '../../../src/ui/ids.ts';
import { waitFor } from '../../support/waitFor.ts';

/** A command, and what it is for. */
interface Deed {
  /** What is waited for. */
  description: string;
  command: CommandId;
  argument: unknown;
  done: () => boolean;
  /** The command opens a list; its first entry is taken. */
  takeFirst?: boolean;
}

/**
 * A prompt that follows something else takes nothing until nothing was typed for a moment, so keys without a pause are never taken. By then
 * it listens. Milliseconds.
 */
const listensMs = 1_000;

/**
 * Runs a command of the extension until what it is for has happened. The window's board hears of a new thing a moment after the agent
 * that made it: a command that comes too early says so in a toast and waits; the toast is taken away, and the command run again.
 */
export async function runUntil({ description, command, argument, done, takeFirst = false }: Deed): Promise<void> {
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    try {
      await vscode.commands.executeCommand(command, argument);
    } finally {
      running = false;
    }
  };
  await waitFor(description, async () => {
    if (done()) return true;
    if (!running) void run().catch((error: unknown) => console.log(`${command} failed, and is run again: ${String(error)}`));
    await vscode.commands.executeCommand('notifications.clearAll');
    if (takeFirst) {
      // Nothing is chosen when a list opens.
      await vscode.commands.executeCommand('quickInput.first');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      if (!done()) await pause(listensMs);
    }
    return done();
  });
}
