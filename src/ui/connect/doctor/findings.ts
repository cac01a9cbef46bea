import type { Connection, Machine } from '../../../agents/config/connectAgent.ts';
import type { FoundNode } from '../../../agents/doctor/findNode.ts';
import type { ProbeResult } from '../../../agents/doctor/probeTypes.ts';
import type { ReadConnection } from '../../../agents/doctor/readConnection.ts';
import { goneModules, proxyFor } from '../../../agents/doctor/surroundings.ts';
import { oldestNode } from '../../../protocol/limits.ts';
import { assertNever } from '../../../util/errors.ts';
import type { L10n } from '../../text/l10n.ts';
import { visibleLine } from '../../text/visibleText.ts';
import { hideTokens, shownPath } from '../display.ts';
import type { Finding } from './doctorSteps.ts';

// Turns what was found into the result of a step. Nothing here reads files or calls programs.

export function entryFinding(server: ReadConnection['server'], machine: Machine, l10n: L10n): Finding {
  const { file, present, wanted, switchedOff, keys, missing } = server;
  const path = shownPath(file, machine);
  const failed = (note: string): Finding => ({ mark: 'failed', notes: [note], mend: { kind: 'writeAgain' } });
  if (present === undefined) return failed(l10n.t('{0} has no entry of AgentRQ any more.', path));
  if (switchedOff) {
    const note = l10n.t('The entry in {0} is switched off. Switch it on in the agent.', path);
    return { mark: 'failed', notes: [note], mend: { kind: 'openFile', file } };
  }
  if (present.kind === 'http' && wanted.kind === 'http') {
    if (present.url !== wanted.url) {
      return failed(l10n.t('The entry in {0} points to {1}, but the hub’s address is {2}.', path, hideTokens(present.url), wanted.url));
    }
    if (present.headers['Authorization'] !== wanted.headers['Authorization']) {
      return failed(l10n.t('The entry in {0} holds another token than the hub takes.', path));
    }
    const leads = l10n.t('{0} leads to {1}, with the token of this workspace.', path, present.url);
    const proxy = proxyFor(machine.env);
    if (proxy === undefined) return { mark: 'passed', notes: [leads, ...folderNotes(keys, missing, l10n)] };
    const warning = l10n.t(
      'The environment of this window sends what is meant for 127.0.0.1 through the proxy {0}, and an agent that is started here may do so. Add 127.0.0.1 to NO_PROXY, or connect the agent through a bridge, which uses no proxy.',
      visibleLine(proxy),
    );
    return { mark: 'warning', notes: [leads, warning] };
  }
  const same = present.kind === 'stdio' && wanted.kind === 'stdio' && commandLine(present) === commandLine(wanted);
  if (!same) return failed(l10n.t('The entry in {0} is no longer the one that AgentRQ wrote.', path));
  const starts = l10n.t('{0} starts the bridge: {1}', path, [present.command, ...present.args].join(' '));
  return { mark: 'passed', notes: [starts, ...folderNotes(keys, missing, l10n)] };
}

/** The folders for which Claude Code has the entry, if there are several. */
function folderNotes(keys: readonly string[], missing: readonly string[], l10n: L10n): string[] {
  if (keys.length + missing.length < 2) return [];
  const there = l10n.t('Claude Code finds it when it is started in {0}.', keys.join(', '));
  return missing.length === 0
    ? [there]
    : [there, l10n.t('The entry for {0} is gone. Connect it again to use it there too.', missing.join(', '))];
}

function commandLine({ command, args }: { command: string; args: readonly string[] }): string {
  return JSON.stringify([command, ...args]);
}

export function nodeFinding(node: FoundNode | undefined, machine: Machine, l10n: L10n): Finding {
  const gone = goneModules(machine.env['NODE_OPTIONS']);
  if (node === undefined) {
    return {
      mark: 'failed',
      notes: [l10n.t('No “node” is on the PATH of this window. Install Node {0} or newer, then start VS Code again.', oldestNode)],
      mend: { kind: 'getNode' },
    };
  }
  const { path, version } = node;
  if (version === undefined) return { mark: 'failed', notes: [l10n.t('{0} doesn’t run.', path)] };
  if (Number.parseInt(version, 10) < oldestNode) {
    const note = l10n.t('{0} is Node {1}, which is too old. Install Node {2} or newer.', path, version, oldestNode);
    return { mark: 'failed', notes: [note], mend: { kind: 'getNode' } };
  }
  if (gone.length > 0) {
    const what = l10n.t(
      'NODE_OPTIONS names {0}, which is gone, so no program that runs on Node starts here. AgentRQ’s bridge starts all the same, and its hooks where the system is not Windows. Take it out of the environment, then start VS Code and the agent again.',
      visibleLine(gone.join(', ')),
    );
    return { mark: machine.platform === 'win32' ? 'failed' : 'warning', notes: [what] };
  }
  return {
    mark: 'passed',
    notes: [l10n.t('Node {0}, {1}, on the PATH of this window. An agent that is started elsewhere may have another PATH.', version, path)],
  };
}

export function callFinding(result: ProbeResult, l10n: L10n): Finding {
  const failed = (note: string): Finding => ({ mark: 'failed', notes: [note], mend: { kind: 'showLog' } });
  switch (result.kind) {
    case 'answered':
      return { mark: 'passed', notes: [l10n.t('AgentRQ answers it, and offers {0} tools.', result.tools)] };
    case 'refused':
      return failed(l10n.t('It was refused: {0}', visibleLine(result.reason)));
    case 'unreachable':
      return failed(l10n.t('Nothing answered: {0}.', visibleLine(result.reason)));
    case 'silent':
      return failed(l10n.t('It got no answer: {0}.', visibleLine(result.reason)));
    default:
      return assertNever(result);
  }
}

export function hookFinding({ agent, folder }: Connection, hooks: ReadConnection['hooks'], machine: Machine, l10n: L10n): Finding {
  if (hooks === undefined) return { mark: 'skipped', notes: [l10n.t('It is connected without hooks.')] };
  const { file, there, of } = hooks;
  const path = shownPath(file, machine, folder);
  if (there < of) {
    const note = l10n.t('{0} has {1} of {2} hooks as they should be.', path, there, of);
    return { mark: 'failed', notes: [note], mend: { kind: 'writeAgain' } };
  }
  const all = l10n.t('{0} has all {1}.', path, of);
  // Codex stores trust in a file of its own format.
  if (agent === 'codex')
    return { mark: 'passed', notes: [all, l10n.t('Whether Codex trusts them can’t be seen from here: enter /hooks in it.')] };
  return { mark: 'passed', notes: [all] };
}
