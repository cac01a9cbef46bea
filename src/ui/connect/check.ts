import type { Connection } from '../../agents/config/connectAgent.ts';
import { readConnection } from '../../agents/doctor/readConnection.ts';
import { timestamp } from '../../util/clock.ts';
import { assertNever } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import type { PickItem } from '../shell/prompts.ts';
import { joinParts } from '../text/displayNames.ts';
import { agentNames } from './agentText.ts';
import type { OpenList } from './api.ts';
import type { ConnectContext } from './context.ts';
import { checkRows, firstToMend, stepOfRow, sumOf } from './doctor/checkRows.ts';
import { type Step, stepProgress, testPrompt } from './doctor/doctorSteps.ts';
import { type Mend, nodeDownloads } from './doctor/mend.ts';
import { renderDoctor, verdict } from './doctor/renderDoctor.ts';
import { connectionName, connectionText } from './pickConnection.ts';

/** The rows below the steps. */
const [copyRow, againRow, stopRow] = ['copy', 'again', 'stop'] as const;

/** What a check leaves to others. */
export interface CheckActions {
  /** Writes the entry of a connection again. */
  writeAgain(connection: Connection): Promise<void>;
  /** Runs what a press began, and shows the user why it failed. */
  begin(run: () => Promise<void>): void;
}

/**
 * The check of a connection: a list with each step, in which Enter does what mends it. Hidden it goes on in the status bar, as the user has
 * to go to the agent while it waits for it; it is over when it has a result and is hidden. Disposing it ends it.
 */
export interface Check extends Disposable {
  readonly connection: Connection;
  /** It has no result yet. */
  readonly isRunning: boolean;
  show(): void;
  /** Looks at every step. Resolves once there is a result. */
  run(): Promise<void>;
}

export function createCheck(context: ConnectContext, connection: Connection, actions: CheckActions, onOver: () => void): Check {
  const { board, prompts, editor, clock, l10n } = context;
  const name = agentNames[connection.agent];
  const title = l10n.t('Check {0} in {1}', name, connectionName(connection, board.board));
  const facts = l10n.t(
    'Connected {0}, {1} · checked {2}',
    context.formatTime(connection.connectedAt),
    connectionText(connection, l10n),
    context.formatTime(timestamp(clock)),
  );
  let steps: readonly Step[] = [];
  let running: AbortController | undefined;
  let list: OpenList | undefined;
  let offer: (Disposable & { text: string }) | undefined;
  /** Something that a row began has the screen now. */
  let isAway = false;

  function items(): PickItem<string>[] {
    return [
      ...checkRows(steps, l10n),
      running === undefined
        ? { label: l10n.t('Check Again'), icon: 'refresh', value: againRow }
        : { label: l10n.t('Stop'), icon: 'debug-stop', value: stopRow },
      { label: l10n.t('Copy Report'), icon: 'copy', value: copyRow },
    ];
  }

  function draw(): void {
    list?.update({
      title: joinParts([title, steps.length === 0 ? undefined : sumOf(steps, l10n)]),
      placeholder: verdict(steps, l10n),
      items: items(),
      active: firstToMend(steps)?.id,
      isBusy: running !== undefined,
    });
    const now = steps.find(({ mark }) => mark === 'running' || mark === 'waiting');
    const text =
      list === undefined && running !== undefined && now !== undefined ? `$(sync~spin) ${name}: ${stepProgress(now, l10n)}` : undefined;
    if (text === offer?.text) return;
    offer?.dispose();
    offer = undefined;
    if (text === undefined) return;
    const shown = prompts.offer(text, l10n.t('Show the check'), commandIds.checkConnection);
    offer = { text, dispose: () => shown.dispose() };
  }

  function hidden(): void {
    list = undefined;
    draw();
    if (running === undefined && !isAway) onOver();
  }

  function show(): void {
    list ??= editor.openList({
      buttons: [{ id: 'copy', icon: 'copy', tooltip: l10n.t('Copy Report') }],
      picked: (id) => actions.begin(() => take(id)),
      pressed: () => actions.begin(copyReport),
      hidden,
    });
    draw();
  }

  async function copyReport(): Promise<void> {
    await editor.copy(renderDoctor(steps, { title, facts }, l10n));
    prompts.showStatus(l10n.t('Report copied.'));
  }

  async function take(id: string): Promise<void> {
    if (id === copyRow) return copyReport();
    if (id === againRow) return run();
    if (id === stopRow) return running?.abort();
    const mend = stepOfRow(steps, id)?.mend;
    if (mend !== undefined) await meet(mend);
  }

  /** Does what mends a step, and comes back if that took the screen. */
  async function meet(mend: Mend): Promise<void> {
    switch (mend.kind) {
      case 'copyPrompt':
        await editor.copy(testPrompt(l10n));
        return prompts.showStatus(l10n.t('Test prompt copied. Paste it into {0}.', name));
      case 'start':
        return editor.startInTerminal(name, mend.program, connection.folder);
      case 'getNode':
        return editor.openExternal(nodeDownloads);
      case 'openFile':
        return editor.openFile(mend.file);
      case 'showLog':
        return editor.run(commandIds.showLog);
      case 'answer':
        return away(() => editor.run(commandIds.answerRequest, { requestId: mend.requestId }));
      case 'restartHub':
        await away(() => editor.run(commandIds.restartHub));
        return run();
      case 'writeAgain':
        await away(() => actions.writeAgain(connection));
        return run();
      default:
        return assertNever(mend);
    }
  }

  async function away(go: () => Promise<void>): Promise<void> {
    isAway = true;
    try {
      await go();
    } finally {
      isAway = false;
      show();
    }
  }

  async function run(): Promise<void> {
    running?.abort();
    const own = new AbortController();
    [running, steps] = [own, []];
    show();
    // doctor.cjs is a bundle of its own.
    const { runDoctor } = await import('./doctor/bundle.ts');
    const report = (now: readonly Step[]): void => {
      if (running !== own) return;
      steps = now;
      draw();
    };
    try {
      await runDoctor(context, connection, { read: readConnection, report, signal: own.signal });
    } finally {
      if (running === own) {
        running = undefined;
        draw();
        prompts.showStatus(`${name}: ${verdict(steps, l10n)}`);
        if (list === undefined && !isAway) onOver();
      }
    }
  }

  return {
    connection,
    get isRunning() {
      return running !== undefined;
    },
    show,
    run,
    dispose() {
      running?.abort();
      running = undefined;
      list?.dispose();
      offer?.dispose();
      onOver();
    },
  };
}
