import type { BoardStore } from '../client/boardStore.ts';
import type { Decision, Permission, Request } from '../protocol/model.ts';
import type { OperationInput } from '../protocol/operations.ts';
import { assertNever } from '../util/errors.ts';
import { agentName } from './boardNames.ts';
import type { L10n } from './l10n.ts';
import type { Pages } from './pages.ts';
import { wholeInput } from './permissionText.ts';
import type { PickItem, Prompts } from './prompts.ts';
import { requestHeading, requestLine } from './requestLine.ts';
import type { RuleFlow } from './ruleFlow.ts';
import { shorten } from './shorten.ts';

/** What a prompt certainly shows on its one line. */
const lineLength = 72;

type Choice = { kind: 'decide'; decision: Decision } | { kind: 'note'; decision: Decision } | { kind: 'always' };

/** What is sent as the answer to a permission. */
export type Verdict = Pick<OperationInput<'answerRequest'>, 'decision' | 'note' | 'rule'>;

/** Asks the person for their verdict on a permission, with all of it before their eyes; `undefined` if they give none. */
export type DecideFlow = (request: Request, permission: Permission) => Promise<Verdict | undefined>;

export function createDecideFlow(deps: {
  board: BoardStore;
  prompts: Prompts;
  pages: Pages;
  rules: RuleFlow;
  /** Notes that were typed and not sent, by request. */
  drafts: Map<string, string>;
  l10n: L10n;
}): DecideFlow {
  const { board, prompts, rules, drafts, l10n } = deps;

  async function pick(request: Request, placeholder: string): Promise<Verdict | undefined> {
    // What allows is never what the Enter key takes at once.
    const items: PickItem<Choice>[] = [
      { label: l10n.t('Deny'), value: { kind: 'decide', decision: 'deny' } },
      { label: l10n.t('Deny with a Note…'), value: { kind: 'note', decision: 'deny' } },
      { label: l10n.t('Allow Once'), value: { kind: 'decide', decision: 'allow' } },
      { label: l10n.t('Allow with a Note…'), value: { kind: 'note', decision: 'allow' } },
      { label: l10n.t('Always Allow…'), value: { kind: 'always' } },
    ];
    const picked = await prompts.pickOne(items, { title: title(request), placeholder });
    if (picked.kind !== 'picked') return undefined;
    const choice = picked.value;
    switch (choice.kind) {
      case 'decide':
        return { decision: choice.decision };
      case 'note':
        return withNote(request, choice.decision);
      case 'always':
        return always(request);
      default:
        return assertNever(choice);
    }
  }

  async function withNote(request: Request, decision: Decision): Promise<Verdict | undefined> {
    const result = await prompts.input({
      title: title(request),
      prompt: shorten(requestLine(request, l10n), 300),
      placeholder: decision === 'deny' ? l10n.t('Why not, and what instead') : l10n.t('What the agent should mind'),
      value: drafts.get(request.id) ?? '',
      required: l10n.t('Write a note, or press Escape to decide nothing.'),
    });
    drafts.set(request.id, result.value);
    return result.kind === 'accepted' ? { decision, note: result.value } : undefined;
  }

  async function always(request: Request): Promise<Verdict | undefined> {
    const outcome = await rules.forRequest(request);
    if (outcome.kind === 'none') return undefined;
    return outcome.kind === 'once' ? { decision: 'allow' } : { decision: 'allow', rule: outcome.rule };
  }

  function title(request: Request): string {
    return requestHeading(
      request,
      agentName(request.agentId === undefined ? undefined : board.board.agents.get(request.agentId), l10n),
      l10n,
    );
  }

  return async (request, permission) => {
    const whole = wholeInput(permission, lineLength);
    if (whole !== undefined) return pick(request, whole);
    const page = await deps.pages.review(request);
    try {
      return await pick(
        request,
        permission.partial === true
          ? l10n.t('The agent sent only a preview; what it will run may be longer.')
          : l10n.t('All of it is on the page beside.'),
      );
    } finally {
      // Beside the next decision stands nothing of this one.
      page.dispose();
    }
  };
}
