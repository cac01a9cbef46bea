import type { AgentId, Reach } from '../../agents/config/connectAgent.ts';
import type { Entry, Value } from '../../agents/config/entry.ts';
import { serverEntries } from '../../agents/config/serverEntry.ts';
import { tomlTable } from '../../agents/config/tomlText.ts';
import { serverName } from '../../protocol/names.ts';
import type { ConnectContext } from './context.ts';

/** Copies the entry of an agent to the clipboard: for unknown agents, and on request. The token is requested only when it is copied. */
export async function copyEntry(
  { api, prompts, editor, l10n, system }: ConnectContext,
  { agent, workspaceId, folder, title }: { agent: AgentId | undefined; workspaceId: string; folder?: string; title: string },
): Promise<void> {
  const pressed = await prompts.confirm(
    title,
    [
      l10n.t(
        'The entry with the bridge starts a program that finds the hub, and makes sure that it is yours. It holds no token, and needs Node on the PATH.',
      ),
      l10n.t(
        'The entry with an address is for agents that speak MCP over HTTP (“Streamable HTTP”). It holds a token that opens this workspace to an agent: keep it in files of your own, not in the project. While your hub is away, a program that takes its port gets that token.',
      ),
    ].join('\n\n'),
    [l10n.t('Copy Entry with Bridge'), l10n.t('Copy Entry with Address')],
  );
  if (pressed === undefined) return;
  const { machine, install } = system();
  let reach: Reach = { transport: 'bridge' };
  if (pressed === 1) reach = { transport: 'http', ...(await api.call('getWorkspaceToken', { workspaceId })) };
  else install();
  const target = { machine, workspaceId, reach, folder: agent === 'claudeCode' ? folder : undefined };
  const [own] = serverEntries(agent ?? 'cursor', target, undefined);
  const entry = agent === undefined ? plainEntry(own, reach) : own;
  await editor.copy(agent === 'codex' ? `${tomlTable(entry.path, membersOf(entry))}\n` : `${JSON.stringify(nested(entry), null, 2)}\n`);
  prompts.showStatus(l10n.t('The entry {0} is on the clipboard.', serverName(workspaceId)));
}

/** The entry in the form that most agents accept. */
function plainEntry(entry: Entry, { transport }: Reach): Entry {
  return { ...entry, value: { type: transport === 'http' ? 'http' : 'stdio', ...membersOf(entry) } };
}

function membersOf({ value }: Entry): { [key: string]: Value } {
  return value as { [key: string]: Value };
}

function nested({ path, value }: Entry): Value {
  return path.reduceRight<Value>((inner, key) => ({ [key]: inner }), value);
}
