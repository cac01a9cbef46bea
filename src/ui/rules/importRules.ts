import type { Board } from '../../client/board.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../../util/clock.ts';
import type { Prompts } from '../shell/prompts.ts';
import { workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { visibleLine } from '../text/visibleText.ts';
import { readRuleList } from './readRuleList.ts';
import type { RuleFlow } from './ruleFlow.ts';

const listed = 20;

/** The dependencies of the commands about rules. */
export interface RuleDeps {
  board: { readonly board: Board };
  api: Pick<HubApi, 'call'>;
  prompts: Prompts;
  clock: Clock;
  rules: RuleFlow;
  workspaceIds(): readonly string[];
  /** Returns the text on the clipboard. */
  paste(): Promise<string>;
  /** Lets the user pick a JSON file and returns its text; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** Imports AgentRQ's rules from the clipboard or a file, those that the user picks. Tells which were refused, and why. */
export async function importRules(deps: RuleDeps, workspaceId: string): Promise<void> {
  const { api, prompts, l10n } = deps;
  const place = await prompts.pickOne<'clipboard' | 'file'>(
    [
      { label: l10n.t('From the Clipboard'), value: 'clipboard' },
      { label: l10n.t('From a JSON File…'), value: 'file' },
    ],
    { title: l10n.t('Import AgentRQ Rules'), placeholder: l10n.t('A list of rules, or a workspace with its “autoAllowedTools”') },
  );
  if (place.kind !== 'picked') return;
  const text = place.value === 'clipboard' ? await deps.paste() : await deps.readFile();
  if (text === undefined) return;
  const rules = readRuleList(text);
  if (rules === undefined || rules.length === 0) {
    await prompts.toast(
      'warning',
      l10n.t('There are no rules in that. Copy the list of rules from AgentRQ, as JSON: ["Edit", "Bash:git log *"].'),
    );
    return;
  }
  const { picked, long } = await pickRules(deps, workspaceId, rules);
  if (picked.length === 0) return;
  const result = await api.call('importRules', { workspaceId, rules: [...picked] });
  const refused = [...result.refused, ...long.map((rule) => ({ text: rule, reason: l10n.t('It is too long.') }))];
  if (refused.length === 0) {
    await prompts.toast('info', l10n.t('Rules that are in force now: {0}.', result.rules.length));
    return;
  }
  await prompts.confirm(
    l10n.t('Rules that are in force now: {0}. Rules that were refused: {1}.', result.rules.length, refused.length),
    lines(
      refused.map(({ text: rule, reason }) => `${rule}: ${reason}`),
      l10n.t('… and {0} more', refused.length - listed),
    ),
    [],
  );
}

/** Lets the user pick the rules. Rules that are too long are only listed. */
async function pickRules(
  { board, prompts, l10n }: RuleDeps,
  workspaceId: string,
  rules: readonly string[],
): Promise<{ picked: readonly string[]; long: readonly string[] }> {
  const items = rules.filter((rule) => rule.length <= limits.rule).map((rule) => ({ label: visibleLine(rule), value: rule }));
  const result = await prompts.pickMany(items, {
    title: l10n.t('Import AgentRQ Rules'),
    placeholder: l10n.t('What is allowed from now on, in {0}?', workspaceName(board.board, workspaceId)),
  });
  return { picked: result.kind === 'picked' ? result.value : [], long: rules.filter((rule) => rule.length > limits.rule) };
}

function lines(texts: readonly string[], more: string): string {
  const shown = texts.slice(0, listed).map((text) => `• ${visibleLine(text)}`);
  return [...shown, ...(texts.length > listed ? [more] : [])].join('\n');
}
