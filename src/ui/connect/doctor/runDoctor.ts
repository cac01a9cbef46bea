import type { Connection, Reach } from '../../../agents/config/connectAgent.ts';
import type { readConnection } from '../../../agents/doctor/readConnection.ts';
import { explainFailure } from '../../shell/explainFailure.ts';
import { agentNames } from '../agentText.ts';
import type { ConnectContext } from '../context.ts';
import { type Finding, type Step, type StepId, stepIds } from './doctorSteps.ts';
import { followTestQuestion } from './followTestQuestion.ts';
import { waitUntilHeard } from './hearAgent.ts';
import { callWords, entryWords, hookWords, nodeWords } from './lookText.ts';

/** A bridge waits 20 seconds for a hub before it says that there is none. */
const callMs = 25_000;

/**
 * Looks at everything that has to be right before an agent and the person reach each other, and then waits for both to do so. A step has
 * passed only when it was seen to. @param read reads what the agent's files say @param report every step, whenever one of them has changed
 */
export async function runDoctor(
  context: ConnectContext,
  connection: Connection,
  options: { read: typeof readConnection; report: (steps: readonly Step[]) => void; signal: AbortSignal; onReadyToAsk: () => void },
): Promise<readonly Step[]> {
  const { l10n, system } = context;
  const { signal } = options;
  const steps = new Map<StepId, Step>(stepIds.map((id) => [id, { id, mark: 'later', notes: [] }]));
  const inOrder = (): Step[] => [...steps.values()];

  function set(id: StepId, { mark, notes }: Finding): void {
    steps.set(id, { id, mark, notes });
    options.report(inOrder());
  }

  async function look(id: StepId, run: () => Promise<Finding>): Promise<boolean> {
    set(id, { mark: 'running', notes: [] });
    const finding = await run().catch((error: unknown): Finding => ({ mark: 'failed', notes: [explainFailure(error, l10n).text] }));
    set(id, finding);
    return finding.mark !== 'failed';
  }

  function skip(reason: string): readonly Step[] {
    for (const { id, mark } of inOrder()) if (mark === 'later') steps.set(id, { id, mark: 'skipped', notes: [reason] });
    options.report(inOrder());
    return inOrder();
  }

  let reach: Reach = { transport: 'bridge' };
  const runs = await look('hub', async () => {
    const { url } = await context.address();
    const { mcpUrl, token } = await context.api.call('getWorkspaceToken', { workspaceId: connection.workspaceId });
    if (connection.transport === 'http') reach = { transport: 'http', mcpUrl, token };
    return { mark: 'passed', notes: [l10n.t('It answers at {0}.', url)] };
  });
  if (!runs) return skip(l10n.t('Not looked at: the hub has to run first.'));

  const { machine, findNode, probe } = system();
  let read: Awaited<ReturnType<typeof readConnection>> | undefined;
  const isEntry = await look('entry', async () => {
    read = await options.read(machine, connection, reach);
    return entryWords(read.server, machine, l10n);
  });
  if (read === undefined) return skip(l10n.t('Not looked at: the agent’s file can’t be read.'));
  const { server, hooks } = read;

  const needsNode = server.wanted.kind === 'stdio' || hooks?.needNode === true;
  const isNode = await look('node', async () =>
    needsNode
      ? nodeWords(await findNode(), machine, l10n)
      : { mark: 'skipped', notes: [l10n.t('Not needed: neither the entry nor the hooks start it.')] },
  );
  const { present } = server;
  const isReached = await look('call', async () => {
    // What somebody else put there is neither started nor sent a token.
    if (!isEntry || present === undefined) return { mark: 'skipped', notes: [l10n.t('Not made: the entry has to be right first.')] };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
    const result = await probe(present, { home: machine.home, cwd: machine.home, signal: limit });
    if (limit.aborted && !signal.aborted)
      return callWords({ kind: 'silent', reason: l10n.t('no answer came within {0} s', callMs / 1_000) }, l10n);
    return callWords(result, l10n);
  });
  await look('hooks', async () => hookWords(connection, hooks, machine, l10n));
  if (!isEntry || !isReached || (!isNode && server.wanted.kind === 'stdio')) {
    return skip(l10n.t('Not waited for: {0} can’t reach AgentRQ yet.', agentNames[connection.agent]));
  }

  const isHeard = await waitUntilHeard(context, connection, signal, (finding) => set('heard', finding));
  if (!isHeard) return skip(l10n.t('Not waited for: you stopped the check.'));
  options.onReadyToAsk();
  await followTestQuestion(context, connection, signal, (id, finding) => set(id, finding));
  return inOrder();
}
