// What answering and the panel use of the rules. Rules have no bundle of their own.

export { manageRules } from './manageRules.ts';
export { createRuleFlow, type RuleFlow } from './ruleFlow.ts';
