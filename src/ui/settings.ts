import * as vscode from 'vscode';
import type { Listen } from '../util/emitter.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { SettingId } from './ids.ts';
import { settingDefaults } from './ids.ts';
import { type NotificationLevel, type NotificationPolicy, notificationLevels } from './notifications/core/policy.ts';

const section = 'agentrq';

/** The present settings. No other file reads the editor's configuration. */
export interface Settings {
  readonly hub: {
    /** The port that the user set; `undefined`: the hub chooses. */
    readonly port: number | undefined;
    /** The hub's home folder; `undefined`: the default. */
    readonly home: string | undefined;
    /** What a committed change survives: a crash of the process, or a power failure too. */
    readonly durability: 'process' | 'full';
    /** How long a call may wait for the user, in seconds, by the agent's name in `clientInfo`. */
    readonly waitSeconds: Readonly<Record<string, number>>;
    /** Whether agents that may be woken are woken. */
    readonly wake: boolean;
  };
  readonly notifications: NotificationPolicy;
  readonly programs: {
    /** A command that runs when something is announced in an unfocused window; empty: none. */
    readonly command: readonly string[];
    /** A command that plays a sound; empty: that of the system. */
    readonly soundCommand: readonly string[];
  };
}

/** The settings, with an event for changes. */
export interface SettingsSource extends Disposable {
  readonly value: Settings;
  readonly onDidChange: Listen<Settings>;
  /** A setting of the hub has changed. In a remote window also shortly after startup, when its settings arrive. */
  readonly onDidChangeHub: Listen<void>;
  /** Sets the port of the hub; `undefined`: the hub chooses. */
  setPort(port: number | undefined): Promise<void>;
  /** Sets how the user is notified of what an agent of this name has to say; `undefined`: as of others. */
  setAgentLevel(name: string, level: NotificationLevel | undefined): Promise<void>;
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
    async setAgentLevel(name, level) {
      const id = 'agentrq.notifications.agents' satisfies SettingId;
      const configuration = vscode.workspace.getConfiguration();
      const { [name]: _, ...others } = configuration.inspect<Record<string, unknown>>(id)?.globalValue ?? {};
      const next = level === undefined ? others : { ...others, [name]: level };
      await configuration.update(id, Object.keys(next).length === 0 ? undefined : next, vscode.ConfigurationTarget.Global);
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
    programs: Object.freeze({
      command: commandOf(read('agentrq.attention.command')),
      soundCommand: commandOf(read('agentrq.attention.soundCommand')),
    }),
  });
}

/** A copy with valid levels only. */
function levelsOf(given: unknown): Readonly<Record<string, NotificationLevel>> {
  const levels: readonly unknown[] = notificationLevels;
  return Object.freeze(
    Object.fromEntries(entriesOf(given).filter((entry): entry is [string, NotificationLevel] => levels.includes(entry[1]))),
  );
}

/** The command; empty if a part of it is not text. */
function commandOf(given: unknown): readonly string[] {
  return Array.isArray(given) && given.every((part) => typeof part === 'string') && given[0] !== '' ? given : [];
}

function entriesOf(given: unknown): [string, unknown][] {
  return Object.entries(typeof given === 'object' && given !== null ? given : {});
}

/** A copy with valid numbers only. The editor's own object can't be posted to the hub's thread. */
function waitSecondsOf(given: unknown): Readonly<Record<string, number>> {
  return Object.freeze(
    Object.fromEntries(entriesOf(given).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0)),
  );
}
