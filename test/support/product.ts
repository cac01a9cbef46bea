import { readFileSync } from 'node:fs';
import { type StartEditorOptions, startEditor } from './editor.ts';
import type { AgentAddress } from './testAgent.ts';
import type { OpenWorkbenchOptions } from './workbench/openWorkbench.ts';
import type { Workbench } from './workbench/workbench.ts';

/** The product as a user has it: VS Code with the packaged extension, a hub of its own, and windows on it. */
export interface Product {
  /** Where its window is to be had, with `folder` open. */
  readonly address: string;
  /** Where the hub keeps its state. */
  readonly home: string;
  /** Where the hub listens once a window is open. */
  readonly hubUrl: string;
  /** The home folder of the user, where agents' configs are looked for. */
  readonly userHome: string;
  /** The folder that is open, with a file `release.md` in it. */
  readonly folder: string;
  /** The file to which the practice agent writes its steps. */
  readonly practiceLog: string;
  /** Where the extension is installed. */
  extensionFolder(): string;
  /** What the user changes in the settings, with a window open or not. */
  changeSettings(changes: Record<string, unknown>): Promise<void>;
  /** Opens a window. */
  open(options?: OpenWorkbenchOptions): Promise<Workbench>;
  /** Where an agent of `folder` connects; waits until the hub knows the folder. */
  agentAddress(): Promise<AgentAddress>;
  /** The extension does nothing while `during` goes on, as on a busy machine. */
  stall<T>(during: () => Promise<T>): Promise<T>;
  /** What the extension has written to its logs, in all windows. */
  logLines(): string[];
  /** The last lines of the newest of them. */
  lastLines(): string;
  /** Closes its windows, and waits until nothing of it runs any more. */
  dispose(): Promise<void>;
}

/** The product on a VS Code of its own, with these user settings; installs what is missing first. */
export async function startProduct(options: StartEditorOptions & { settings?: Record<string, unknown> }): Promise<Product> {
  const editor = await startEditor(options);
  const { dispose, ...product } = await editor.begin({ settings: options.settings ?? {} });
  return {
    ...product,
    async dispose() {
      await dispose();
      await editor.dispose();
    },
  };
}

/** What the practice agent has written so far. */
export function readPracticeLog(file: string): { at: string; step: string; text: string }[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { at: string; step: string; text: string });
  } catch {
    return [];
  }
}
