import { type Connection, listConnections } from '../../../agents/config/connectAgent.ts';
import { readConnection } from '../../../agents/doctor/readConnection.ts';
import { timestamp } from '../../../util/clock.ts';
import { agentNames } from '../agentText.ts';
import type { ConnectContext } from '../context.ts';
import { connectionName, connectionText, pickConnection } from '../pickConnection.ts';
import { type Step, stepProgress, testPrompt } from './doctorSteps.ts';
import { renderDoctor, verdict } from './renderDoctor.ts';

/** Checks a connection and shows each step on a page, until all steps are done or the user cancels. @param chosen asked for if not given */
export async function checkFlow(context: ConnectContext, chosen?: Connection): Promise<void> {
  const { board, prompts, editor, clock, log, l10n } = context;
  const connection = chosen ?? (await choose(context));
  if (connection === undefined) return;
  const name = agentNames[connection.agent];
  const place = connectionName(connection, board.board);
  const title = l10n.t('Check {0} in {1}', name, place);
  const facts = l10n.t(
    'Connected {0}, {1} · checked {2}',
    context.formatTime(connection.connectedAt),
    connectionText(connection, l10n),
    context.formatTime(timestamp(clock)),
  );
  const render = (steps: readonly Step[]): string => renderDoctor(steps, { title, facts }, l10n);
  const page = await editor.openPage(title, render([]));

  async function offerQuestion(): Promise<void> {
    const pressed = await prompts.toast('info', l10n.t('{0} is connected. To test it, paste the test prompt into it.', name), [
      l10n.t('Copy Test Prompt'),
    ]);
    if (pressed === undefined) return;
    await editor.copy(testPrompt(l10n));
    prompts.showStatus(l10n.t('Test prompt copied. Paste it into {0}.', name));
  }

  // doctor.cjs is a bundle of its own.
  const { runDoctor } = await import('./bundle.ts');
  await editor.progress(title, async (say, signal) => {
    const report = (steps: readonly Step[]): void => {
      page.update(render(steps));
      const now = steps.find(({ mark }) => mark === 'running' || mark === 'waiting');
      say(now === undefined ? '' : stepProgress(now, l10n));
    };
    const onReadyToAsk = (): void => void offerQuestion().catch((error: unknown) => log.warn(String(error)));
    const steps = await runDoctor(context, connection, { read: readConnection, report, signal, onReadyToAsk });
    prompts.showStatus(`${name}: ${verdict(steps, l10n)}`);
  });
}

async function choose(context: ConnectContext): Promise<Connection | undefined> {
  const { prompts, l10n } = context;
  const connections = await listConnections(context.system().machine);
  if (connections.length === 0) {
    await prompts.toast('info', l10n.t('AgentRQ has connected no agent on this machine yet. Run “AgentRQ: Connect an Agent”.'));
    return undefined;
  }
  if (connections.length === 1) return connections[0];
  return pickConnection(context, connections, {
    title: l10n.t('Check an Agent’s Connection'),
    placeholder: l10n.t('Which one?'),
  });
}
