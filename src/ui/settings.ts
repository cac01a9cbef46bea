import * as vscode from 'vscode';
import type { Listen } from '../util/emitter.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { SettingId } from './ids.ts';
import { settingDefaults } from './ids.ts';
import { type AttentionLevel, type AttentionPolicy, attentionLevels } from './notifications/core/policy.ts';

const section = 'agentrq';

/** The settings as they are now. The only way to them: nobody else reads the editor's configuration. */
export interface Settings {
  readonly hub: {
    /** What the user has set; `undefined`: the hub chooses among its usual ones. */
    readonly port: number | undefined;
    /** The folder of the hub's data; `undefined`: the hub's own default. */
    readonly home: string | undefined;
    /** What an acknowledged change survives. */
    readonly durability: 'process' | 'full';
    /** How long a call may wait for the person, by the agent's name in `clientInfo`. Seconds. */
    readonly waitSeconds: Readonly<Record<string, number>>;
    /** Whether agents are woken, as far as the user has allowed it for each. */
    readonly wake: boolean;
  };
  readonly notifications: AttentionPolicy;
  readonly attention: {
    /** A program and its arguments, run when something is announced and nobody looks at the window; empty: none. */
    readonly command: readonly string[];
    /** A program that plays a sound, and its arguments; empty: the one of the system. */
    readonly soundCommand: readonly string[];
  };
}

/** The settings, and word of each change. */
export interface SettingsSource extends Disposable {
  readonly value: Settings;
  readonly onDidChange: Listen<Settings>;
  /** The hub has to listen, to keep its data or to wait otherwise. In a remote window also soon after the start, when its settings arrive. */
  readonly onDidChangeHub: Listen<void>;
  /** Sets the port of the hub; `undefined`: the hub chooses. */
  setPort(port: number | undefined): Promise<void>;
}

/** Follows the settings until it is disposed. */
export function watchSettings(): SettingsSource {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<Settings>());
  const hubChanged = store.add(new vscode.EventEmitter<void>());
  let value = readSettings();
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(section)) return;
      const before = value;
      value = readSettings();
      changed.fire(value);
      if (JSON.stringify(value.hub) !== JSON.stringify(before.hub)) hubChanged.fire();
    }),
  );
  return {
    get value() {
      return value;
    },
    onDidChange: (listener) => changed.event(listener),
    onDidChangeHub: (listener) => hubChanged.event(listener),
    async setPort(port) {
      await vscode.workspace.getConfiguration().update('agentrq.hub.port', port, vscode.ConfigurationTarget.Global);
    },
    dispose: () => store.dispose(),
  };
}

function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration();
  const read = <K extends SettingId>(id: K): (typeof settingDefaults)[K] => configuration.get(id, settingDefaults[id]);
  const home = read('agentrq.hub.home').trim();
  return Object.freeze({
    hub: Object.freeze({
      port: configuration.inspect<number>('agentrq.hub.port')?.globalValue,
      home: home === '' ? undefined : home,
      durability: read('agentrq.hub.durability'),
      waitSeconds: waitSecondsOf(read('agentrq.agents.waitSeconds')),
      wake: read('agentrq.agents.wake'),
    }),
    notifications: Object.freeze({
      questions: read('agentrq.notifications.questions'),
      messages: read('agentrq.notifications.messages'),
      kinds: levelsOf(read('agentrq.notifications.kinds')),
      agents: levelsOf(read('agentrq.notifications.agents')),
    }),
    attention: Object.freeze({
      command: commandOf(read('agentrq.attention.command')),
      soundCommand: commandOf(read('agentrq.attention.soundCommand')),
    }),
  });
}

/** A copy without what is no level. */
function levelsOf(given: unknown): Readonly<Record<string, AttentionLevel>> {
  const levels: readonly unknown[] = attentionLevels;
  return Object.freeze(
    Object.fromEntries(entriesOf(given).filter((entry): entry is [string, AttentionLevel] => levels.includes(entry[1]))),
  );
}

/** Nothing, if anything in it is no text: half a command isn't run. */
function commandOf(given: unknown): readonly string[] {
  return Array.isArray(given) && given.every((part) => typeof part === 'string') && given[0] !== '' ? given : [];
}

function entriesOf(given: unknown): [string, unknown][] {
  return Object.entries(typeof given === 'object' && given !== null ? given : {});
}

/** A copy without what is no number of seconds: the editor's own object can't be sent to the thread of the hub. */
function waitSecondsOf(given: unknown): Readonly<Record<string, number>> {
  return Object.freeze(
    Object.fromEntries(entriesOf(given).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0)),
  );
}
