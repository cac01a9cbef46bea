import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Request } from '../../protocol/model.ts';
import type { RulePreview } from '../../protocol/operations.ts';
import type { Clock } from '../../util/clock.ts';
import { explainFailure, isHubError } from '../shell/errors.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { joinParts, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine } from '../text/visibleText.ts';
import { exampleLine, expiryText, isUnchecked, matchText, type RuleDraft, reachText, ruleSentence, rulesOf } from './ruleText.ts';

/** What the user chose: a rule, a single decision after all, or nothing. */
export type RuleOutcome = { kind: 'rule'; rule: RuleDraft } | { kind: 'once' } | { kind: 'none' };

/** Lets the user compose a rule and shows what it would do. Saves nothing. */
export interface RuleFlow {
  /** Whether rules may be made, which needs a trusted folder; if not, tells the user. */
  mayMake(): Promise<boolean>;
  /** Asks for a rule that allows `request`. */
  forRequest(request: Request): Promise<RuleOutcome>;
  /** Asks for a rule as text; `undefined` if the user made none. */
  write(workspaceId: string, value: string): Promise<RuleDraft | undefined>;
}

export function createRuleFlow(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  isTrusted: () => boolean;
  /** Formats an RFC 3339 time for display. */
  formatTime: (time: string) => string;
  l10n: L10n;
}): RuleFlow {
  const { board, api, prompts, clock, l10n } = deps;
  const title = l10n.t('Always Allow');

  async function mayMake(): Promise<boolean> {
    if (deps.isTrusted()) return true;
    await prompts.toast(
      'warning',
      l10n.t(
        'This folder is not trusted, so no rule is made in this window. Trust it (“Workspaces: Manage Workspace Trust”), or decide once.',
      ),
    );
    return false;
  }

  async function propose(request: Request): Promise<RulePreview | 'write' | 'once' | undefined> {
    const { proposals } = await api.call('proposeRules', { workspaceId: request.workspaceId, requestId: request.id });
    const own = { label: l10n.t('Write a Rule…'), value: 'write' } as const;
    const items: PickItem<RulePreview | 'write' | 'once'>[] =
      proposals.length === 0
        ? [
            { ...own, detail: whyNone(request) },
            { label: l10n.t('Allow Once'), value: 'once' },
          ]
        : [...proposals.map(proposalItem), own];
    const placeholder =
      proposals.length === 0
        ? l10n.t('There is no rule for this.')
        : l10n.t('What is allowed from now on, in {0}?', workspaceName(board.board, request.workspaceId));
    const result = await prompts.pickOne(items, { title, placeholder });
    return result.kind === 'picked' ? result.value : undefined;
  }

  function proposalItem(preview: RulePreview): PickItem<RulePreview> {
    const { examples } = preview;
    return {
      label: truncate(labelOf(preview), 100),
      description: joinParts([reachText(preview, l10n), matchText(preview, l10n)]),
      ...(examples.length > 0 && { detail: examples.map((example) => truncate(exampleLine(example), 60)).join(' · ') }),
      value: preview,
    };
  }

  function labelOf(preview: RulePreview): string {
    return rulesOf(preview)
      .map(({ text }) => visibleLine(text))
      .join(' + ');
  }

  function whyNone({ permission }: Request): string {
    if (permission?.partial === true) return l10n.t('The agent sent only a preview, and a rule goes by the whole.');
    return l10n.t('It goes beyond the tool or the folder, or may have no rule.');
  }

  /** Asks for the text of a rule until the hub accepts it. */
  async function writeText(workspaceId: string, value: string): Promise<RulePreview | undefined> {
    let read: RulePreview | undefined;
    const result = await prompts.input({
      title,
      prompt: l10n.t('A tool with a path or a command, such as Edit:src/**, Bash:npm test or Bash:git log *'),
      placeholder: l10n.t('Rule'),
      value,
      required: l10n.t('Write a rule, or press Escape to make none.'),
      check: async (text) => {
        try {
          read = (await api.call('previewRule', { workspaceId, text })).preview;
          return undefined;
        } catch (error) {
          return isHubError(error) && error.code === 'invalid_input' ? visibleLine(error.message) : explainFailure(error, l10n).text;
        }
      },
    });
    return result.kind === 'accepted' ? read : undefined;
  }

  /** Asks how long the rule is valid, and for confirmation. */
  async function settle(workspaceId: string, preview: RulePreview, byHand: boolean): Promise<RuleDraft | undefined> {
    const expiry = await prompts.pickOne(expiries(), { title, placeholder: l10n.t('For how long?') });
    if (expiry.kind !== 'picked') return undefined;
    const { expiresAt } = expiry.value;
    const unchecked = rulesOf(preview).some(({ reach }) => isUnchecked(reach, byHand));
    const question = unchecked
      ? l10n.t('Allow this unchecked from now on, without asking you?')
      : l10n.t('Allow this from now on, without asking you?');
    const pressed = await prompts.confirm(question, detail(workspaceId, preview, { expiresAt, byHand }), [l10n.t('Always Allow')]);
    if (pressed === undefined) return undefined;
    const [first, ...others] = rulesOf(preview).map(({ text }) => text);
    return {
      text: first ?? preview.text,
      ...(others.length > 0 && { and: others }),
      ...(unchecked && { unchecked }),
      ...(expiresAt !== undefined && { expiresAt }),
    };
  }

  function expiries(): PickItem<Pick<RuleDraft, 'expiresAt'>>[] {
    const hour = new Date(clock.now() + 3_600_000).toISOString();
    const midnight = new Date(new Date(clock.now()).setHours(24, 0, 0, 0)).toISOString();
    return [
      { label: l10n.t('Until I Remove It'), value: {} },
      { label: l10n.t('For One Hour'), description: untilText(hour), value: { expiresAt: hour } },
      { label: l10n.t('Until Tomorrow'), description: untilText(midnight), value: { expiresAt: midnight } },
    ];
  }

  function untilText(expiresAt: string | undefined): string {
    return expiryText(expiresAt, { now: clock.now(), formatTime: deps.formatTime, l10n });
  }

  function detail(
    workspaceId: string,
    preview: RulePreview,
    { expiresAt, byHand }: { expiresAt: string | undefined; byHand: boolean },
  ): string {
    const examples = preview.examples.map((example) => `• ${exampleLine(example)}`);
    return [
      rulesOf(preview)
        .map((rule) => ruleSentence({ ...rule, unchecked: isUnchecked(rule.reach, byHand) }, l10n))
        .join('\n'),
      l10n.t('It holds for every agent in the workspace {0}, {1}.', workspaceName(board.board, workspaceId), untilText(expiresAt)),
      preview.matched === 0
        ? l10n.t('Nothing asked for so far matches.')
        : [l10n.t('It matches {0} of the requests so far, such as:', preview.matched), ...examples].join('\n'),
    ].join('\n\n');
  }

  async function write(workspaceId: string, value: string): Promise<RuleDraft | undefined> {
    const preview = await writeText(workspaceId, value);
    return preview === undefined ? undefined : settle(workspaceId, preview, true);
  }

  return {
    mayMake,
    write,
    async forRequest(request) {
      if (!(await mayMake())) return { kind: 'none' };
      const picked = await propose(request);
      if (picked === undefined) return { kind: 'none' };
      if (picked === 'once') return { kind: 'once' };
      const rule =
        picked === 'write'
          ? await write(request.workspaceId, request.permission?.tool ?? '')
          : await settle(request.workspaceId, picked, false);
      return rule === undefined ? { kind: 'none' } : { kind: 'rule', rule };
    },
  };
}
