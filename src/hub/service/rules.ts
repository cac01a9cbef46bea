import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Agent, Permission, Request, Rule } from '../../protocol/model.ts';
import type { OperationOutput, RulePreview, RuleReach } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import { allowedBy, type KeptRule } from '../rules/allowedBy.ts';
import { translateRule } from '../rules/foreignRule.ts';
import { proposeRules } from '../rules/proposeRules.ts';
import { reachOf } from '../rules/reach.ts';
import { parseRule } from '../rules/rule.ts';
import { type ToolUse, thisWorld } from '../rules/toolUse.ts';
import type { Store } from '../storage/store.ts';
import type { ServiceContext } from './context.ts';
import { findRequest, findWorkspace } from './lookup.ts';
import { workspaceFolder } from './workspaces.ts';

// What the user allows once and for all, in one workspace. They see each rule, and what it would have allowed, before it is saved.

/** What of the past is looked through for a preview. */
const pastPermissions = 500;
const examples = 5;
const exampleLength = 200;

/** What the user writes to make a rule, or several. */
export interface NewRule {
  text: string;
  and?: readonly string[] | undefined;
  unchecked?: boolean | undefined;
  expiresAt?: string | undefined;
}

/** The rules that together allow this use by this agent; none if they don't. */
export function rulesThatAllow(context: ServiceContext, { workspaceId, id: agentId }: Agent, permission: Permission): Rule[] {
  // A preview may leave out what matters.
  if (permission.partial === true) return [];
  const rules = rulesInForce(context, workspaceId);
  const texts = allowedBy(rules, toolUse(context.store, { workspaceId, agentId, permission }), thisWorld());
  return texts === undefined ? [] : rules.filter(({ text }) => texts.includes(text));
}

/** Saves the rules; one that is there already, with the same end, stays as it is. Gives back the first. @throws HubError `invalid_input` */
export function createRule(context: ServiceContext, workspaceId: string, { text, and = [], ...draft }: NewRule): Rule {
  findWorkspace(context.store, workspaceId);
  return context.transact(() => {
    const first = createOne(context, workspaceId, { ...draft, text });
    for (const other of and) createOne(context, workspaceId, { ...draft, text: other });
    return first;
  });
}

function createOne(context: ServiceContext, workspaceId: string, draft: Omit<NewRule, 'and'>): Rule {
  const { store, transact, clock, newId } = context;
  const rule = parseRule(draft.text);
  const { text } = rule;
  const unchecked = draft.unchecked === true && (rule.kind === 'star' || rule.kind === 'tool');
  const known = store.rules.ofWorkspace(workspaceId);
  const same = known.find((one) => one.text === text);
  if (same !== undefined && same.expiresAt === draft.expiresAt && (same.unchecked === true) === unchecked) return same;
  if (known.length >= limits.rules) {
    throw new HubError('invalid_input', `This workspace has ${limits.rules} rules already. Delete some that you no longer need.`);
  }
  if (draft.expiresAt !== undefined && Date.parse(draft.expiresAt) <= clock.now()) {
    throw new HubError('invalid_input', 'The rule would have ended already. Choose a time that is still to come.');
  }
  return transact((changes) => {
    if (same !== undefined) changes.deleteRule(same);
    return changes.createRule({
      id: newId(),
      workspaceId,
      text,
      createdAt: timestamp(clock),
      ...(draft.expiresAt !== undefined && { expiresAt: draft.expiresAt }),
      ...(unchecked && { unchecked }),
    });
  });
}

/** @throws HubError `rule_not_found` */
export function deleteRule({ store, transact }: ServiceContext, workspaceId: string, ruleId: string): Rule {
  const rule = store.rules.get(ruleId);
  if (rule?.workspaceId !== workspaceId) {
    throw new HubError('rule_not_found', `There is no rule ${ruleId} in this workspace. It may have been deleted already.`);
  }
  return transact((changes) => changes.deleteRule(rule));
}

/** Takes over AgentRQ's list, or that of another program: all of it that means something here. No rule of it is unchecked. */
export function importRules(
  context: ServiceContext,
  workspaceId: string,
  texts: readonly string[],
): { rules: Rule[]; refused: { text: string; reason: string }[] } {
  const rules: Rule[] = [];
  const refused: { text: string; reason: string }[] = [];
  for (const text of texts) {
    try {
      rules.push(createRule(context, workspaceId, { text: translateRule(text) }));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      refused.push({ text, reason: error.message });
    }
  }
  return { rules, refused };
}

/** What a rule would have allowed of the past. @throws HubError `invalid_input` */
export function previewRule({ store }: ServiceContext, workspaceId: string, text: string): RulePreview {
  const rule = parseRule(translateRule(text));
  return previewOver(store, store.requests.permissions(workspaceId, pastPermissions), [rule.text]);
}

/** The rules that would have allowed what `requestId` asks for, the narrowest first. */
export function proposeRulesFor({ store }: ServiceContext, workspaceId: string, requestId: string): RulePreview[] {
  const { agentId, permission } = findRequest(store, workspaceId, requestId);
  if (permission === undefined || permission.partial === true) return [];
  const past = store.requests.permissions(workspaceId, pastPermissions);
  const proposals = proposeRules(toolUse(store, { workspaceId, agentId, permission }), thisWorld());
  return proposals.map(({ texts }) => previewOver(store, past, texts));
}

/** The rules of AgentRQ's *always*: the broadest that are proposed. None if there are none. */
export function broadestRules({ store }: ServiceContext, request: PermissionOf): readonly string[] {
  return proposeRules(toolUse(store, request), thisWorld()).at(-1)?.texts ?? [];
}

/** What each rule lets through, and what it no longer does of what it did. */
export function reviewRules({ store }: ServiceContext, workspaceId: string): OperationOutput<'reviewRules'>['rules'] {
  const world = thisWorld();
  const past = store.requests.permissions(findWorkspace(store, workspaceId).id, pastPermissions);
  const rules = store.rules.ofWorkspace(workspaceId);
  return rules.map(({ id, text, unchecked }) => {
    const uses = past.flatMap(({ answer, agentId, permission }) => {
      const isByRule = answer?.ruleIds?.includes(id) === true;
      return isByRule && permission !== undefined ? [toolUse(store, { workspaceId, agentId, permission })] : [];
    });
    const asked = unchecked === true ? [] : uses.filter((use) => allowedBy(rules, use, world) === undefined);
    const exact = asked.flatMap((use) => proposeRules(use, world).find(({ scope }) => scope === 'exact')?.texts ?? []);
    const reach = reachOfText(text);
    const narrowed = asked.length > 0 || (reach === 'unchecked' && unchecked !== true);
    return { ruleId: id, reach, narrowed, exact: [...new Set(exact)].slice(0, examples) };
  });
}

/** What can no longer be read as a rule allows nothing at all. */
function reachOfText(text: string): RuleReach {
  try {
    return reachOf(parseRule(text));
  } catch (error) {
    if (error instanceof HubError) return 'unchecked';
    throw error;
  }
}

type PermissionOf = Pick<Request, 'workspaceId' | 'agentId'> & { permission: Permission };

/** What a permission is about, with all that rules look at. */
function toolUse(store: Store, { workspaceId, agentId, permission }: PermissionOf): ToolUse {
  const { tool, input, cwd, description } = permission;
  const workspace = store.workspaces.get(workspaceId);
  return {
    tool,
    input,
    description,
    folder: cwd,
    workspaceFolder: workspace && workspaceFolder(workspace),
    agent: agentId === undefined ? undefined : store.agents.get(agentId)?.name,
  };
}

function rulesInForce({ store, clock }: ServiceContext, workspaceId: string): Rule[] {
  const now = clock.now();
  return store.rules.ofWorkspace(workspaceId).filter(({ expiresAt }) => expiresAt === undefined || Date.parse(expiresAt) > now);
}

function previewOver(store: Store, past: readonly Request[], texts: readonly string[]): RulePreview {
  const [first, ...others] = texts.map((text) => ({ text, reach: reachOf(parseRule(text)) }));
  if (first === undefined) throw new Error('a preview is of one rule at least');
  const world = thisWorld();
  const kept: KeptRule[] = [first, ...others].map(({ text, reach }) => ({ text, unchecked: reach === 'unchecked' }));
  const matched = past.filter(({ workspaceId, agentId, permission }) => {
    return permission !== undefined && allowedBy(kept, toolUse(store, { workspaceId, agentId, permission }), world) !== undefined;
  });
  const lines = new Set(matched.map(({ permission, question }) => (permission === undefined ? question : lineOf(permission))));
  return { ...first, ...(others.length > 0 && { and: others }), matched: matched.length, examples: [...lines].slice(0, examples) };
}

function lineOf(permission: Permission): string {
  const line = `${permission.tool}: ${permission.input}`.replace(/\s+/g, ' ');
  return line.length > exampleLength ? `${line.slice(0, exampleLength)}…` : line;
}
