import type { AgentId } from '../../agents/config/connectAgent.ts';
import type { L10n } from '../text/l10n.ts';
import type { ConnectContext } from './context.ts';

/** Asks what to do with an agent that is connected already. */
export async function pickWhatToDo(
  { prompts, l10n }: ConnectContext,
  title: string,
): Promise<'check' | 'again' | 'disconnect' | undefined> {
  const picked = await prompts.pickOne<'check' | 'again' | 'disconnect'>(
    [
      { label: l10n.t('Check the Connection'), icon: 'pulse', value: 'check' },
      { label: l10n.t('Connect Again'), description: l10n.t('in another way, or because the hub has moved'), icon: 'sync', value: 'again' },
      { label: l10n.t('Disconnect…'), description: l10n.t('removes what AgentRQ wrote'), icon: 'debug-disconnect', value: 'disconnect' },
    ],
    { title, placeholder: l10n.t('It is connected already.') },
  );
  return picked.kind === 'picked' ? picked.value : undefined;
}

/** The risk of an entry with an address: the agent sends its token to whatever listens there, and obeys it. */
function directCost(l10n: L10n): string {
  return l10n.t('Token in a file. With the hub away, a program on its port gets it and can answer hooks.');
}

/** How an agent may be connected. `recommended`: through a bridge, with hooks where it has some; `copy`: the user adds the entry themselves. */
export type Way = 'recommended' | 'bridge' | 'direct' | 'copy';

/** Asks how to connect the agent: as recommended, or in another way. @param hasHooks whether it has hooks of its own */
export async function pickWay(context: ConnectContext, agent: AgentId, title: string, hasHooks: boolean): Promise<Way | undefined> {
  const { prompts, l10n } = context;
  // The file is in the project and shared, so it must not contain a token.
  if (agent === 'agentHost') return 'bridge';
  const noNode = (await context.system().findNode()) === undefined;
  const detail = l10n.t('No token in any file, talks to your hub only, works while VS Code is closed. Needs Node.');
  const picked = await prompts.pickOne<Way>(
    [
      // Without Node it would not run.
      ...(noNode
        ? []
        : [
            {
              label: l10n.t('Review Changes'),
              description: hasHooks ? l10n.t('recommended: bridge, with hooks') : l10n.t('recommended: bridge'),
              detail,
              icon: 'check',
              value: 'recommended',
            } as const,
          ]),
      {
        label: l10n.t('Through a Bridge'),
        ...(noNode && { description: l10n.t('no Node is on the PATH of this window'), detail }),
        icon: 'terminal',
        value: 'bridge',
      },
      {
        label: l10n.t('Directly'),
        detail: directCost(l10n),
        icon: 'plug',
        value: 'direct',
      },
      {
        label: l10n.t('Copy the Entry…'),
        detail: l10n.t('You add it yourself; nothing is written.'),
        icon: 'copy',
        value: 'copy',
      },
    ],
    { title, placeholder: l10n.t('Nothing is written before you have seen it.') },
  );
  return picked.kind === 'picked' ? picked.value : undefined;
}

/** Asks whether to install hooks, and whether the agent may be woken. @param mayWake whether it can be woken */
export async function pickHooks(
  { prompts, l10n }: ConnectContext,
  title: string,
  can: { report: boolean; wake: boolean },
): Promise<{ hooks: boolean; wake: boolean } | undefined> {
  const picked = await prompts.pickOne<{ hooks: boolean; wake: boolean }>(
    [
      ...(can.report
        ? [
            {
              label: l10n.t('With Hooks'),
              detail: l10n.t('It brings you its permissions and notifications, and reads your messages at the end of a turn.'),
              icon: 'check',
              value: { hooks: true, wake: false },
            },
          ]
        : []),
      ...(can.wake
        ? [
            {
              label: l10n.t('Hooks and Waking'),
              detail: can.report
                ? l10n.t(
                    'Hooks, and: when it is idle and you write, answer or move a task, AgentRQ starts a new turn, which may cost you. Needs Node. The setting agentrq.agents.wake turns it off for all agents.',
                  )
                : l10n.t(
                    'AgentRQ’s plugin tells when it starts and ends a turn. When it is idle and you write, answer or move a task, AgentRQ starts a new turn, which may cost you. Needs Node. The setting agentrq.agents.wake turns it off for all agents.',
                  ),
              icon: 'bell',
              value: { hooks: true, wake: true },
            },
          ]
        : []),
      {
        label: l10n.t('Without Hooks'),
        detail: l10n.t('It reaches you only when it uses a tool of AgentRQ.'),
        icon: 'circle-slash',
        value: { hooks: false, wake: false },
      },
    ],
    { title, placeholder: l10n.t('Install hooks? (recommended)') },
  );
  return picked.kind === 'picked' ? picked.value : undefined;
}
