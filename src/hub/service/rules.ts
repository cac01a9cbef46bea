import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Agent, Permission, Request, Rule } from '../../protocol/model.ts';
import type { RulePreview } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import { allowedBy } from '../rules/allowedBy.ts';
import { proposeRules } from '../rules/proposeRules.ts';
import { parseRule } from '../rules/rule.ts';
import type { ToolUse } from '../rules/toolUse.ts';
import type { Store } from '../storage/store.ts';
import type { ServiceContext } from './context.ts';
import { findRequest, findWorkspace } from './lookup.ts';
import { workspaceFolder } from './workspaceFolder.ts';

// What the person allows once and for all, in one workspace. They see each rule, and what it would have allowed, before it is saved.

/** What of the past is looked through for a preview. */
const pastPermissions = 500;
const examples = 5;
const exampleLength = 200;

/** What the person writes to make a rule. */
export interface RuleDraft {
  text: string;
  expiresAt?: string | undefined;
}

/** The rules that together allow this use by this agent; none if they don't. */
export function rulesThatAllow(context: ServiceContext, { workspaceId, id: agentId }: Agent, permission: Permission): Rule[] {
  // A preview may leave out what matters.
  if (permission.partial === true) return [];
  const rules = rulesInForce(context, workspaceId);
  const texts = allowedBy(
    rules.map(({ text }) => text),
    toolUse(context.store, { workspaceId, agentId, permission }),
  );
  return texts === undefined ? [] : rules.filter(({ text }) => texts.includes(text));
}

/** Saves a rule; one that is there already, with the same end, stays as it is. @throws HubError `invalid_input` */
export function createRule(context: ServiceContext, workspaceId: string, draft: RuleDraft): Rule {
  const { store, transact, clock, newId } = context;
  findWorkspace(store, workspaceId);
  const { text } = parseRule(draft.text);
  const known = store.rules.ofWorkspace(workspaceId);
  const same = known.find((rule) => rule.text === text);
  if (same !== undefined && same.expiresAt === draft.expiresAt) return same;
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

/** Takes over AgentRQ's list, all that can be read of it. */
export function importRules(
  context: ServiceContext,
  workspaceId: string,
  texts: readonly string[],
): { rules: Rule[]; refused: { text: string; reason: string }[] } {
  const rules: Rule[] = [];
  const refused: { text: string; reason: string }[] = [];
  for (const text of texts) {
    try {
      rules.push(createRule(context, workspaceId, { text }));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      refused.push({ text, reason: error.message });
    }
  }
  return { rules, refused };
}

/** What a rule would have allowed of the past. @throws HubError `invalid_input` */
export function previewRule({ store }: ServiceContext, workspaceId: string, text: string): RulePreview {
  const rule = parseRule(text);
  return previewOver(store, store.requests.permissions(workspaceId, pastPermissions), rule.text);
}

/** The rules that would have allowed what `requestId` asks for, the narrowest first. */
export function proposeRulesFor({ store }: ServiceContext, workspaceId: string, requestId: string): RulePreview[] {
  const { agentId, permission } = findRequest(store, workspaceId, requestId);
  if (permission === undefined || permission.partial === true) return [];
  const past = store.requests.permissions(workspaceId, pastPermissions);
  return proposeRules(toolUse(store, { workspaceId, agentId, permission })).map(({ text }) => previewOver(store, past, text));
}

/** The rule of AgentRQ's *always*: the program of a shell command with any arguments, or the tool. `undefined` if there is none. */
export function broadestRule({ store }: ServiceContext, request: PermissionOf): string | undefined {
  return proposeRules(toolUse(store, request)).at(-1)?.text;
}

type PermissionOf = Pick<Request, 'workspaceId' | 'agentId'> & { permission: Permission };

/** What a permission is about, with all that rules look at. */
function toolUse(store: Store, { workspaceId, agentId, permission }: PermissionOf): ToolUse {
  const { tool, input, cwd } = permission;
  const workspace = store.workspaces.get(workspaceId);
  return {
    tool,
    input,
    folder: cwd,
    workspaceFolder: workspace && workspaceFolder(workspace),
    agent: agentId === undefined ? undefined : store.agents.get(agentId)?.name,
  };
}

function rulesInForce({ store, clock }: ServiceContext, workspaceId: string): Rule[] {
  const now = clock.now();
  return store.rules.ofWorkspace(workspaceId).filter(({ expiresAt }) => expiresAt === undefined || Date.parse(expiresAt) > now);
}

function previewOver(store: Store, past: readonly Request[], text: string): RulePreview {
  const matched = past.filter(({ workspaceId, agentId, permission }) => {
    return permission !== undefined && allowedBy([text], toolUse(store, { workspaceId, agentId, permission })) !== undefined;
  });
  const lines = new Set(matched.map(({ permission, question }) => (permission === undefined ? question : lineOf(permission))));
  return { text, matched: matched.length, examples: [...lines].slice(0, examples) };
}

function lineOf(permission: Permission): string {
  const line = `${permission.tool}: ${permission.input}`.replace(/\s+/g, ' ');
  return line.length > exampleLength ? `${line.slice(0, exampleLength)}…` : line;
}
