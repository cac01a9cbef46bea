import type { Connection, Reach } from '../../../agents/config/connectAgent.ts';
import type { readConnection } from '../../../agents/doctor/readConnection.ts';
import { explainFailure } from '../../shell/errors.ts';
import { agentNames } from '../agentText.ts';
import type { ConnectContext } from '../context.ts';
import { type Finding, type Step, type StepId, stepIds } from './doctorSteps.ts';
import { callFinding, entryFinding, hookFinding, nodeFinding } from './findings.ts';
import { followTestQuestion } from './followTestQuestion.ts';
import { waitUntilHeard } from './hearAgent.ts';
import type { Mend } from './mend.ts';

/** A bridge waits 20 seconds for a hub before it reports that there is none. */
const callMs = 25_000;

/**
 * Checks everything between an agent and the user, then waits for the agent to connect and ask. A step passes only when it was observed.
 * @param options.read reads the agent's files
 * @param options.report called with all steps whenever one has changed
 */
export async function runDoctor(
  context: ConnectContext,
  connection: Connection,
  options: { read: typeof readConnection; report: (steps: readonly Step[]) => void; signal: AbortSignal },
): Promise<readonly Step[]> {
  const { l10n, system } = context;
  const { signal } = options;
  const steps = new Map<StepId, Step>(stepIds.map((id) => [id, { id, mark: 'later', notes: [] }]));
  const inOrder = (): Step[] => [...steps.values()];

  function set(id: StepId, finding: Finding): void {
    steps.set(id, { id, ...finding });
    options.report(inOrder());
  }

  /** @param otherwise what can be done if it can't be checked */
  async function check(id: StepId, otherwise: Mend, run: () => Promise<Finding>): Promise<boolean> {
    set(id, { mark: 'running', notes: [] });
    const failed = (error: unknown): Finding => ({
      mark: 'failed',
      notes: [explainFailure(error, l10n).text],
      mend: fileOf(error) ?? otherwise,
    });
    const finding = await run().catch(failed);
    set(id, finding);
    return finding.mark !== 'failed';
  }

  function skip(reason: string): readonly Step[] {
    for (const { id, mark } of inOrder()) if (mark === 'later') steps.set(id, { id, mark: 'skipped', notes: [reason] });
    options.report(inOrder());
    return inOrder();
  }

  let reach: Reach = { transport: 'bridge' };
  const runs = await check('hub', { kind: 'restartHub' }, async () => {
    const { url } = await context.address();
    const { mcpUrl, token } = await context.api.call('getWorkspaceToken', { workspaceId: connection.workspaceId });
    if (connection.transport === 'http') reach = { transport: 'http', mcpUrl, token };
    return { mark: 'passed', notes: [l10n.t('It answers at {0}.', url)] };
  });
  if (!runs) return skip(l10n.t('Not checked: the hub has to run first.'));

  const { machine, findNode, probe } = system();
  let read: Awaited<ReturnType<typeof readConnection>> | undefined;
  const isEntry = await check('entry', { kind: 'writeAgain' }, async () => {
    read = await options.read(machine, connection, reach);
    return entryFinding(read.server, machine, l10n);
  });
  if (read === undefined) return skip(l10n.t('Not checked: the agent’s file can’t be read.'));
  const { server, hooks } = read;

  const needsNode = server.wanted.kind === 'stdio' || hooks?.needNode === true;
  const isNode = await check('node', { kind: 'getNode' }, async () =>
    needsNode
      ? nodeFinding(await findNode(), machine, l10n)
      : { mark: 'skipped', notes: [l10n.t('Not needed: neither the entry nor the hooks start it.')] },
  );
  const { present } = server;
  const isReached = await check('call', { kind: 'showLog' }, async () => {
    // An entry that AgentRQ did not write is neither started nor sent a token.
    if (!isEntry || present === undefined) return { mark: 'skipped', notes: [l10n.t('Not tried: the entry has to be right first.')] };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
    const result = await probe(present, { home: machine.home, cwd: machine.home, signal: limit });
    if (limit.aborted && !signal.aborted)
      return callFinding({ kind: 'silent', reason: l10n.t('no answer came within {0} s', callMs / 1_000) }, l10n);
    return callFinding(result, l10n);
  });
  await check('hooks', { kind: 'writeAgain' }, async () => hookFinding(connection, hooks, machine, l10n));
  if (!isEntry || !isReached || (!isNode && server.wanted.kind === 'stdio')) {
    return skip(l10n.t('Not waited for: {0} can’t reach AgentRQ yet.', agentNames[connection.agent]));
  }

  const isHeard = await waitUntilHeard(context, connection, signal, (finding) => set('heard', finding));
  if (!isHeard) return skip(l10n.t('You stopped the check.'));
  await followTestQuestion(context, connection, signal, (id, finding) => set(id, finding));
  return inOrder();
}

/** The file that an error is about, for the user to look at. */
function fileOf(error: unknown): Mend | undefined {
  const file = error instanceof Error && 'file' in error ? error.file : undefined;
  return typeof file === 'string' ? { kind: 'openFile', file } : undefined;
}
